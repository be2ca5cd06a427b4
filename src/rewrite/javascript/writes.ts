/** What a piece of code changes outside of itself, as far as its text tells: assignments, changed objects, methods that change. */
import ts from 'typescript';
import type { Scopes } from './scopes';
import { calleeName, isAssignment, isStep, peeled, walk } from './syntax';

export interface Write {
  /** `assigned`: the name gets another value. `changed`: what it stands for is changed. */
  readonly kind: 'assigned' | 'changed';
  /** The name that the way to it starts from; `null` for `this`. */
  readonly symbol: ts.Symbol | null;
  /** As the code has it: `total`, `this`. */
  readonly name: string;
  readonly at: ts.Node;
  /** Of a method that changes: the call. */
  readonly call?: ts.CallExpression;
}

/** Methods that change what they are called on. */
const changing = new Set(
  ('set add delete clear push pop shift unshift splice sort reverse fill copyWithin append prepend insert remove enqueue dequeue ' +
    'write end emit increment decrement incr decr').split(' '),
);

/** A call such as `list.push(x)`: what it changes is told by {@link outerWrites}. */
export function isChange(call: ts.CallExpression): boolean {
  const callee = peeled(call.expression);
  return ts.isPropertyAccessExpression(callee) && changing.has(callee.name.text) && !ts.isAwaitExpression(call.parent);
}

/** Methods that hand out a part of what they are called on, and not something new. */
const handingOut = new Set('get find findLast at first last peek item'.split(' '));

/** Every change that `root` makes to what is declared outside of it; functions inside `root` count as run. */
export function outerWrites(root: ts.Node, scopes: Scopes): Write[] {
  const writes: Write[] = [];
  const add = (kind: Write['kind'], target: ts.Expression, at: ts.Node, call?: ts.CallExpression): void => {
    const origin = originOf(target, root, scopes);
    if (!origin) return;
    const isName = ts.isIdentifier(peeled(target));
    // `let part = whole; part = other`: `root`'s own name gets another value, and nothing else happens.
    if (kind === 'assigned' && isName && !origin.direct) return;
    writes.push({ kind: kind === 'assigned' && isName ? 'assigned' : 'changed', symbol: origin.symbol, name: origin.name, at, ...(call && { call }) });
  };
  walk(root, (node) => {
    if (isAssignment(node)) for (const target of targetsOf(node.left)) add('assigned', target, node);
    else if (isStep(node)) add('assigned', node.operand, node);
    else if (ts.isDeleteExpression(node)) add('changed', node.expression, node);
    else if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && ts.isExpression(node.initializer)) {
      for (const target of targetsOf(node.initializer)) add('assigned', target, node.initializer);
    } else if (ts.isCallExpression(node)) {
      const callee = peeled(node.expression);
      if (ts.isPropertyAccessExpression(callee) && changing.has(callee.name.text)) add('changed', callee.expression, node, node);
      const [first] = node.arguments;
      if (first && isObjectAssign(node)) add('changed', first, node);
    }
  });
  return writes;
}

/** What is assigned to: a name, a member, or all of them in a pattern. */
function targetsOf(left: ts.Expression): ts.Expression[] {
  const target = peeled(left);
  if (ts.isArrayLiteralExpression(target)) return target.elements.flatMap((it) => targetsOf(ts.isSpreadElement(it) ? it.expression : it));
  if (ts.isObjectLiteralExpression(target)) {
    return target.properties.flatMap((it) => {
      if (ts.isPropertyAssignment(it)) return targetsOf(it.initializer);
      if (ts.isSpreadAssignment(it)) return targetsOf(it.expression);
      return ts.isShorthandPropertyAssignment(it) ? [it.name] : [];
    });
  }
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken) return targetsOf(target.left);
  return [target];
}

const isObjectAssign = (call: ts.CallExpression): boolean =>
  ['assign', 'defineProperty', 'defineProperties', 'setPrototypeOf'].includes(calleeName(call)) &&
  ts.isPropertyAccessExpression(call.expression) &&
  /^(Object|Reflect)$/.test(call.expression.expression.getText());

interface Origin {
  readonly symbol: ts.Symbol | null;
  readonly name: string;
  /** Not by way of another name. */
  readonly direct: boolean;
}

/**
 * The name outside of `root` whose value an expression is a part of; `undefined` where it is one of `root`'s own. A name of
 * `root` that was given a part of something outside stands for that: `const list = groups[key]`.
 */
export function originOf(expression: ts.Expression, root: ts.Node, scopes: Scopes, seen = new Set<ts.Symbol>()): Origin | undefined {
  let inner = peeled(expression);
  for (;;) {
    if (ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner)) inner = peeled(inner.expression);
    else if (ts.isCallExpression(inner) && handingOut.has(calleeName(inner)) && ts.isPropertyAccessExpression(peeled(inner.expression))) {
      inner = peeled((peeled(inner.expression) as ts.PropertyAccessExpression).expression);
    } else if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) inner = peeled(inner.left);
    else if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === ts.SyntaxKind.BarBarToken) inner = peeled(inner.left);
    else break;
  }
  if (inner.kind === ts.SyntaxKind.ThisKeyword || inner.kind === ts.SyntaxKind.SuperKeyword) return { symbol: null, name: 'this', direct: true };
  if (!ts.isIdentifier(inner)) return undefined;
  const symbol = scopes.symbolOf(inner);
  // A global, such as `process` or `document`.
  if (!symbol) return { symbol: null, name: inner.text, direct: true };
  if (!scopes.isDeclaredIn(symbol, root)) return { symbol, name: inner.text, direct: true };
  if (seen.has(symbol)) return undefined;
  seen.add(symbol);
  const [declaration] = symbol.declarations ?? [];
  const initializer = declaration && ts.isVariableDeclaration(declaration) && ts.isIdentifier(declaration.name) ? declaration.initializer : undefined;
  const through = initializer && isPartOf(initializer) ? originOf(initializer, root, scopes, seen) : undefined;
  return through && { ...through, direct: false };
}

/** Whether a value can be the very thing that its expression names, and not something new. */
function isPartOf(initializer: ts.Expression): boolean {
  const value = peeled(initializer);
  return (
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    ts.isElementAccessExpression(value) ||
    value.kind === ts.SyntaxKind.ThisKeyword ||
    (ts.isCallExpression(value) && handingOut.has(calleeName(value))) ||
    ts.isBinaryExpression(value)
  );
}
