/** Pieces of a loop as text for new code. */
import type { SourceRange } from '../../../source/found-function';
import { ancestors, bodyOf, isComprehension, isInside, type Code } from '../code';
import { childOf, type PyNode } from '../../../source/python/tree';
import { reindented, type Brackets } from '../layout';
import type { Loop } from './loop';

/** What the new code replaces: the loop, with the statement before it that makes the list. */
export function replacedRange(loop: Loop): SourceRange {
  return { start: loop.collector?.made?.start ?? loop.node.start, end: loop.node.end };
}

/** Comments of the replaced code that are in none of the pieces that are kept, as lines. */
export function looseComments(code: Code, loop: Loop, kept: readonly SourceRange[]): string[] {
  return code
    .commentsIn(replacedRange(loop))
    .filter((it) => !kept.some((piece) => isInside(it, piece)))
    .map((it) => code.of(it));
}

/** `results = …` where the list is made here, `results.extend(…)` where it was made before. */
export function collected(code: Code, { collector }: Loop): { head: string; bracket: Brackets } {
  if (!collector) return { head: '', bracket: [] };
  const { made, name } = collector;
  if (!made) return { head: '', bracket: [[`${name}.extend(`, ')']] };
  const sign = childOf(made, 'AssignOp')!;
  return { head: `${code.text.slice(made.start, sign.end)} `, bracket: [] };
}

const plainIterables = new Set<PyNode['kind']>([
  'VariableName', 'CallExpression', 'MemberExpression', 'ArrayExpression', 'TupleExpression', 'ParenthesizedExpression', 'SetExpression',
  'DictionaryExpression', 'ArrayComprehensionExpression', 'SetComprehensionExpression', 'DictionaryComprehensionExpression',
  'ComprehensionExpression', 'String', 'AwaitExpression',
]);

/** Expressions whose line breaks are all in brackets or quotes of their own. */
const bracketed = new Set<PyNode['kind']>([
  'ArrayExpression', 'TupleExpression', 'ParenthesizedExpression', 'SetExpression', 'DictionaryExpression', 'ArrayComprehensionExpression',
  'SetComprehensionExpression', 'DictionaryComprehensionExpression', 'ComprehensionExpression', 'String', 'FormatString',
]);

/** The source of the loop, as the source of a comprehension. */
export function iterableText(code: Code, loop: Loop): string {
  const [first, ...rest] = loop.iterables;
  const isPlain = rest.length === 0 && plainIterables.has(first!.kind);
  return isPlain ? code.of(loop.iterable) : `(${code.of(loop.iterable)})`;
}

/** `for x in xs if x` */
export function clause(code: Code, loop: Loop, source = iterableText(code, loop)): string {
  const filter = loop.filter ? ` ${code.of(loop.filter)}` : '';
  return `for ${code.of(loop.target)} in ${source}${filter}`;
}

/** Turns of the loop as the body of a function: what it does, and then `return` of what it collected. */
export function bodyLines(code: Code, loop: Loop, indent: string): string[] {
  const element = returned(code, loop, indent);
  const body = bodyOf(loop.node);
  const push = loop.collector?.push;
  const first = loop.statements[0];
  if (!body || !push) return [element];
  if (first && !code.startsLine(first)) return [...loop.statements.map((it) => indent + code.of(it)), element];
  const start = code.lineEnd(body.start);
  const range = { start: lineAfter(code, start), end: code.lineStart(push.start) };
  if (range.end <= range.start) return [element];
  const old = code.indentOf(push);
  return [...reindented(code, range, old, indent).replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/), element];
}

function returned(code: Code, loop: Loop, indent: string): string {
  const old = loop.collector ? code.indentOf(loop.collector.push) : code.indentOf(loop.element);
  const text = reindented(code, { start: loop.element.start, end: loop.element.end }, old, indent);
  const isOpen = /[\r\n]/.test(text) && !bracketed.has(loop.element.kind);
  return `${indent}return ${isOpen ? `(${text})` : text}`;
}

function lineAfter(code: Code, end: number): number {
  return end + (/^(?:\r\n|\r|\n)/.exec(code.text.slice(end, end + 2))?.[0].length ?? 0);
}

/** The comment after the colon of the loop's head. */
export function headComment(code: Code, loop: Loop): string {
  const body = bodyOf(loop.node);
  if (!body) return '';
  return /^:([ \t]*#.*)/.exec(code.text.slice(body.start, code.lineEnd(body.start)))?.[1] ?? '';
}

/** The statement that a comprehension is part of, if new statements can go before it. */
export function hostStatement(code: Code, node: PyNode): PyNode | null {
  for (const it of ancestors(node)) {
    if (isComprehension(it) || it.kind === 'LambdaExpression') return null;
    if (it.kind === 'Body' || it.kind === 'Script' || it.kind === 'StatementGroup') return null;
    const isSimple = it.kind === 'AssignStatement' || it.kind === 'ReturnStatement' || it.kind === 'ExpressionStatement' || it.kind === 'UpdateStatement';
    if (isSimple) return it.parent?.kind !== 'StatementGroup' && code.startsLine(it) ? it : null;
  }
  return null;
}

/** An empty line before a definition, where what stands before is neither that nor the head of a block. */
export function gapBefore(code: Code, statement: SourceRange): string[] {
  const before = code.text.slice(0, code.lineStart(statement.start)).split(/\r\n|\r|\n/).at(-2)?.trim() ?? '';
  return before === '' || before.endsWith(':') || before.startsWith('#') ? [] : [''];
}
