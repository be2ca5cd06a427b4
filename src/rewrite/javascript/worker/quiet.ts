/** Whether evaluating an expression when a module loads does nothing but make a value: then it can be evaluated elsewhere. */
import ts from 'typescript';
import { disorderOf, functionCalled } from '../callee';
import type { Code } from '../code';
import { isAssignment, isStep, peeled } from '../syntax';

const makers = /^(Map|Set|WeakMap|WeakSet|Date|RegExp|URL|Array|Object|ArrayBuffer|SharedArrayBuffer|DataView|TextEncoder|TextDecoder|Error|\w*Array|Intl)$/;
const namespaces = /^(Math|Object|Array|Number|String|Symbol|JSON|BigInt|Boolean|Buffer|Intl|Date|URL|RegExp|path)$/;

export function isQuiet(expression: ts.Expression | undefined, code: Code): boolean {
  if (!expression) return true;
  const all = (nodes: readonly (ts.Expression | undefined)[]): boolean => nodes.every((it) => isQuiet(it, code));
  const node = peeled(expression);
  if (ts.isAwaitExpression(expression) || isAssignment(node) || isStep(node)) return false;
  if (ts.isLiteralExpression(node) || ts.isIdentifier(node) || ts.isFunctionLike(node) || ts.isOmittedExpression(node)) return true;
  if (isWord(node)) return true;
  if (ts.isTemplateExpression(node)) return all(node.templateSpans.map((it) => it.expression));
  if (ts.isArrayLiteralExpression(node)) return all(node.elements);
  if (ts.isSpreadElement(node) || ts.isPropertyAccessExpression(node) || ts.isTypeOfExpression(node)) return isQuiet(node.expression, code);
  if (ts.isElementAccessExpression(node)) return all([node.expression, node.argumentExpression]);
  if (ts.isPrefixUnaryExpression(node)) return isQuiet(node.operand, code);
  if (ts.isBinaryExpression(node)) return all([node.left, node.right]);
  if (ts.isConditionalExpression(node)) return all([node.condition, node.whenTrue, node.whenFalse]);
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((it) => isQuietProperty(it, code));
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && makers.test(node.expression.text) && all(node.arguments ?? []);
  return ts.isCallExpression(node) && isQuietCall(node, code) && all(node.arguments);
}

const isWord = (node: ts.Node): boolean =>
  [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind) || ts.isMetaProperty(node);

function isQuietProperty(it: ts.ObjectLiteralElementLike, code: Code): boolean {
  if (ts.isPropertyAssignment(it)) return isQuiet(it.initializer, code);
  if (ts.isSpreadAssignment(it)) return isQuiet(it.expression, code);
  return true;
}

function isQuietCall(call: ts.CallExpression, code: Code): boolean {
  const callee = peeled(call.expression);
  const own = functionCalled(call, code);
  if (own) return disorderOf(own, code) === null;
  if (ts.isIdentifier(callee)) return namespaces.test(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const root = peeled(callee.expression);
  if (ts.isIdentifier(root) && namespaces.test(root.text)) return true;
  // Methods of values made on the spot, or of the module's own: `'a b'.split(' ')`, `[1, 2].map(f)`.
  return /^(map|filter|split|join|slice|concat|flat|flatMap|fill|reverse|sort|entries|keys|values|trim|repeat|toLowerCase|toUpperCase|reduce|freeze|at|charCodeAt|padStart)$/.test(callee.name.text) && isQuiet(callee.expression, code);
}
