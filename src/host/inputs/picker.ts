import * as vscode from 'vscode';
import type { Inputs } from '../../protocol/target';
import type { InputsPreview } from '../../session/engine';
import { forLabel } from '../plain-text';
import { inputsFromText } from './inputs-text';
import { offerTyped, type Offer, type Typed } from './offers';
import { TypedCheck, type CheckPort } from './typed-check';

export interface Chosen {
  readonly inputs: Inputs;
  /** `null` where the inputs were not evaluated before. */
  readonly preview: InputsPreview | null;
}

interface Item extends vscode.QuickPickItem {
  /** Absent on a line between groups. */
  readonly offer?: Offer;
}

const edit: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: 'Edit before running' };
const evaluate: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('eye'), tooltip: 'Evaluate it now, and show the calls' };

/** What the picker needs of the engine and the editor. */
export interface PickerPort extends CheckPort {
  /** What to know before the function runs; the picker does not wait for it. */
  notes(): Promise<readonly Offer[]>;
  /** Shows a line of the function's file, 1-based. */
  reveal(line: number): void;
}

/** Asks for inputs in one picker: choose a line, or type an expression into the box. `undefined` where it was left. */
export function pickInputs(
  title: string,
  offers: readonly Offer[],
  port: PickerPort,
  initial = '',
): Promise<Chosen | undefined> {
  return new InputsPicker(offers, port).ask(title, initial);
}

class InputsPicker {
  readonly #picker = vscode.window.createQuickPick<Item>();
  readonly #check: TypedCheck;
  readonly #lines: readonly Item[];
  #notes: readonly Item[] = [];
  #done = false;
  #typed: Typed | null = null;
  /** While another picker or a dialog has our place. */
  #away = false;

  constructor(
    offers: readonly Offer[],
    private readonly port: PickerPort,
  ) {
    this.#lines = offers.map(itemOf);
    this.#check = new TypedCheck(port, (typed) => {
      this.#typed = typed;
      this.#draw();
    });
  }

  ask(title: string, initial: string): Promise<Chosen | undefined> {
    const picker = this.#picker;
    picker.title = forLabel(title, 100);
    picker.placeholder = 'Choose, or type an expression, @file, or a number of calls';
    picker.ignoreFocusOut = true;
    return new Promise((resolve) => {
      const finish = (chosen?: Chosen) => {
        this.#done = true;
        resolve(chosen);
        this.#check.dispose();
        picker.dispose();
      };
      picker.onDidChangeValue((text) => this.#type(text));
      picker.onDidTriggerItemButton(({ button, item }) => {
        if (button === evaluate) void this.#check.evaluate();
        else this.#type(item.offer?.editable ?? '');
      });
      picker.onDidAccept(async () => {
        const chosen = await this.#accept(picker.activeItems[0]?.offer);
        if (chosen) finish(chosen);
      });
      picker.onDidHide(() => {
        if (!this.#away) finish();
      });
      this.#type(initial);
      picker.show();
      void this.#takeNotes();
    });
  }

  async #takeNotes(): Promise<void> {
    const notes = await this.port.notes();
    if (notes.length === 0 || this.#done) return;
    this.#notes = [between, ...notes.map(itemOf)];
    this.#draw();
  }

  #type(text: string): void {
    if (this.#picker.value !== text) this.#picker.value = text;
    this.#typed = null;
    // Where there is a text, the check shows it at once.
    if (text.trim() === '') this.#draw();
    void this.#check.change(text);
  }

  /**
   * Draws the lines anew. New text is what Enter takes; what is found out about it later must not take Enter away from
   * a line that was walked to meanwhile. Said each time, for what VS Code knows to be active lags behind.
   */
  #draw(): void {
    const picker = this.#picker;
    const [active] = picker.activeItems;
    const walked = active !== undefined && this.#typed?.state !== 'checking' && this.#lines.includes(active);
    const typed = this.#typed === null ? [] : [itemOf(offerTyped(this.#typed))];
    const items = [...typed, ...this.#lines, ...this.#notes];
    picker.items = items;
    picker.activeItems = walked ? [active] : items.slice(0, 1);
  }

  async #accept(offer: Offer | undefined): Promise<Chosen | undefined> {
    switch (offer?.kind) {
      case 'inputs':
        return { inputs: offer.inputs, preview: offer.preview };
      case 'edit':
        this.#type(offer.text);
        return undefined;
      case 'typed':
        return this.#acceptTyped();
      case 'times':
        return this.#aside(askTimes);
      case 'file': {
        const path = await this.#aside(() => askFile(this.port.baseFolder));
        if (path !== undefined) this.#type(`@${path}`);
        return undefined;
      }
      case 'note':
        this.port.reveal(offer.line);
        return undefined;
      case undefined:
        return undefined;
    }
  }

  /** A text with a problem is not taken: the picker stays, with the problem in it. */
  async #acceptTyped(): Promise<Chosen | undefined> {
    const text = this.#picker.value;
    if (this.#typed?.state === 'problem' || (await this.#check.problem()) !== null) return undefined;
    return { inputs: inputsFromText(text, this.port.baseFolder), preview: this.#check.preview };
  }

  async #aside<T>(ask: () => Thenable<T | undefined>): Promise<T | undefined> {
    this.#away = true;
    try {
      return await ask();
    } finally {
      this.#away = false;
      this.#picker.show();
      // The lines are lost while another picker has the place.
      this.#draw();
    }
  }
}

const between: Item = { label: 'Know before it runs', kind: vscode.QuickPickItemKind.Separator };

const itemOf = (offer: Offer): Item => ({
  offer,
  label: offer.label,
  ...(offer.description === undefined ? {} : { description: offer.description }),
  ...(offer.detail === undefined ? {} : { detail: offer.detail }),
  buttons: buttonsOf(offer),
  // The box is for typing inputs, not for searching these lines.
  alwaysShow: true,
});

function buttonsOf(offer: Offer): vscode.QuickInputButton[] {
  if (offer.kind === 'typed') return offer.unevaluated ? [evaluate] : [];
  return offer.editable === undefined ? [] : [edit];
}

async function askTimes(): Promise<Chosen | undefined> {
  const text = await vscode.window.showInputBox({
    title: 'Call it N times',
    value: '64',
    prompt: 'Calls without arguments',
    validateInput: (value) => (/^[1-9]\d{0,8}$/.test(value.trim()) ? null : 'A whole number, 1 or more'),
  });
  return text === undefined ? undefined : { inputs: { kind: 'repeat', times: Number(text) }, preview: null };
}

async function askFile(folder: string): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Inputs: one call an element, line or row',
    defaultUri: vscode.Uri.file(folder),
    filters: { 'JSON, NDJSON, CSV': ['json', 'ndjson', 'jsonl', 'csv'] },
  });
  return chosen?.[0]?.fsPath;
}
