/** Every place where a module asks for another one by a literal name. */
import ts from 'typescript';
import type { SourceRange } from '../found-function';
import { hasModifier, isFree, isTypeOnly } from './names';
import type { ImportBinding, ModuleRequest } from './module-facts';
import { lineOf } from './parse';

/**
 * @param values names that the module uses as values
 * @param own names that it binds: a `require` of its own is not Node's
 */
export function findRequests(source: ts.SourceFile, values: ReadonlySet<string>, own: ReadonlySet<string>): ModuleRequest[] {
  const listed = exportListNames(source);
  const useOf = (local: string): ImportBinding['use'] => (values.has(local) ? 'value' : listed.has(local) ? 'exported' : 'never');
  const statements = source.statements.flatMap((it) => statementRequest(it, source, useOf) ?? []);
  return [...statements, ...calls(source, !own.has('require'))].sort((a, b) => a.range.start - b.range.start);
}

/** Local names in `export { … }` without `from`. */
function exportListNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const it of source.statements) {
    if (
      !ts.isExportDeclaration(it) ||
      it.moduleSpecifier ||
      it.isTypeOnly ||
      !it.exportClause ||
      !ts.isNamedExports(it.exportClause)
    )
      continue;
    for (const { propertyName, name, isTypeOnly: marked } of it.exportClause.elements)
      if (!marked) names.add((propertyName ?? name).text);
  }
  return names;
}

type UseOf = (local: string) => ImportBinding['use'];

function statementRequest(statement: ts.Statement, source: ts.SourceFile, useOf: UseOf): ModuleRequest | null {
  if (ts.isImportDeclaration(statement)) return importRequest(statement, source, useOf);
  if (ts.isExportDeclaration(statement)) return exportRequest(statement, source);
  if (ts.isImportEqualsDeclaration(statement)) return importEquals(statement, source, useOf);
  return null;
}

function importRequest(node: ts.ImportDeclaration, source: ts.SourceFile, useOf: UseOf): ModuleRequest | null {
  const { importClause: clause, moduleSpecifier, attributes } = node;
  if (!ts.isStringLiteral(moduleSpecifier)) return null;
  const bindings: ImportBinding[] = [];
  const add = (imported: string, local: string, at: ts.Node, typeOnly = false): void => {
    bindings.push({
      imported,
      local,
      range: rangeOf(at, source),
      listed: ts.isImportSpecifier(at),
      typeOnly,
      use: typeOnly ? 'never' : useOf(local),
    });
  };
  if (clause?.name) add('default', clause.name.text, clause.name);
  const named = clause?.namedBindings;
  if (named && ts.isNamespaceImport(named)) add('*', named.name.text, named);
  else for (const it of named?.elements ?? []) add((it.propertyName ?? it.name).text, it.name.text, it, it.isTypeOnly);
  return {
    ...base('import', moduleSpecifier, node, source, attributes),
    bindings,
    whole: !clause,
    typeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
  };
}

function exportRequest(node: ts.ExportDeclaration, source: ts.SourceFile): ModuleRequest | null {
  const { exportClause: clause, moduleSpecifier, attributes } = node;
  if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return null;
  const bindings = exportBindings(clause, source);
  return {
    ...base('export-from', moduleSpecifier, node, source, attributes),
    bindings,
    whole: !clause,
    typeOnly: node.isTypeOnly,
  };
}

function exportBindings(clause: ts.NamedExportBindings | undefined, source: ts.SourceFile): ImportBinding[] {
  if (!clause) return [];
  if (ts.isNamespaceExport(clause)) {
    return [
      { imported: '*', local: clause.name.text, range: rangeOf(clause, source), listed: false, typeOnly: false, use: 'value' },
    ];
  }
  return clause.elements.map((it) => ({
    imported: (it.propertyName ?? it.name).text,
    local: it.name.text,
    range: rangeOf(it, source),
    listed: true,
    typeOnly: it.isTypeOnly,
    use: it.isTypeOnly ? 'never' : 'exported',
  }));
}

/** `import x = require("…")` */
function importEquals(node: ts.ImportEqualsDeclaration, source: ts.SourceFile, useOf: UseOf): ModuleRequest | null {
  const { moduleReference: reference } = node;
  if (!ts.isExternalModuleReference(reference) || !ts.isStringLiteral(reference.expression)) return null;
  const use = hasModifier(node, ts.SyntaxKind.ExportKeyword) ? 'value' : useOf(node.name.text);
  const binding: ImportBinding = {
    imported: '*',
    local: node.name.text,
    range: rangeOf(node.name, source),
    listed: false,
    typeOnly: node.isTypeOnly,
    use,
  };
  return {
    ...base('import-equals', reference.expression, node, source),
    bindings: [binding],
    whole: false,
    typeOnly: node.isTypeOnly,
  };
}

/** `require("…")` and `import("…")`, wherever they stand. */
function calls(source: ts.SourceFile, hasRequire: boolean): ModuleRequest[] {
  const found: ModuleRequest[] = [];
  const visit = (node: ts.Node, certain: boolean): void => {
    if (isTypeOnly(node)) return;
    const literal = ts.isCallExpression(node) ? node.arguments[0] : undefined;
    const kind = ts.isCallExpression(node) && literal && ts.isStringLiteralLike(literal) ? callKind(node, hasRequire) : null;
    if (kind) {
      const [, options] = (node as ts.CallExpression).arguments;
      const attributes = options && { start: literal!.end, end: options.end };
      found.push({
        ...base(kind, literal as ts.StringLiteralLike, node, source),
        bindings: [],
        whole: true,
        typeOnly: false,
        certain,
        attributes: attributes ?? null,
      });
    }
    const inside = certain && !isUncertain(node);
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  if (/\brequire\b|\bimport\s*\(/.test(source.text)) visit(source, true);
  return found;
}

function callKind({ expression }: ts.CallExpression, hasRequire: boolean): 'require' | 'import-call' | null {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return 'import-call';
  return hasRequire && ts.isIdentifier(expression) && expression.text === 'require' && isFree(expression) ? 'require' : null;
}

/** Code under `node` may never be evaluated, or its failure is caught. */
function isUncertain(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return shortCircuits.has(node.operatorToken.kind);
  return (
    ts.isFunctionLike(node) ||
    ts.isTryStatement(node) ||
    ts.isIfStatement(node) ||
    ts.isConditionalExpression(node) ||
    ts.isSwitchStatement(node) ||
    ts.isIterationStatement(node, false)
  );
}

const shortCircuits = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function base(
  kind: ModuleRequest['kind'],
  literal: ts.StringLiteralLike,
  node: ts.Node,
  source: ts.SourceFile,
  attributes?: ts.ImportAttributes,
) {
  return {
    kind,
    specifier: literal.text,
    literal: rangeOf(literal, source),
    range: rangeOf(node, source),
    line: lineOf(source, literal.getStart(source)),
    certain: true,
    attributes: attributes ? rangeOf(attributes, source) : null,
  };
}

const rangeOf = (node: ts.Node, source: ts.SourceFile): SourceRange => ({ start: node.getStart(source), end: node.end });
