/** The module's text with what is not kept blanked: every line and column of the rest stays. */
import type { SourceRange } from '../../found-function';
import type { PySource } from '../parse';
import { ancestor, childrenOf, type PyNode } from '../tree';
import type { Item } from './items';

/** Written over what was there: keeps the indentation of what follows in place. */
const openBlock = 'if 1:';

export interface Written {
  readonly start: number;
  readonly text: string;
}

/**
 * @param kept items to keep
 * @param lifted a definition inside a function, to be left standing alone
 */
export function blankedText(source: PySource, kept: ReadonlySet<Item>, lifted: PyNode | null): string {
  const ranges: SourceRange[] = [];
  const written: Written[] = [];
  for (const [statement, items] of byStatement(kept)) {
    ranges.push(...(statement.kind === 'ImportStatement' && items[0]!.start !== statement.start ? importRanges(source, statement, items) : [statement]));
  }
  for (const block of new Set([...kept].map((it) => it.block))) if (block) written.push({ start: block.start, text: openBlock });
  if (lifted) {
    ranges.push(lifted);
    for (const statement of around(lifted)) written.push({ start: statement.start, text: openBlock });
  }
  const signs = separators(kept);
  return compose(source.text, [...ranges, ...signs.ranges], [...written, ...signs.written]);
}

function byStatement(kept: ReadonlySet<Item>): Map<PyNode, Item[]> {
  const found = new Map<PyNode, Item[]>();
  for (const item of [...kept].sort((a, b) => a.start - b.start)) {
    const items = found.get(item.statement);
    if (items) items.push(item);
    else found.set(item.statement, [item]);
  }
  return found;
}

/** The statement's words and brackets, the names that are kept, and the commas between them. */
function importRanges(source: PySource, statement: PyNode, items: readonly Item[]): SourceRange[] {
  const first = items[0]!.start;
  const word = childrenOf(statement, 'import')[0]!;
  const ranges: SourceRange[] = [{ start: statement.start, end: word.end }, ...items];
  const brackets = statement.children.filter((it) => it.kind === '(' || it.kind === ')');
  ranges.push(...brackets);
  const commas = statement.children.filter((it) => it.kind === ',' && it.start > first);
  for (const item of items.slice(0, -1)) {
    const comma = commas.find((it) => it.start >= item.end);
    if (comma) ranges.push(comma);
  }
  // A line that ends in a backslash goes on to the last name that is kept.
  const end = items.at(-1)!.start;
  for (const { index } of source.text.slice(statement.start, end).matchAll(/\\(?=\r?\n|\r)/g)) {
    ranges.push({ start: statement.start + index, end: statement.start + index + 1 });
  }
  return ranges;
}

/** Compound statements around a definition, from the outermost: their bodies are what is indented. */
function around(node: PyNode): PyNode[] {
  const found: PyNode[] = [];
  for (let at = node.parent; at; at = at.parent) {
    if (at.kind !== 'Body') continue;
    const owner = at.parent?.parent?.kind === 'DecoratedStatement' ? at.parent.parent : at.parent;
    if (owner) found.unshift(owner.kind === 'MatchClause' ? (ancestor(owner, 'MatchStatement') ?? owner) : owner);
    if (owner?.kind === 'MatchClause') found.splice(1, 0, owner);
  }
  return found;
}

/** Statements that share a line: the first one that is kept must not become indented, and they stay apart. */
function separators(kept: ReadonlySet<Item>): { readonly ranges: SourceRange[]; readonly written: Written[] } {
  const ranges: SourceRange[] = [];
  const written: Written[] = [];
  const statements = new Set([...kept].map((it) => it.statement));
  for (const group of new Set([...statements].map((it) => it.parent!))) {
    if (group.kind !== 'StatementGroup') continue;
    const members = group.children.filter((it) => statements.has(it));
    const first = members[0]!;
    if (first.start > group.start) written.push({ start: group.start, text: '0;' });
    for (const member of members.slice(0, -1)) {
      const sign = group.children.find((it) => it.kind === ';' && it.start >= member.end);
      if (sign) ranges.push(sign);
    }
  }
  return { ranges, written };
}

function compose(text: string, ranges: readonly SourceRange[], written: readonly Written[]): string {
  const parts: { start: number; end: number; text: string }[] = [
    ...ranges.map(({ start, end }) => ({ start, end, text: text.slice(start, end) })),
    ...written.map((it) => ({ ...it, end: Math.min(it.start + it.text.length, lineEnd(text, it.start)) })),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let at = 0;
  for (const part of parts) {
    if (part.start < at) continue;
    result += blank(text, at, part.start) + part.text;
    at = Math.max(at, part.end);
  }
  return result + blank(text, at, text.length).trimEnd() + '\n';
}

/** Spaces, where something follows on the line; tabs stay, since indentation may be made of them. */
function blank(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/[^\r\n\t]/g, ' ').replace(/[ \t]+(?=[\r\n])/g, '');
}

/** `try:` is shorter than what is written over it, and nothing follows it on its line. */
function lineEnd(text: string, from: number): number {
  const rest = text.slice(from, from + 100).search(/[\r\n]/);
  return rest < 0 ? text.length : from + rest;
}
