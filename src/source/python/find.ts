/** The functions of a file, and the one at the cursor. */
import { err, ok, type Result } from '../../base/result';
import type { FoundFunction, Refusal } from '../found-function';
import type { LocatedFunction } from './located';
import { locateFunctions } from './locate';
import { bounded, lineOf, parse, type PySource } from './parse';
import { scopesOf, type Scopes } from './scopes';

/** A file's tree, scopes and functions, found once. */
export interface ReadFile {
  readonly source: PySource;
  readonly scopes: Scopes;
  readonly functions: readonly LocatedFunction[];
}

export function read(path: string, text: string): Result<ReadFile, Refusal> {
  const source = parse(path, text);
  if (!source.ok) return source;
  return bounded(() => {
    const scopes = scopesOf(source.value);
    return { source: source.value, scopes, functions: locateFunctions(source.value, scopes) };
  });
}

/** Every named function of a Python file, in order of appearance; none where the file cannot be read at all. */
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
  const { source, functions } = file;
  const clamp = (offset: number): number => Math.min(Math.max(offset, 0), source.text.length);
  const from = ontoCode(source, clamp(start));
  const to = start === end ? from : clamp(end);
  const found = innermost(functions, from, to) ?? (start === end ? (endsAbove(file, clamp(start)) ?? commentedBy(file, from)) : null);
  return found ? ok(found) : err(nothingThere(lineOf(source, from), start !== end));
}

/** The function that a person, or an earlier answer, means by a name and perhaps a place. */
export function locatedByName(file: ReadFile, name: string, line: number, column: number): LocatedFunction | null {
  const named = file.functions.filter((it) => it.found.name === name);
  const distance = ({ found }: LocatedFunction): number => Math.abs(found.line - line) * 1e4 + Math.abs(found.column - column);
  return named.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** A cursor in the white space before or after a line's code means that code. */
function ontoCode(source: PySource, offset: number): number {
  const { start, text } = lineAround(source, offset);
  const first = start + text.length - text.trimStart().length;
  const last = start + text.trimEnd().length;
  return first >= last ? offset : Math.min(Math.max(offset, first), last);
}

function lineAround(source: PySource, offset: number): { readonly start: number; readonly text: string } {
  const line = lineOf(source, offset);
  const start = source.lineStarts[line - 1]!;
  return { start, text: source.text.slice(start, source.lineStarts[line] ?? source.text.length).replace(/[\r\n]+$/, '') };
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

/** A cursor on an empty or comment line below a function's code means the function, where it is indented as its body is. */
function endsAbove({ source, functions }: ReadFile, offset: number): LocatedFunction | null {
  const { start, text } = lineAround(source, offset);
  const [indentation] = /^[ \t]*/.exec(text)!;
  if (text.trim() !== '' && text[indentation.length] !== '#') return null;
  const depth = text.trim() === '' ? offset - start : indentation.length;
  const above = source.text.slice(0, start).replace(/(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*$/, '').length;
  const ending = functions.filter(({ found, whole }) => found.range.end <= start && found.range.end >= above - trailing(source, above) && columnAt(source, whole.start) < depth);
  return ending.sort((a, b) => length(a.found.range) - length(b.found.range))[0] ?? null;
}

/** Length of the comment and white space that end the line of code at `end`. */
function trailing(source: PySource, end: number): number {
  const { start } = lineAround(source, end);
  const line = source.text.slice(start, end);
  return line.length - line.replace(/\s*(?:#[^'"]*)?$/, '').length;
}

const columnAt = (source: PySource, offset: number): number => offset - source.lineStarts[lineOf(source, offset) - 1]!;

/** A cursor in the comment right above a function means the function. */
function commentedBy({ source, functions }: ReadFile, offset: number): LocatedFunction | null {
  let line = lineOf(source, offset);
  while (/^\s*#/.test(lineAround(source, source.lineStarts[line - 1]!).text) && line < source.lineStarts.length) line++;
  if (line === lineOf(source, offset)) return null;
  const at = ontoCode(source, source.lineStarts[line - 1]!);
  return functions.find(({ found }) => found.range.start === at) ?? null;
}

const length = ({ start, end }: { readonly start: number; readonly end: number }): number => end - start;

function nothingThere(line: number, selected: boolean): Refusal {
  const message = selected
    ? 'No function holds the whole selection. Put the cursor inside one function.'
    : `There is no function at line ${line}. Put the cursor inside a \`def\`.`;
  return { code: 'no-function', message, line };
}
