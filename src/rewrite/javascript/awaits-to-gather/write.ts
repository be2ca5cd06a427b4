/** The text of one gather in the place of a row of awaits. */
import ts from 'typescript';
import type { EditPlan } from '../../edit-plan';
import type { Code } from '../code';
import { indentAt } from '../style';
import { hasComment } from '../syntax';
import { needsSemicolon } from '../writing';
import type { Row } from './check';

/** Longer lines are written as several. */
const widest = 100;

export function writeRow(row: Row, code: Code): EditPlan {
  const { source, text } = code;
  const last = row.at(-1)!.statement;
  const start = row[0]!.statement.getStart(source);
  const behind = commentBehind(last.end, text);
  const comments = row.map((_, n) => commentsOf(row, n, code));
  const newText = gather(row, comments, behind, code, start);
  const end = newText.includes('\n') ? last.end + behind.length : last.end;
  return {
    recipe: 'awaits-to-gather',
    title: `Wait for these ${row.length} calls at once with Promise.all`,
    edits: [{ start, end, newText: newText + (needsSemicolon(end, code) ? ';' : '') }],
    newFiles: [],
    packages: [],
    changes: [
      `All ${row.length} calls start at once; before, each waited for the one above it.`,
      'If one fails, the others go on, and their results are dropped. The first failure in time is thrown, and no longer the first in the code.',
      'Side effects of the calls no longer happen in the order of the code.',
    ],
    leftToDo: [],
  };
}

interface Comments {
  /** Each on a line of its own. */
  readonly before: readonly string[];
  /** On the line of the await, with the white space before it. */
  readonly behind: string;
}

function gather(row: Row, comments: readonly Comments[], last: string, code: Code, start: number): string {
  const { source, text, style } = code;
  const names = row.map(({ declaration }) => declaration.name.getText(source)).join(', ');
  const types = row[0]!.declaration.type ? `: [${row.map(({ declaration }) => declaration.type!.getText(source)).join(', ')}]` : '';
  const head = `${modifiers(row, code)}${keyword(row)} [${names}]${types} = await Promise.all([`;
  const items = row.map(({ started }) => started.getText(source));
  const line = `${head}${items.join(', ')}])`;
  const indent = indentAt(text, start);
  const isPlain = comments.every(({ before, behind }) => before.length === 0 && behind === '') && !items.some((it) => it.includes('\n'));
  if (isPlain && indent.length + line.length < widest) return line;
  const inner = indent + style.indent;
  const lines = items.flatMap((item, n) => {
    const { before, behind } = comments[n]!;
    const comma = n < items.length - 1 ? ',' : style.trailingComma;
    return [...before.map((comment) => inner + comment), inner + movedIn(item, style.indent) + comma + (n < items.length - 1 ? behind : last)];
  });
  return [head, ...lines, `${indent}])`].join(style.eol);
}

/** `export`, where the row is at the top level of a module. */
const modifiers = ([first]: Row, { source }: Code): string =>
  (first!.statement.modifiers ?? []).map((it) => `${it.getText(source)} `).join('');

function keyword([first]: Row): string {
  const { flags } = first!.statement.declarationList;
  return flags & ts.NodeFlags.Const ? 'const' : flags & ts.NodeFlags.Let ? 'let' : 'var';
}

/** The comments that belong to an await: above it, in its statement before the call, and behind it on its line. */
function commentsOf(row: Row, n: number, { source, text }: Code): Comments {
  const { statement, started } = row[n]!;
  const previous = row[n - 1]?.statement;
  const start = statement.getStart(source);
  const above = previous ? text.slice(previous.end + commentBehind(previous.end, text).length, start) : '';
  const initializer = statement.declarationList.declarations[0]!.initializer!;
  const awaitAt = initializer.getStart(source);
  const inside = [text.slice(initializer.pos, awaitAt), text.slice(awaitAt + 'await'.length, started.getStart(source)), text.slice(started.end, statement.end)];
  const before = [above, ...inside].filter(hasComment).flatMap((gap) => [...gap.matchAll(/\/\/[^\r\n]*|\/\*[^]*?\*\//g)].map(([it]) => it.trim()));
  return { before, behind: row[n + 1] ? commentBehind(statement.end, text) : '' };
}

/** A comment on the line on which a statement ends, if nothing but the end of the line follows; with the white space before it. */
function commentBehind(end: number, text: string): string {
  return /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/(?=[ \t]*(?:\r?\n|$)))/.exec(text.slice(end, end + 2000))?.[0].trimEnd() ?? '';
}

/** The lines of a call after its first, one level further in. */
const movedIn = (item: string, indent: string): string =>
  item.includes('`') ? item : item.replace(/\n(?=[^\r\n])/g, `\n${indent}`);
