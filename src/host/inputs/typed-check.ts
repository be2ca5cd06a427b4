import { access } from 'node:fs/promises';
import type { Inputs } from '../../protocol/target';
import type { InputsPreview } from '../../session/engine';
import { InputsError } from '../../session/inputs-error';
import { counted } from '../plain-text';
import { inputsFromText } from './inputs-text';
import type { Typed } from './offers';
import { previewText } from './preview-text';

/** What the check needs of the engine and the place. */
export interface CheckPort {
  readonly name: string;
  /** Where `@path` starts from. */
  readonly baseFolder: string;
  /** A message where the expression does not parse. */
  syntax(expression: string): Promise<string | null>;
  /** Whether evaluating the expression can do nothing but make plain values. */
  harmless(expression: string): Promise<boolean>;
  /** Evaluates the inputs in a runner, and calls nothing; rejects with an `InputsError` where they are wrong. */
  evaluate(inputs: Inputs): Promise<InputsPreview>;
}

/** Typing has to rest this long before anything is evaluated. */
const rest = 500;

/**
 * Follows what is typed: parses it at once, evaluates it when typing rests, and tells what it found through `show`. An
 * expression that might do more than make values is evaluated only by the run: half of what somebody types is not meant.
 * Only the newest text counts; what was found out about older ones is dropped.
 */
export class TypedCheck {
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  /** What the newest text turned out to be, once it was evaluated. */
  preview: InputsPreview | null = null;

  constructor(
    private readonly port: CheckPort,
    private readonly show: (typed: Typed) => void,
  ) {}

  get inputs(): Inputs {
    return inputsFromText(this.#text, this.port.baseFolder);
  }

  async change(text: string): Promise<void> {
    this.#text = text;
    this.preview = null;
    clearTimeout(this.#timer);
    if (text.trim() === '') return;
    this.show({ text, state: 'checking', note: '' });
    const problem = await this.problem();
    if (text !== this.#text) return;
    if (problem !== null) return this.show({ text, state: 'problem', note: problem });
    const { kind } = this.inputs;
    if (kind === 'expression' && !(await this.port.harmless(text))) {
      if (text === this.#text) this.show({ text, state: 'ready', note: 'Enter evaluates it and runs', unevaluated: true });
      return;
    }
    if (text !== this.#text) return;
    this.show({ text, state: 'ready', note: 'Enter runs it' });
    this.#timer = setTimeout(() => void this.evaluate(), rest);
  }

  /** What keeps the newest text from being run, found without running anything; `null` where nothing does. */
  async problem(): Promise<string | null> {
    const inputs = this.inputs;
    switch (inputs.kind) {
      case 'expression':
        return this.port.syntax(inputs.text);
      case 'repeat':
        return inputs.times === 0 ? 'It takes at least one call' : null;
      case 'file':
        return access(inputs.path).then(
          () => null,
          () => `There is no file ${inputs.path}`,
        );
    }
  }

  /** Evaluates the newest text, and shows what its calls would be. */
  async evaluate(): Promise<void> {
    const text = this.#text;
    const inputs = this.inputs;
    if (inputs.kind === 'repeat') {
      return this.show({ text, state: 'ready', note: `${counted(inputs.times, 'call')} without arguments` });
    }
    try {
      const preview = await this.port.evaluate(inputs);
      if (text !== this.#text) return;
      this.preview = preview;
      const { unsendable } = preview;
      this.show({ text, state: unsendable === undefined ? 'ready' : 'unknown', note: unsendable ?? previewText(this.port.name, preview) });
    } catch (fault) {
      if (text !== this.#text) return;
      const note = fault instanceof Error ? fault.message : String(fault);
      // Whatever else is wrong is not mended here: the run will tell, with the step that mends it.
      this.show({ text, state: fault instanceof InputsError ? 'problem' : 'unknown', note });
    }
  }

  dispose(): void {
    this.#text = '';
    clearTimeout(this.#timer);
  }
}
