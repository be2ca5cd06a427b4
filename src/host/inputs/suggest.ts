import type { Language } from '../../base/language';
import type { FoundFunction } from '../../source/found-function';
import type { InputsPreview } from '../../session/engine';
import type { Inputs } from '../../protocol/target';
import { shownCalls } from './preview-text';

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

interface Value {
  readonly text: (i: string) => string;
  /** A placeholder, which is to be edited before it is run. */
  readonly template: boolean;
}

/** How a language writes values that are made from a running number `i`. */
interface Syntax {
  readonly index: Value;
  readonly words: Value;
  readonly list: Value;
  readonly callback: Value;
  /** Several arguments of one call. */
  arguments(texts: readonly string[]): string;
  /** `calls` elements, the first with `i` at 0. */
  repeated(element: string): string;
}

const javascript: Syntax = {
  index: { text: (i) => i, template: false },
  words: { text: (i) => `\`text \${${i}}\``, template: true },
  list: { text: (i) => `[${i}]`, template: true },
  callback: { text: () => 'undefined', template: true },
  arguments: (texts) => `[${texts.join(', ')}]`,
  repeated: (element) => `Array.from({ length: ${calls} }, (_, i) => ${element.startsWith('{') ? `(${element})` : element})`,
};

const python: Syntax = {
  index: javascript.index,
  words: { text: (i) => `f"text {${i}}"`, template: true },
  list: { text: (i) => `[${i}]`, template: true },
  callback: { text: () => 'None', template: true },
  arguments: (texts) => `(${texts.join(', ')})`,
  repeated: (element) => (element === 'i' ? `range(${calls})` : `[${element} for i in range(${calls})]`),
};

function valueOf(parameter: string, syntax: Syntax): Value {
  const name = parameter.replace(/^(\.\.\.|\*)/, '').trim();
  if (name.startsWith('{')) return objectOf(name);
  if (name.startsWith('[')) return syntax.list;
  if (callbackNames.test(name)) return syntax.callback;
  if (listNames.test(name)) return syntax.list;
  return textNames.test(name) ? syntax.words : syntax.index;
}

/** `{ a, b: c }`, which only JavaScript has, as an object with a value for each of its keys. */
function objectOf(pattern: string): Value {
  const keys = pattern
    .slice(1, -1)
    .split(',')
    .map((part) => part.split(/[:=]/)[0]!.trim())
    .filter((key) => /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key));
  const values = keys.map((key) => ({ key, value: valueOf(key, javascript) }));
  return {
    text: (i) => `{ ${values.map(({ key, value }) => `${key}: ${value.text(i)}`).join(', ')} }`,
    template: keys.length === 0 || values.some(({ value }) => value.template),
  };
}

/** The first suggestion for a function: a range of numbers unless its parameters' names say otherwise. */
export function suggest({ language, parameters }: FoundFunction): Suggestion {
  if (parameters.most === 0) {
    return { inputs: { kind: 'repeat', times: calls }, preview: { count: calls, first: ['', '', ''] } };
  }
  const syntax = language === 'python' ? python : javascript;
  const names = parameters.names.slice(0, Math.max(1, parameters.least));
  const values = names.length > 0 ? names.map((name) => valueOf(name, syntax)) : [syntax.index];
  const args = (i: string) => values.map((value) => value.text(i));
  return {
    inputs: { kind: 'expression', text: syntax.repeated(elementOf(args('i'), language, parameters.most > 1, syntax)) },
    preview: values.some((value) => value.template)
      ? null
      : { count: calls, first: Array.from({ length: shownCalls }, (_, i) => args(String(i)).join(', ')) },
  };
}

/**
 * One call. JavaScript spreads an array over the parameters where there is more than one, also where the others are
 * optional; Python spreads a tuple, and takes anything else for the only argument.
 */
function elementOf(args: readonly string[], language: Language, several: boolean, syntax: Syntax): string {
  const one = language === 'python' ? args.length === 1 : !several;
  return one ? args[0]! : syntax.arguments(args);
}
