/** The functions of a file, and the one at the cursor. */
import type ts from 'typescript';
import { err, ok, type Result } from '../../base/result';
import type { FoundFunction, Refusal } from '../found-function';
import { docCommentRange } from './examples';
import { locateFunctions } from './locate';
import type { LocatedFunction } from './located';
import { bounded, lineOf, parse } from './parse';

/** A file's tree and its functions, found once. */
export interface ReadFile {
  readonly source: ts.SourceFile;
  readonly functions: readonly LocatedFunction[];
}

export function read(path: string, text: string): Result<ReadFile, Refusal> {
  const source = parse(path, text);
  return source.ok ? readFunctions(source.value) : source;
}

export function readFunctions(source: ts.SourceFile): Result<ReadFile, Refusal> {
  const functions = bounded(() => locateFunctions(source));
  return functions.ok ? ok({ source, functions: functions.value }) : functions;
}

/** Every named function of a JavaScript or TypeScript file, in order of appearance; none where the file cannot be read at all. */
export function listFunctions(path: string, text: string): FoundFunction[] {
  const file = read(path, text);
  return file.ok ? file.value.functions.map((it) => it.found) : [];
}

/** The innermost named function around the selection `[start, end)`, runnable or not. */
export function functionAt(path: string, text: string, start: number, end: number): Result<FoundFunction, Refusal> {
  const file = read(path, text);
  if (!file.ok) return file;
  const located = locatedAt(file.value, start, end);
  return located.ok ? ok(located.value.found) : located;
}

export function locatedAt(file: ReadFile, start: number, end: number): Result<LocatedFunction, Refusal> {
  const { source } = file;
  const clamp = (offset: number): number => Math.min(Math.max(offset, 0), source.text.length);
  const from = ontoCode(source, clamp(start));
  const to = start === end ? from : clamp(end);
  const found = innermost(file.functions, from, to) ?? withComment(file, from, to);
  return found ? ok(found) : err(nothingThere(lineOf(source, from), start !== end));
}

/** The function that a person, or an earlier answer, means by a name and perhaps a place. */
export function locatedByName(file: ReadFile, name: string, line: number, column: number): LocatedFunction | null {
  const named = file.functions.filter((it) => it.found.name === name);
  const distance = ({ found }: LocatedFunction): number => Math.abs(found.line - line) * 1e4 + Math.abs(found.column - column);
  return named.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** A cursor in the white space before or after a line's code means that code. */
function ontoCode(source: ts.SourceFile, offset: number): number {
  const { text } = source;
  const { line } = source.getLineAndCharacterOfPosition(offset);
  const starts = source.getLineStarts();
  const lineText = text.slice(starts[line]!, starts[line + 1] ?? text.length);
  const first = starts[line]! + lineText.length - lineText.trimStart().length;
  const last = starts[line]! + lineText.trimEnd().length;
  return first >= last ? offset : Math.min(Math.max(offset, first), last);
}

function innermost(functions: readonly LocatedFunction[], start: number, end: number): LocatedFunction | null {
  let best: LocatedFunction | null = null;
  for (const it of functions) {
    const { range } = it.found;
    if (range.start > start || range.end < end) continue;
    if (!best || length(range) <= length(best.found.range)) best = it;
  }
  return best;
}

/** A cursor in the comment above a function means the function. */
function withComment({ source, functions }: ReadFile, start: number, end: number): LocatedFunction | null {
  const inComment = (it: LocatedFunction): boolean => {
    const comment = docCommentRange(source, it.whole);
    return comment !== null && comment.pos <= start && end <= it.found.range.end;
  };
  return functions.find(inComment) ?? null;
}

const length = ({ start, end }: { readonly start: number; readonly end: number }): number => end - start;

function nothingThere(line: number, selected: boolean): Refusal {
  const message = selected
    ? 'No named function holds the whole selection. Put the cursor inside one function.'
    : `There is no named function at line ${line}. Put the cursor inside a function; one without a name can be given to a \`const\` at the top level of the module.`;
  return { code: 'no-function', message, line };
}
