import { counted, oneLine } from '../plain-text';
import { isAbsolute, join } from 'node:path';
import type { Inputs } from '../../protocol/target';

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
 * A list of argument lists as an expression of JavaScript. Where `__proto__` is a key, it is parsed and not evaluated:
 * in an object literal that key would set the prototype.
 */
export function inputsFromList(list: readonly unknown[]): Inputs {
  const json = JSON.stringify(list);
  return { kind: 'expression', text: json.includes('__proto__') ? `JSON.parse(${JSON.stringify(json)})` : json };
}

export const sameInputs = (a: Inputs, b: Inputs): boolean =>
  a.kind === b.kind && textFromInputs(a) === textFromInputs(b);

/** One line for lists and the log. */
export const inputsLine = (inputs: Inputs): string =>
  inputs.kind === 'repeat' ? `${counted(inputs.times, 'call')} without arguments` : oneLine(textFromInputs(inputs));
