import ts from 'typescript';
import { bare } from './functions';

/** Names of the module's own scope that other modules can get: `export { f }`, `export default f`, `exports.f = f`. */
export function exportedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (expression: ts.Expression): void => {
    const value = bare(expression);
    if (ts.isIdentifier(value)) names.add(value.text);
    if (ts.isObjectLiteralExpression(value)) for (const it of value.properties) addProperty(it, add, names);
  };
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement)) add(statement.expression);
    if (
      ts.isExportDeclaration(statement) &&
      !statement.moduleSpecifier &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      for (const { propertyName, name } of statement.exportClause.elements) names.add((propertyName ?? name).text);
    }
    const assigned = ts.isExpressionStatement(statement) ? exportsAssignment(statement.expression) : null;
    if (assigned) add(assigned.value);
  }
  return names;
}

/**
 * `exports.x = value`, `module.exports.x = value`, `module.exports = value` (`name` is then `null`);
 * `exports = module.exports = value` counts as the last.
 */
export function exportsAssignment(
  expression: ts.Expression,
): { readonly name: string | null; readonly value: ts.Expression; readonly place: string } | null {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
  const { left } = expression;
  const chained = exportsAssignment(expression.right);
  const value = chained?.value ?? expression.right;
  if (isModuleExports(left)) return { name: null, value, place: 'module.exports' };
  if (ts.isIdentifier(left) && left.text === 'exports' && chained) return chained;
  if (!ts.isPropertyAccessExpression(left) || !ts.isIdentifier(left.name)) return null;
  const { expression: owner } = left;
  if (isModuleExports(owner)) return { name: left.name.text, value, place: `module.exports.${left.name.text}` };
  if (ts.isIdentifier(owner) && owner.text === 'exports')
    return { name: left.name.text, value, place: `exports.${left.name.text}` };
  return null;
}

function isModuleExports(node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}

function addProperty(property: ts.ObjectLiteralElementLike, add: (value: ts.Expression) => void, names: Set<string>): void {
  if (ts.isShorthandPropertyAssignment(property)) names.add(property.name.text);
  else if (ts.isPropertyAssignment(property) && ts.isIdentifier(bare(property.initializer))) add(property.initializer);
}
