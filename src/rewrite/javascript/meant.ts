/** Which loop, statements or call a selection means. */
import ts from 'typescript';
import type { SourceRange } from '../../source/found-function';
import type { Code } from './code';
import { isBoundary, isFunctionWithBody, walk, type FunctionWithBody } from './syntax';

/** The selection without the white space at its ends; a cursor in the white space of a line stands at the line's code. */
export function selected({ request, text }: Code): SourceRange {
  let { start, end } = request.selection;
  start = Math.min(Math.max(start, 0), text.length);
  end = Math.min(Math.max(end, start), text.length);
  if (start === end) return ontoCode(text, start);
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}

function ontoCode(text: string, offset: number): SourceRange {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd);
  if (line.trim() === '') return { start: offset, end: offset };
  const first = lineStart + line.length - line.trimStart().length;
  const last = lineStart + line.trimEnd().length;
  const at = Math.min(Math.max(offset, first), last);
  return { start: at, end: at };
}

export const contains = (node: ts.Node, { start, end }: SourceRange, source: ts.SourceFile): boolean =>
  node.getStart(source) <= start && end <= node.end;

const within = (node: ts.Node, { start, end }: SourceRange, source: ts.SourceFile): boolean =>
  start <= node.getStart(source) && node.end <= end;

/**
 * Nodes of one kind that a selection can mean, most likely first: those around it, innermost first, as far as its own function
 * reaches; else those in it, in order; else, for a cursor, those of the function around it.
 *
 * @param passes functions that count as a part of what is around them
 */
export function candidates<T extends ts.Node>(code: Code, isKind: (node: ts.Node) => node is T, passes: (node: ts.Node) => boolean = () => false): T[] {
  const { source } = code;
  const at = selected(code);
  const around = ancestors(source, at);
  const direct: T[] = [];
  for (const node of around) {
    if (isKind(node)) direct.push(node);
    if (isBoundary(node) && !passes(node)) break;
  }
  if (direct.length > 0) return direct;
  const inside = collect(source, (node): node is T => isKind(node) && within(node, at, source));
  if (inside.length > 0 || at.start !== at.end) return inside;
  const holder = around.find(isFunctionWithBody);
  return holder ? collect(holder.body, isKind, holder.body) : [];
}

/** Nodes around a range, innermost first; the file itself is the last. */
export function ancestors(source: ts.SourceFile, range: SourceRange): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (node !== source && !contains(node, range, source)) return;
    found.unshift(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The innermost function with a body around a node or a range. */
export const functionAt = (source: ts.SourceFile, range: SourceRange) => ancestors(source, range).find(isFunctionWithBody);

/** `only`: the body of a function, whose inner functions are left out. */
function collect<T extends ts.Node>(root: ts.Node, isKind: (node: ts.Node) => node is T, only?: ts.Node): T[] {
  const found: T[] = [];
  walk(root, (node) => {
    if (isKind(node)) found.push(node);
    return only && node !== only && isBoundary(node) ? false : undefined;
  });
  return found;
}

/** The function that a statement declares whose line a selection touches: `export const f = () => …` seen from `export`. */
export function selectedStatementFunction(code: Code): FunctionWithBody | undefined {
  const { source } = code;
  const at = selected(code);
  const statement = source.statements.find((it) => (contains(it, at, source) || within(it, at, source)));
  let found: FunctionWithBody | undefined;
  if (statement) walk(statement, (node) => (found ? false : isFunctionWithBody(node) ? ((found = node), false) : undefined));
  return found;
}
