/** Text that keeps to its author's indentation, and to a line's length. */
import type { SourceRange } from '../../source/found-function';
import { tokenize } from '../../source/python/tokens';
import type { Code } from './code';

/** What most formatters keep to. */
const lineLength = 88;

/** The range's lines with `to` for their indentation `from`; lines that begin inside a string stay as they are. */
export function reindented(code: Code, range: SourceRange, from: string, to: string): string {
  const strings = tokenize(code.text).tokens.filter((it) => it.kind === 'string' && it.end > range.start && it.start < range.end);
  const lines: string[] = [];
  for (let start = range.start; start < range.end; ) {
    const end = nextLine(code.text, start, range.end);
    const line = code.text.slice(start, end);
    const inString = strings.some((it) => it.start < start && start < it.end);
    const isWhole = start === code.lineStart(start);
    lines.push(!inString && isWhole && line.trim() !== '' && line.startsWith(from) ? to + line.slice(from.length) : line);
    start = end;
  }
  return lines.join('');
}

function nextLine(text: string, start: number, limit: number): number {
  const ending = /\r\n|\r|\n/g;
  ending.lastIndex = start;
  const found = ending.exec(text);
  return found ? Math.min(found.index + found[0].length, limit) : limit;
}

export type Brackets = readonly (readonly [open: string, close: string])[];

/**
 * Nested brackets around a body: on one line where it fits, else the outermost on lines of their own.
 * @param body its pieces, which may stand on one line or each on its own
 */
export function wrapped(code: Code, indent: string, brackets: Brackets, body: readonly string[]): string {
  const [outer, ...inner] = brackets;
  const whole = indent + inLine(brackets, body);
  if (/[\r\n]/.test(whole) || whole.length <= lineLength) return whole;
  if (!outer) return body.map((it) => indent + it).join(code.eol);
  return [indent + outer[0], wrapped(code, indent + code.indent, inner, body), indent + outer[1]].join(code.eol);
}

export const inLine = (brackets: Brackets, body: readonly string[]): string =>
  [...brackets.map(([open]) => open), body.join(' '), ...brackets.map(([, close]) => close).reverse()].join('');
