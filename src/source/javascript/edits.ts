/** Changes to a text that keep every line, and every column that can be kept. */
import type { SourceRange } from '../found-function';

export interface Edit extends SourceRange {
  readonly text: string;
}

/** Applies edits that do not overlap, in any order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Spaces over everything but line breaks. */
export function blank(text: string, range: SourceRange): Edit {
  return { ...range, text: spaces(text, range) };
}

/** Blanks a statement; a semicolon stays, so that its neighbours do not grow together. */
export function blankStatement(text: string, range: SourceRange): Edit {
  return { ...range, text: `;${spaces(text, range).slice(1)}` };
}

/** Writes `code` over a range and fills up with what the range leaves; longer code pushes the rest of its line to the right. */
export function overwrite(text: string, range: SourceRange, code: string): Edit {
  return { ...range, text: code + spaces(text, range).slice(code.length) };
}

/** A range's text with all but its line breaks blank. */
export function spaces(text: string, { start, end }: SourceRange): string {
  return text.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, ' ');
}

/** A list's element with the comma after it, if there is one. */
export function withComma(text: string, { start, end }: SourceRange): SourceRange {
  const comma = /^(?:\s|\/\*(?:(?!\*\/)[^])*\*\/|\/\/.*[\r\n])*,/.exec(text.slice(end, end + 1000));
  return { start, end: end + (comma?.[0].length ?? 0) };
}
