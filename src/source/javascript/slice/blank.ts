/**
 * The text of a slice: what is kept stands where it stood, and the rest is blank. Lines and columns stay, so stack traces
 * point at the user's code, and broken code elsewhere is gone.
 */
import ts from 'typescript';
import type { SourceRange } from '../../found-function';
import { spaces, withComma, type Edit } from '../edits';
import type { Item } from './items';

/** A piece of code that is kept without what stands around it, with what is put before and after it. */
export interface LiftedRange extends SourceRange {
  readonly before: string;
  readonly after: string;
}

export function blankedText(source: ts.SourceFile, kept: ReadonlySet<Item>, lifted: LiftedRange | null): string {
  const byStatement = new Map<ts.Statement, Item[]>();
  for (const it of kept) byStatement.set(it.statement, [...(byStatement.get(it.statement) ?? []), it]);
  const paper = new Paper(source.text, blankOf(source));
  for (const it of pragmas(source.text)) paper.keep(it);
  const statements = source.statements.filter((it) => byStatement.has(it));
  for (const it of statements) keepStatement(it, byStatement.get(it)!, source, paper);
  for (const [i, it] of statements.entries()) {
    const next = statements[i + 1];
    if (next && growsTogether(it, next, source)) paper.mark(it.end, ';');
  }
  if (lifted) paper.lift(lifted);
  return paper.text();
}

/** All of a file's text blank, made once. */
function blankOf(source: ts.SourceFile): string {
  let blank = blanks.get(source);
  if (blank === undefined) blanks.set(source, (blank = spaces(source.text, { start: 0, end: source.text.length })));
  return blank;
}

const blanks = new WeakMap<ts.SourceFile, string>();

/** A text of which nothing is kept yet. */
class Paper {
  readonly #kept: SourceRange[] = [];
  readonly #marks: Edit[] = [];

  constructor(
    readonly original: string,
    readonly blank: string,
  ) {}

  keep(range: SourceRange): void {
    if (range.end > range.start) this.#kept.push(range);
  }

  /** Writes over what is blank from `start` on; what does not fit pushes the rest of its line. */
  mark(start: number, text: string): void {
    this.#marks.push({ start, end: start + roomAt(this.original, start, text.length), text });
  }

  /** Puts code before and after a range. Its columns stay: what comes before goes to its left, else to the end of the line above. */
  lift({ start, end, before, after }: LiftedRange): void {
    const line = /(?:^|\r\n|[\r\n\u2028\u2029])([^\r\n\u2028\u2029]*)$/.exec(this.original.slice(0, start))!;
    const left = start - before.length;
    const fits = line[1]!.length >= before.length;
    const place = fits ? { start: left, end: start } : { start: line.index, end: line.index };
    const isTaken = this.#kept.some((it) => it.end > place.start && it.start < start);
    this.#marks.push({ ...(isTaken ? { start, end: start } : place), text: before }, { start: end, end, text: after });
    this.keep({ start, end });
  }

  text(): string {
    const pieces: string[] = [];
    let at = 0;
    const gap = (end: number): void => {
      const marks = this.#marks.filter((it) => it.start >= at && it.end <= end).sort((a, b) => a.start - b.start);
      for (const mark of marks) {
        if (mark.start < at) continue;
        this.#marks.splice(this.#marks.indexOf(mark), 1);
        pieces.push(this.blank.slice(at, mark.start), mark.text);
        at = mark.end;
      }
      pieces.push(this.blank.slice(at, end));
    };
    for (const range of [...this.#kept].sort((a, b) => a.start - b.start)) {
      if (range.end <= at) continue;
      gap(Math.max(range.start, at));
      at = Math.max(range.start, at);
      pieces.push(this.original.slice(at, range.end));
      at = range.end;
    }
    gap(this.original.length);
    return pieces.join('');
  }
}

/** How much of a line from `start` on can be written over: not beyond its end. */
function roomAt(text: string, start: number, length: number): number {
  const [room] = /^[^\r\n\u2028\u2029]*/.exec(text.slice(start, start + length))!;
  return room.length;
}

function keepStatement(statement: ts.Statement, items: readonly Item[], source: ts.SourceFile, paper: Paper): void {
  const nodes = items.map((it) => it.node).sort((a, b) => a.pos - b.pos);
  const whole = { start: statement.getStart(source), end: statement.end };
  if (nodes.includes(statement)) paper.keep(whole);
  else if (ts.isVariableStatement(statement)) keepListed(statement.declarationList.declarations, nodes, whole, source, paper);
  else if (ts.isImportDeclaration(statement)) keepImport(statement, nodes, source, paper);
  else if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    const inside = (exportClause as ts.NamedExports).elements;
    keepListed(inside, nodes, whole, source, paper);
  }
}

/** Some of the parts of a list, with what stands before the first and after the last. */
function keepListed(all: readonly ts.Node[], kept: readonly ts.Node[], whole: SourceRange, source: ts.SourceFile, paper: Paper): void {
  paper.keep({ start: whole.start, end: all[0]!.getStart(source) });
  keepElements(kept, source, paper);
  const last = all.at(-1)!;
  paper.keep({ start: kept.at(-1) === last ? last.end : withComma(source.text, rangeOf(last, source)).end, end: whole.end });
}

/** Elements with a comma after each but the last. */
function keepElements(kept: readonly ts.Node[], source: ts.SourceFile, paper: Paper): void {
  for (const [i, it] of kept.entries()) {
    paper.keep(rangeOf(it, source));
    const { end } = withComma(source.text, rangeOf(it, source));
    if (i < kept.length - 1) paper.keep({ start: end - 1, end });
  }
}

function keepImport(statement: ts.ImportDeclaration, kept: readonly ts.Node[], source: ts.SourceFile, paper: Paper): void {
  const clause = statement.importClause!;
  const { namedBindings: named } = clause;
  paper.keep({ start: statement.getStart(source), end: clause.getStart(source) });
  paper.keep({ start: clause.end, end: statement.end });
  const rest = kept.filter((it) => it !== clause);
  if (rest.length < kept.length) {
    const { end } = withComma(source.text, rangeOf(clause.name!, source));
    paper.keep(rangeOf(clause.name!, source));
    if (rest.length > 0) paper.keep({ start: end - 1, end });
  }
  if (rest.length === 0 || !named) return;
  if (ts.isNamespaceImport(named)) return paper.keep(rangeOf(named, source));
  paper.keep({ start: named.getStart(source), end: named.getStart(source) + 1 });
  keepElements(rest, source, paper);
  paper.keep({ start: named.end - 1, end: named.end });
}

/** Whether a statement without a semicolon would go on in the next one, now that what stood between them is blank. */
function growsTogether(statement: ts.Statement, next: ts.Statement, source: ts.SourceFile): boolean {
  const { text } = source;
  if (text[statement.end - 1] === ';' || closesItself(statement)) return false;
  const start = next.getStart(source);
  const between = source.statements.indexOf(next) - source.statements.indexOf(statement) > 1;
  return between && /[([`/+\-*.,?]/.test(text[start]!);
}

const closesItself = (node: ts.Statement): boolean =>
  ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node) || ts.isBlock(node);

/** Comments that say how JSX is compiled. */
function pragmas(text: string): SourceRange[] {
  return [...text.slice(0, 4000).matchAll(/\/\*(?:(?!\*\/)[^])*?@jsx(?:(?!\*\/)[^])*\*\//g)].map((it) => ({
    start: it.index,
    end: it.index + it[0].length,
  }));
}

const rangeOf = (node: ts.Node, source: ts.SourceFile): SourceRange => ({ start: node.getStart(source), end: node.end });
