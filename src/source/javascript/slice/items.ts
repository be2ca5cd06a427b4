/**
 * The parts of a module that are kept or left out one by one: each top-level statement, each declarator of a variable
 * statement (a destructuring pattern is one), each name of an import, each entry of an export list.
 */
import ts from 'typescript';
import { isTypeOnly } from '../names';
import { isInstantiated } from './scope';

export type ItemKind =
  | 'import'
  | 'variable'
  | 'function'
  | 'class'
  | 'enum'
  | 'namespace'
  /** An entry of `export { … }`, `export * from …`, `export default …`, `export = …`. */
  | 'export'
  /** Anything else that is evaluated. */
  | 'statement'
  /** `'use strict'` and the like. */
  | 'directive'
  /** Nothing of it is left at run time. */
  | 'type';

export interface Item {
  readonly kind: ItemKind;
  readonly node: ts.Node;
  /** The statement that it is, or is a part of. */
  readonly statement: ts.Statement;
}

/** All items of a file, in order. */
export function itemsOf(source: ts.SourceFile): readonly Item[] {
  let prologue = true;
  return source.statements.flatMap((statement) => {
    prologue &&= isDirective(statement);
    if (prologue) return [{ kind: 'directive' as const, node: statement, statement }];
    return partsOf(statement);
  });
}

function partsOf(statement: ts.Statement): Item[] {
  const whole = (kind: ItemKind): Item[] => [{ kind, node: statement, statement }];
  const parts = (kind: ItemKind, nodes: readonly ts.Node[]): Item[] => nodes.map((node) => ({ kind, node, statement }));
  if (isErased(statement)) return whole('type');
  if (ts.isVariableStatement(statement)) return parts('variable', statement.declarationList.declarations);
  if (ts.isImportDeclaration(statement)) return statement.importClause ? parts('import', importedBy(statement.importClause)) : whole('import');
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause && ts.isNamedExports(exportClause) ? parts('export', exportClause.elements) : whole('export');
  }
  return whole(kinds.get(statement.kind) ?? 'statement');
}

const kinds = new Map<ts.SyntaxKind, ItemKind>([
  [ts.SyntaxKind.FunctionDeclaration, 'function'],
  [ts.SyntaxKind.ClassDeclaration, 'class'],
  [ts.SyntaxKind.EnumDeclaration, 'enum'],
  [ts.SyntaxKind.ModuleDeclaration, 'namespace'],
  [ts.SyntaxKind.ImportEqualsDeclaration, 'import'],
  [ts.SyntaxKind.ExportAssignment, 'export'],
]);

/** The default's clause, `* as name`, and each name in braces. */
function importedBy(clause: ts.ImportClause): ts.Node[] {
  const { namedBindings: named } = clause;
  const rest = !named ? [] : ts.isNamespaceImport(named) ? [named] : [...named.elements];
  return clause.name ? [clause, ...rest] : rest;
}

function isErased(statement: ts.Statement): boolean {
  if (isTypeOnly(statement)) return true;
  if (ts.isImportDeclaration(statement)) return statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (ts.isExportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return statement.isTypeOnly;
  if (ts.isModuleDeclaration(statement)) return !isInstantiated(statement);
  if (ts.isFunctionDeclaration(statement)) return !statement.body;
  return ts.isEmptyStatement(statement);
}

function isDirective(statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/** Which item a node belongs to. */
export class ItemIndex {
  readonly #byNode = new Map<ts.Node, Item>();

  constructor(readonly items: readonly Item[]) {
    for (const it of items) this.#byNode.set(it.node, it);
  }

  of(node: ts.Node): Item | null {
    for (let at: ts.Node | undefined = node; at; at = at.parent) {
      const item = this.#byNode.get(at);
      if (item) return item;
    }
    return null;
  }
}
