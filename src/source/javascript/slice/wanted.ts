/** What other modules ask this one for: the exports that a slice has to offer beside its target. */
import ts from 'typescript';
import { hasModifier } from '../names';
import type { Item } from './items';
import type { Keeping } from './keep';

/** Stands for every export there is. */
export const everything = '*';

export function keepExports(wanted: Iterable<string>, keeping: Keeping): void {
  const names = new Set(wanted);
  if (names.size === 0) return;
  const { model } = keeping;
  const all = names.has(everything);
  const why = 'asked for by a module that this one imports';
  const missing = new Set(names);
  for (const item of model.items) {
    for (const name of exportedBy(item, model.declaredBy(item))) {
      if (!all && !names.has(name)) continue;
      missing.delete(name);
      keeping.keep(item, why);
      if (ts.isExportSpecifier(item.node)) keepLocal(item.node, keeping, why);
    }
  }
  for (const name of names) keeping.need(`exports.${name}`, why);
  if (missing.size > 0) for (const item of model.items) if (isStar(item)) keeping.keep(item, why);
}

/** Export names that an item stands for. */
function exportedBy({ kind, node, statement }: Item, declared: readonly string[]): readonly string[] {
  if (ts.isExportSpecifier(node)) return (statement as ts.ExportDeclaration).isTypeOnly || node.isTypeOnly ? [] : [node.name.text];
  if (ts.isExportAssignment(node)) return node.isExportEquals ? [] : ['default'];
  if (ts.isExportDeclaration(node)) return node.exportClause && ts.isNamespaceExport(node.exportClause) ? [node.exportClause.name.text] : [];
  if (kind === 'type' || !hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  return hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? ['default'] : declared;
}

/** `export { a as b }`: the export list names `a`, which is no use of it otherwise. */
function keepLocal({ name, propertyName, parent }: ts.ExportSpecifier, keeping: Keeping, why: string): void {
  if (!parent.parent.moduleSpecifier) keeping.need((propertyName ?? name).text, why);
}

const isStar = ({ node }: Item): boolean => ts.isExportDeclaration(node) && !node.exportClause;
