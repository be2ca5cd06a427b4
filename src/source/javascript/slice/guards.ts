/** Statements that only matter to whoever starts or first loads a program. */
import ts from 'typescript';

/** `if (require.main === module) { … }` and its like: a module that is imported never gets there. */
export function isStartGuard(statement: ts.Statement): boolean {
  const condition = ts.isIfStatement(statement)
    ? statement.expression
    : ts.isExpressionStatement(statement) && ts.isBinaryExpression(statement.expression)
      ? statement.expression.left
      : null;
  return condition !== null && /\brequire\.main\b|\bmodule\.parent\b|\bimport\.meta\.main\b|\bprocess\.argv\[1\]/.test(condition.getText());
}

/** What a program loads first so that the rest finds the world as it expects it: patches of the language, variables of the environment. */
export function isPolyfill(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement)) {
    return !statement.importClause && ts.isStringLiteral(statement.moduleSpecifier) && polyfills.test(statement.moduleSpecifier.text);
  }
  if (!ts.isExpressionStatement(statement)) return false;
  const text = statement.expression.getText();
  const [, required] = /^require\(\s*['"`]([^'"`]+)['"`]\s*\)(?:\.config\([^]*\))?$/.exec(text) ?? [];
  return required !== undefined ? polyfills.test(required) || required === 'dotenv' : /^dotenv\.config\(/.test(text);
}

const polyfills =
  /^(?:reflect-metadata|core-js(?:\/.*)?|zone\.js(?:\/.*)?|dotenv\/config(?:\.js)?|dotenv-flow\/config|source-map-support\/register(?:\.js)?|regenerator-runtime(?:\/.*)?|@babel\/polyfill|@abraham\/reflection)$/;
