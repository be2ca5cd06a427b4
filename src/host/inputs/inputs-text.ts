import { isAbsolute, join } from 'node:path';
import type { Inputs } from '../../protocol/target';
import type { FoundFunction } from '../../source/found-function';
import { counted, oneLine } from '../plain-text';

/** Inputs as a person types them: `@data.json`, `64` (call it 64 times), or an expression. */
export function inputsFromText(text: string, baseFolder: string): Inputs {
  const trimmed = text.trim();
  if (trimmed.startsWith('@')) {
    const path = trimmed.slice(1);
    return { kind: 'file', path: isAbsolute(path) ? path : join(baseFolder, path) };
  }
  return /^\d{1,9}$/.test(trimmed)
    ? { kind: 'repeat', times: Number(trimmed) }
    : { kind: 'expression', text: trimmed };
}

/** The reverse of {@link inputsFromText}. */
export function textFromInputs(inputs: Inputs): string {
  switch (inputs.kind) {
    case 'expression':
      return inputs.text;
    case 'file':
      return `@${inputs.path}`;
    case 'repeat':
      return String(inputs.times);
  }
}

/**
 * A list of calls as an expression of the target's language. What is spread over the parameters is an array there and a
 * tuple in Python, so that a list in the place of a call is several arguments wherever the function takes several.
 */
export function inputsFromList(list: readonly unknown[], { language, parameters }: Pick<FoundFunction, 'language' | 'parameters'>): Inputs {
  const json = JSON.stringify(list);
  if (language !== 'python') return { kind: 'expression', text: javascriptFrom(json) };
  const plain = JSON.parse(json) as readonly unknown[];
  const calls = plain.map((call) => (Array.isArray(call) && parameters.most > 1 ? pythonTuple(call) : pythonFrom(call)));
  return { kind: 'expression', text: `[${calls.join(', ')}]` };
}

/** Where `__proto__` is a key, it is parsed and not evaluated: in an object literal that key would set the prototype. */
const javascriptFrom = (json: string): string => (json.includes('__proto__') ? `JSON.parse(${JSON.stringify(json)})` : json);

/** A value out of JSON as Python writes it. Its strings are written alike. */
function pythonFrom(value: unknown): string {
  if (value === null || typeof value === 'boolean') return { null: 'None', true: 'True', false: 'False' }[String(value)]!;
  if (Array.isArray(value)) return `[${value.map(pythonFrom).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonFrom(item)}`).join(', ')}}`;
}

const pythonTuple = (values: readonly unknown[]): string =>
  values.length === 1 ? `(${pythonFrom(values[0])},)` : `(${values.map(pythonFrom).join(', ')})`;

export const sameInputs = (a: Inputs, b: Inputs): boolean =>
  a.kind === b.kind && textFromInputs(a) === textFromInputs(b);

/** One line for lists and the log. */
export const inputsLine = (inputs: Inputs): string =>
  inputs.kind === 'repeat' ? `${counted(inputs.times, 'call')} without arguments` : oneLine(textFromInputs(inputs));
