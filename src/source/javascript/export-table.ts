import ts from 'typescript';
import { hasModifier, isTypeOnly, bindingNames } from './names';
import type { ExportedAs, ExportEntry, ExportTable, ImportBinding, ModuleRequest } from './module-facts';

/** What an ES module exports, as far as the file alone tells. */
export function exportTable(source: ts.SourceFile, requests: readonly ModuleRequest[]): ExportTable {
  const names = new Map<string, ExportedAs>();
  const entries: ExportEntry[] = [];
  const local = localMeaning(source, requests);
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals) continue;
      const value = ts.isIdentifier(statement.expression) ? local(statement.expression.text) : valueExport;
      names.set('default', value);
      if (ts.isIdentifier(statement.expression)) entries.push({ exported: 'default', range: rangeOf(statement, source) });
    } else if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) {
      for (const it of listed(statement)) {
        names.set(it.name.text, statement.isTypeOnly || it.isTypeOnly ? typeExport : local((it.propertyName ?? it.name).text));
        if (!it.isTypeOnly && !statement.isTypeOnly) entries.push({ exported: it.name.text, range: rangeOf(it, source) });
      }
    } else if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) addDeclared(statement, names);
  }
  for (const request of requests) if (request.kind === 'export-from') addForwarded(request, names);
  return { names, entries, stars: requests.filter((it) => it.kind === 'export-from' && it.whole && !it.typeOnly) };
}

const valueExport: ExportedAs = { kind: 'value' };
const typeExport: ExportedAs = { kind: 'type' };

function listed({ exportClause }: ts.ExportDeclaration): readonly ts.ExportSpecifier[] {
  return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
}

/** What an own name in an export list stands for. A name may be both a type and a value: then it is a value. */
function localMeaning(source: ts.SourceFile, requests: readonly ModuleRequest[]): (name: string) => ExportedAs {
  const imported = new Map<string, { request: ModuleRequest; binding: ImportBinding }>();
  for (const request of requests) {
    if (request.kind === 'import') for (const binding of request.bindings) imported.set(binding.local, { request, binding });
  }
  const types = new Set<string>();
  const values = new Set<string>();
  for (const it of source.statements) declaredBy(it, types, values);
  return (name) => {
    const from = imported.get(name);
    if (!from) return types.has(name) && !values.has(name) ? typeExport : valueExport;
    if (from.request.typeOnly || from.binding.typeOnly) return typeExport;
    return { kind: 'import', request: from.request, imported: from.binding.imported };
  };
}

function declaredBy(statement: ts.Statement, types: Set<string>, values: Set<string>): void {
  const names = isTypeOnly(statement) || isEmptyNamespace(statement) ? types : values;
  if (ts.isVariableStatement(statement)) {
    for (const it of statement.declarationList.declarations) for (const name of bindingNames(it.name)) names.add(name.text);
  } else if (isNamed(statement) && statement.name) names.add(statement.name.text);
}

function addDeclared(statement: ts.Statement, names: Map<string, ExportedAs>): void {
  const types = new Set<string>();
  const values = new Set<string>();
  declaredBy(statement, types, values);
  if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) {
    if (!names.has('default') || values.size > 0 || types.size === 0)
      names.set('default', types.size > 0 ? typeExport : valueExport);
    return;
  }
  for (const it of types) if (!names.has(it)) names.set(it, typeExport);
  for (const it of values) names.set(it, valueExport);
}

function addForwarded(request: ModuleRequest, names: Map<string, ExportedAs>): void {
  for (const it of request.bindings) {
    names.set(it.local, request.typeOnly || it.typeOnly ? typeExport : { kind: 'import', request, imported: it.imported });
  }
}

function isEmptyNamespace(node: ts.Statement): boolean {
  return (
    ts.isModuleDeclaration(node) &&
    node.body !== undefined &&
    ts.isModuleBlock(node.body) &&
    node.body.statements.every(isTypeOnly)
  );
}

type Named =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | ts.ModuleDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ImportEqualsDeclaration;

function isNamed(node: ts.Node): node is Named {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportEqualsDeclaration(node)
  );
}

const rangeOf = (node: ts.Node, source: ts.SourceFile) => ({ start: node.getStart(source), end: node.end });
