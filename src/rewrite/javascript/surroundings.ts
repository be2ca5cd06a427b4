/** What stands around code that is to run at once with other code, and would see the difference. */
import ts from 'typescript';
import type { Refusal } from '../../source/found-function';
import type { Code } from './code';
import { refuse } from './refuse';
import { isBoundary, isStatementList, walk } from './syntax';

/** A `finally` or a `using` around `node` would let go of things while calls are still under way after a failure. */
export function refuseCleanup(node: ts.Node, { source }: Code): Refusal | null {
  for (let at = node; at.parent && !isBoundary(at); at = at.parent) {
    const { parent } = at;
    if (ts.isTryStatement(parent) && parent.finallyBlock && at !== parent.finallyBlock) {
      return refuse('cleanup', 'The `finally` on line {line} would run after the first failure, while other calls are still under way.', source, parent.finallyBlock);
    }
    if (!isStatementList(parent)) continue;
    for (const statement of parent.statements) {
      if (statement === at) break;
      if (ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using) {
        return refuse('cleanup', 'What `using` on line {line} holds would be disposed after the first failure, while other calls are still under way.', source, statement);
      }
    }
  }
  return null;
}

/** The `catch` around `node` within its function, if there is one. */
export function catchAround(node: ts.Node): ts.CatchClause | undefined {
  for (let at = node; at.parent && !isBoundary(at); at = at.parent) {
    if (ts.isTryStatement(at.parent) && at === at.parent.tryBlock && at.parent.catchClause) return at.parent.catchClause;
  }
  return undefined;
}

/**
 * TypeScript forgets inside a function what a test outside of it said of a member or of a variable that changes. Where `node`
 * would become a function, and uses something that was tested before it, the result might not compile.
 */
export function refuseNarrowing(node: ts.Node, { source, scopes, typescript }: Code): Refusal | null {
  if (!typescript) return null;
  const tested = testedBefore(node, source);
  if (tested.size === 0) return null;
  let found: ts.Node | undefined;
  walk(node, (it) => {
    if (found) return false;
    const isPath = ts.isPropertyAccessExpression(it) || ts.isElementAccessExpression(it);
    if (isPath && tested.has(it.getText(source))) found = it;
    if (ts.isIdentifier(it) && tested.has(it.text)) {
      const symbol = scopes.symbolOf(it);
      if (symbol && !scopes.isDeclaredIn(symbol, node) && scopes.isReassigned(symbol)) found = it;
    }
    return undefined;
  });
  if (!found) return null;
  const message = `\`${found.getText(source)}\` on line {line} was tested before the loop, and TypeScript would forget that inside of a function. Give it to a \`const\` first.`;
  return refuse('narrowed', message, source, found);
}

/** Names and member paths in the tests around `node`, and before it in the same lists of statements. */
function testedBefore(node: ts.Node, source: ts.SourceFile): Set<string> {
  const texts = new Set<string>();
  const add = (test: ts.Node): void =>
    walk(test, (it) => {
      if (ts.isPropertyAccessExpression(it) || ts.isElementAccessExpression(it) || ts.isIdentifier(it)) texts.add(it.getText(source));
    });
  for (let at = node; at.parent && !isBoundary(at); at = at.parent) {
    const { parent } = at;
    if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) add(parent.expression);
    else if (ts.isConditionalExpression(parent)) add(parent.condition);
    else if (ts.isSwitchStatement(parent)) add(parent.expression);
    else if (ts.isForStatement(parent) && parent.condition) add(parent.condition);
    else if (ts.isBinaryExpression(parent)) add(parent.left);
    if (!isStatementList(parent)) continue;
    for (const statement of parent.statements) {
      if (statement === at) break;
      if (ts.isIfStatement(statement)) add(statement.expression);
      else if (ts.isExpressionStatement(statement)) add(statement.expression);
    }
  }
  return texts;
}
