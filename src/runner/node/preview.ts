import { inspect } from 'node:util';

/** Longest preview, in UTF-16 units. */
const longest = 200;

/** A bounded one-line picture of a value. Runs no code of the value but getters that `inspect` leaves alone. */
export function preview(value: unknown): string {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'string':
      return clip(JSON.stringify(value.length > longest ? value.slice(0, longest) : value));
    default:
      return clip(inspected(value));
  }
}

/** The arguments of a call, as they would be written between its parentheses. */
export function previewArguments(input: unknown, spread: boolean): string {
  if (!spread || !Array.isArray(input)) return preview(input);
  return clip(input.slice(0, 8).map(preview).join(', ') + (input.length > 8 ? ', …' : ''));
}

function inspected(value: unknown): string {
  try {
    return inspect(value, {
      depth: 2,
      breakLength: Number.POSITIVE_INFINITY,
      compact: true,
      customInspect: false,
      maxArrayLength: 8,
      maxStringLength: 80,
    });
  } catch (thrown) {
    // A hostile value, such as a Proxy with throwing traps.
    return `[cannot be shown: ${typeof thrown === 'object' && thrown ? 'its own code throws' : String(thrown)}]`;
  }
}

function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
