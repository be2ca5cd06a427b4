import type { Language } from '../../base/language';
import type { Inputs } from '../../protocol/target';
import type { InputsPreview } from '../../session/engine';
import type { FoundFunction } from '../../source/found-function';
import { forLabel } from '../plain-text';
import { sameInputs, textFromInputs } from './inputs-text';
import { previewText } from './preview-text';
import type { RecentInputs } from './recents';
import { suggest } from './suggest';

/** One line of the inputs picker, before it is drawn. */
export type Offer =
  /** Run with these. */
  | (Line & { readonly kind: 'inputs'; readonly inputs: Inputs; readonly preview: InputsPreview | null })
  /** Put the text up for editing. */
  | (Line & { readonly kind: 'edit'; readonly text: string })
  /** What is typed, with what is known of it. */
  | (Line & { readonly kind: 'typed'; readonly unevaluated: boolean })
  /** Ask for a number of calls, or for a file. */
  | (Line & { readonly kind: 'times' | 'file' })
  /** Something to know; `line` is where it is, 1-based. */
  | (Line & { readonly kind: 'note'; readonly line: number });

interface Line {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Its text can be put up for editing instead of being run. */
  readonly editable?: string;
}

/** What is in the box, and what has been found out about it. */
export interface Typed {
  readonly text: string;
  /** `unknown`: it parses, and could not be evaluated for a reason that is not in it. */
  readonly state: 'checking' | 'problem' | 'unknown' | 'ready';
  /** The problem, or the preview; empty while neither is known. */
  readonly note: string;
  /** It might do more than make values, and is evaluated only when somebody asks for that. */
  readonly unevaluated?: boolean;
}

/** Every way to give inputs to a function, the likeliest first. */
export function offersFor(found: FoundFunction, recents: readonly RecentInputs[], now: number): Offer[] {
  const offers = [
    ...recents.map((recent) => ofRecent(found.name, recent, now)),
    ofSuggestion(found),
    ...found.examples.map((text) => ofExample(text, found.language)),
  ];
  const inputsOf = (offer: Offer) => (offer.kind === 'inputs' ? offer.inputs : undefined);
  const unique = offers.filter((offer, at) => {
    const inputs = inputsOf(offer);
    return !inputs || !offers.slice(0, at).some((other) => sameInputs(inputs, inputsOf(other) ?? never));
  });
  return [...unique, times, file];
}

const never: Inputs = { kind: 'expression', text: '' };

const times: Offer = { kind: 'times', label: '$(symbol-numeric) Call it N times…', description: 'without arguments' };
const file: Offer = { kind: 'file', label: '$(file) Read from a file…', description: 'JSON array, NDJSON or CSV' };

/** The line for what is typed, which is first while there is something in the box. */
export function offerTyped({ text, state, note, unevaluated = false }: Typed): Offer {
  const icon = { checking: '$(ellipsis)', problem: '$(error)', unknown: '$(warning)', ready: '$(play)' }[state];
  return { kind: 'typed', unevaluated, label: `${icon} ${forLabel(text)}`, detail: forLabel(note || ' ') };
}

function ofRecent(name: string, { inputs, preview, usedAt }: RecentInputs, now: number): Offer {
  return {
    kind: 'inputs',
    inputs,
    preview,
    label: `$(history) ${label(inputs)}`,
    description: ago(now - usedAt),
    ...detail(name, preview),
    editable: textFromInputs(inputs),
  };
}

function ofSuggestion(found: FoundFunction): Offer {
  const { inputs, preview } = suggest(found);
  const text = textFromInputs(inputs);
  const icon = '$(lightbulb)';
  if (preview === null) {
    return { kind: 'edit', text, label: `${icon} ${label(inputs)}`, description: 'suggested: edit before it runs' };
  }
  const editable = inputs.kind === 'repeat' ? {} : { editable: text };
  const description = 'suggested';
  return { kind: 'inputs', inputs, preview, label: `${icon} ${label(inputs)}`, description, ...detail(found.name, preview), ...editable };
}

function ofExample(text: string, language: Language): Offer {
  const inputs: Inputs = { kind: 'expression', text };
  const description = language === 'python' ? 'doctest' : '@example';
  return { kind: 'inputs', inputs, preview: null, label: `$(book) ${label(inputs)}`, description, editable: text };
}

const detail = (name: string, preview: InputsPreview | null) =>
  preview === null ? {} : { detail: forLabel(previewText(name, preview)) };

const label = (inputs: Inputs): string =>
  inputs.kind === 'repeat' ? `Call it ${inputs.times.toLocaleString('en-US')} times` : forLabel(textFromInputs(inputs));

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`;
}
