/** Which inputs expressions can be evaluated while a person still types them. */
import ts from 'typescript';
import { bounded } from './parse';

/** Globals that make values and do nothing else; of `Array`, `Object` and so on only these members. */
const members: Record<string, readonly string[]> = {
  Array: ['from', 'of'],
  Object: ['keys', 'values', 'entries', 'fromEntries'],
  Number: ['MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER', 'EPSILON', 'parseInt', 'parseFloat'],
  String: ['fromCharCode', 'fromCodePoint', 'raw'],
  Math: Object.getOwnPropertyNames(Math),
};
const constants = new Set(['undefined', 'NaN', 'Infinity']);
const callable = new Set(['Array', 'Number', 'String', 'Boolean', 'BigInt']);
const made = new Set(['Array', 'Date', 'Map', 'Set', 'Uint8Array', 'Float64Array', 'Int32Array', 'Float32Array']);
/** Methods of plain values that change nothing outside of what they are called on. */
const methods = new Set(
  ('map filter flatMap flat fill keys values entries slice concat reverse sort join split repeat padStart padEnd trim ' +
    'toString toFixed toUpperCase toLowerCase charCodeAt codePointAt at includes indexOf with toSorted toReversed').split(' '),
);

/**
 * Whether evaluating a checked expression can do nothing but make plain values: it names nothing of the module, calls
 * nothing but a few well-known functions, and assigns nothing. Where unsure: no.
 */
export function isHarmless(expression: string): boolean {
  const source = ts.createSourceFile('inputs.ts', `(\n${expression}\n)`, ts.ScriptTarget.ESNext, true, ts.ScriptKind.TS);
  const [statement] = source.statements;
  if (source.statements.length !== 1 || !statement || !ts.isExpressionStatement(statement)) return false;
  const judged = bounded(() => isSafe(statement.expression, new Set()));
  return judged.ok && judged.value;
}

/** `bound`: parameters of the arrow functions around the node. */
function isSafe(node: ts.Node, bound: ReadonlySet<string>): boolean {
  const all = (...nodes: readonly (ts.Node | undefined)[]): boolean => nodes.every((it) => it === undefined || isSafe(it, bound));
  if (isPlain(node)) return true;
  if (ts.isIdentifier(node)) return bound.has(node.text) || constants.has(node.text) || callable.has(node.text);
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) return all(node.expression);
  if (ts.isArrayLiteralExpression(node)) return all(...node.elements);
  if (ts.isObjectLiteralExpression(node)) return all(...node.properties);
  if (ts.isPropertyAssignment(node)) return !ts.isComputedPropertyName(node.name) && node.name.getText() !== '__proto__' && all(node.initializer);
  if (ts.isShorthandPropertyAssignment(node)) return all(node.name);
  if (ts.isTemplateExpression(node)) return all(...node.templateSpans.map((span) => span.expression));
  if (ts.isConditionalExpression(node)) return all(node.condition, node.whenTrue, node.whenFalse);
  if (ts.isPrefixUnaryExpression(node)) return !isStep(node.operator) && all(node.operand);
  if (ts.isBinaryExpression(node)) return !isAssignment(node.operatorToken.kind) && all(node.left, node.right);
  if (ts.isElementAccessExpression(node)) return all(node.expression, node.argumentExpression);
  if (ts.isPropertyAccessExpression(node)) return isKnownMember(node) || (node.name.text === 'length' && all(node.expression));
  if (ts.isCallExpression(node)) return isSafeCallee(node.expression, bound) && all(...node.arguments);
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && made.has(node.expression.text) && all(...(node.arguments ?? []));
  if (ts.isArrowFunction(node)) return isSafeArrow(node, bound);
  return false;
}

function isPlain(node: ts.Node): boolean {
  return (
    ts.isNumericLiteral(node) ||
    ts.isBigIntLiteral(node) ||
    ts.isStringLiteralLike(node) ||
    ts.isOmittedExpression(node) ||
    [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind)
  );
}

function isSafeCallee(callee: ts.Expression, bound: ReadonlySet<string>): boolean {
  if (ts.isIdentifier(callee)) return callable.has(callee.text) && !bound.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return isKnownMember(callee) || (methods.has(callee.name.text) && isSafe(callee.expression, bound));
}

function isKnownMember({ expression, name }: ts.PropertyAccessExpression): boolean {
  return ts.isIdentifier(expression) && Object.hasOwn(members, expression.text) && members[expression.text]!.includes(name.text);
}

function isSafeArrow({ parameters, body, modifiers }: ts.ArrowFunction, bound: ReadonlySet<string>): boolean {
  if (modifiers || ts.isBlock(body)) return false;
  const names = parameters.map(({ name, initializer }) => (ts.isIdentifier(name) && !initializer ? name.text : null));
  return !names.includes(null) && isSafe(body, new Set([...bound, ...(names as string[])]));
}

const isStep = (operator: ts.PrefixUnaryOperator): boolean =>
  operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
