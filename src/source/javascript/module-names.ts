import ts from 'typescript';
import { bindingNames, isDeclared } from './names';

/** Names that the module's own scope binds to values: declarations, `var`s in blocks, and imports that are not marked as types. */
export function moduleNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) addImports(statement, names);
    else if (ts.isImportEqualsDeclaration(statement)) {
      if (!statement.isTypeOnly) names.add(statement.name.text);
    } else if (isDeclared(statement)) continue;
    else if (isNamedDeclaration(statement)) {
      if (statement.name) names.add(statement.name.text);
    } else addVariables(statement, names, true);
  }
  return names;
}

function isNamedDeclaration(
  node: ts.Node,
): node is ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration {
  return (
    ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)
  );
}

function addImports({ importClause }: ts.ImportDeclaration, names: Set<string>): void {
  if (!importClause || importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  if (importClause.name) names.add(importClause.name.text);
  const { namedBindings } = importClause;
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) names.add(namedBindings.name.text);
  else for (const it of namedBindings.elements) if (!it.isTypeOnly) names.add(it.name.text);
}

/** At the top level every declaration counts, inside blocks only `var`. */
function addVariables(node: ts.Node, names: Set<string>, topLevel: boolean): void {
  if (ts.isVariableDeclarationList(node)) {
    if (topLevel || (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      for (const it of node.declarations) for (const name of bindingNames(it.name)) names.add(name.text);
    }
    return;
  }
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
  const inside = topLevel && ts.isVariableStatement(node);
  ts.forEachChild(node, (child) => {
    if (!ts.isExpression(child)) addVariables(child, names, inside);
  });
}
