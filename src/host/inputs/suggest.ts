import { shownCalls } from './preview-text';
import type { FoundFunction } from '../../source/found-function';
import type { InputsPreview } from '../../session/engine';
import type { Inputs } from '../../protocol/target';

/** Inputs to begin with, made from what the parameters are called. */
export interface Suggestion {
  readonly inputs: Inputs;
  /**
   * How many calls it makes and what the first ones are, known without evaluating anything. `null` where a value in it
   * is only a placeholder: then it is put up for editing and not run as it is.
   */
  readonly preview: InputsPreview | null;
}

/** Enough calls to keep the cores of a large machine busy, few enough to be over soon. */
const calls = 64;

const textNames = /(url|uri|href|path|file|folder|dir|name|text|str|string|word|line|key|html|json|source|code)s?$/i;
const listNames = /(list|array|items|values|numbers|rows|words|lines|data|points|entries|args|buffer|bytes)$/i;
const callbackNames = /^(fn|cb|callback|predicate|visitor)$/i;

type Value = { readonly text: (i: string) => string; readonly template: boolean };

const index: Value = { text: (i) => i, template: false };
const words: Value = { text: (i) => `\`text \${${i}}\``, template: true };
const list: Value = { text: (i) => `[${i}]`, template: true };
const callback: Value = { text: () => 'undefined', template: true };

function valueOf(parameter: string): Value {
  const name = parameter.replace(/^\.\.\./, '').trim();
  if (name.startsWith('{')) return objectOf(name);
  if (name.startsWith('[')) return list;
  if (callbackNames.test(name)) return callback;
  if (listNames.test(name)) return list;
  return textNames.test(name) ? words : index;
}

/** `{ a, b: c }` as an object with a value for each of its keys. */
function objectOf(pattern: string): Value {
  const keys = pattern
    .slice(1, -1)
    .split(',')
    .map((part) => part.split(/[:=]/)[0]!.trim())
    .filter((key) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key));
  const values = keys.map((key) => ({ key, value: valueOf(key) }));
  return {
    text: (i) => `{ ${values.map(({ key, value }) => `${key}: ${value.text(i)}`).join(', ')} }`,
    template: keys.length === 0 || values.some(({ value }) => value.template),
  };
}

/** The first suggestion for a function: a range of numbers unless its parameters' names say otherwise. */
export function suggest({ parameters }: FoundFunction): Suggestion {
  if (parameters.most === 0) {
    return { inputs: { kind: 'repeat', times: calls }, preview: { count: calls, first: ['', '', ''] } };
  }
  const names = parameters.names.slice(0, Math.max(1, parameters.least));
  const values = names.length > 0 ? names.map(valueOf) : [index];
  const args = (i: string) => values.map((value) => value.text(i));
  // An array is spread over the parameters where there is more than one, also where the others are optional.
  const element = parameters.most > 1 ? `[${args('i').join(', ')}]` : args('i')[0]!;
  const body = element.startsWith('{') ? `(${element})` : element;
  return {
    inputs: { kind: 'expression', text: `Array.from({ length: ${calls} }, (_, i) => ${body})` },
    preview: values.some((value) => value.template)
      ? null
      : { count: calls, first: Array.from({ length: shownCalls }, (_, i) => args(String(i)).join(', ')) },
  };
}
