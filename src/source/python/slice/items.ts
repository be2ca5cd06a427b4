/** The parts of a module that are kept or left out one by one: each top-level statement, each name of an import. */
import { bodiesOf } from '../locate';
import { importedNames } from '../scope-builder';
import { textOf, type PySource } from '../parse';
import { childOf, statementsOf, undecorated, type PyNode } from '../tree';
import { guardOf } from './guards';

export type ItemKind = 'import' | 'star-import' | 'future' | 'function' | 'class' | 'assignment' | 'docstring' | 'statement';

export interface Item {
  readonly kind: ItemKind;
  /** The whole statement, decorators too. */
  readonly statement: PyNode;
  /** The item's own text: the statement's, or that of one imported name. */
  readonly start: number;
  readonly end: number;
  /** Where something of it only holds for type checkers, or for a file that is started itself. */
  readonly guard: 'main' | 'types' | null;
  /** The main block that it is taken out of. */
  readonly block: PyNode | null;
}

/** All items of a file, in order. @param opened the main block that a target stands in: its statements are items too */
export function itemsOf(source: PySource, opened: PyNode | null): Item[] {
  return statementsOf(source.root).flatMap((statement, index) => {
    if (statement !== opened) return partsOf(source, statement, null, index === 0);
    const body = childOf(statement, 'Body');
    return body ? statementsOf(body).flatMap((it) => partsOf(source, it, statement, false)) : [];
  });
}

function partsOf(source: PySource, statement: PyNode, block: PyNode | null, first: boolean): Item[] {
  const whole = { statement, start: statement.start, end: statement.end, guard: guardOf(source, statement), block };
  if (statement.kind !== 'ImportStatement') return [{ ...whole, kind: importsAll(statement) ? 'star-import' : kindOf(statement, first) }];
  const names = importedNames(statement);
  if (/^from\s+__future__\b/.test(textOf(source, statement))) return [{ ...whole, kind: 'future' }];
  return names.map(({ start, end, binds }) => ({ ...whole, start, end, kind: binds ? 'import' : 'star-import' }));
}

/** `try: from a import *` */
function importsAll(statement: PyNode): boolean {
  return bodiesOf(statement).some((body) => statementsOf(body).some((it) => importsAll(it) || (it.kind === 'ImportStatement' && importedNames(it).some(({ binds }) => binds === null))));
}

function kindOf(statement: PyNode, first: boolean): ItemKind {
  const { kind, children } = undecorated(statement);
  if (kind === 'FunctionDefinition') return 'function';
  if (kind === 'ClassDefinition') return 'class';
  if (kind === 'AssignStatement' || kind === 'UpdateStatement' || kind === 'TypeDefinition') return 'assignment';
  const isText = kind === 'ExpressionStatement' && (children[0]?.kind === 'String' || children[0]?.kind === 'ContinuedString');
  return isText && first ? 'docstring' : 'statement';
}
