/** Which names of the module a piece of it writes: gives them another value, or changes what they hold. */
import ts from 'typescript';
import { bare } from '../functions';
import { forEachReference, isReference } from '../names';
import { forEachImmediate } from './immediate';
import type { ModuleScope } from './scope';
import { allExports, isExportKey, keyOf, type Key } from './uses';

export interface Write {
  readonly key: Key;
  readonly name: ts.Identifier;
}

/** What is written under `root` when it is evaluated. */
export function immediateWrites(root: ts.Node, scope: ModuleScope): Write[] {
  const writes: Write[] = [];
  forEachImmediate(root, (node) => {
    if (ts.isIdentifier(node) && isReference(node)) add(node, scope, writes);
  });
  return writes;
}

/** What is written anywhere under `root`, whenever that may run. */
export function allWrites(root: ts.Node, scope: ModuleScope): Write[] {
  const writes: Write[] = [];
  forEachReference(root, (name) => add(name, scope, writes));
  return writes;
}

function add(name: ts.Identifier, scope: ModuleScope, writes: Write[]): void {
  const place = outermostPlace(name);
  const how = changeAt(place, name);
  if (how === null && !(name.text === 'exports' || name.text === 'module')) return;
  const known = keyOf(name, scope);
  if (known === null) return;
  const key = known === allExports ? (definedExport(place) ?? known) : known;
  // Whoever is handed the exports as a whole fills them.
  const isWritten = isExportKey(key) ? how !== null || isArgument(place) : how === 'place' || holdsPlainly(key, scope);
  if (isWritten) writes.push({ key, name });
}

/** The longest `name.a[b].get(c)…` that starts with a name: what it leads to is of what the name holds. */
function outermostPlace(name: ts.Identifier): ts.Node {
  let place: ts.Node = name;
  for (;;) {
    const { parent } = place;
    const isStep =
      ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === place) ||
      ts.isParenthesizedExpression(parent) ||
      ts.isNonNullExpression(parent) ||
      ts.isAsExpression(parent) ||
      ts.isSatisfiesExpression(parent) ||
      isLookup(parent, place);
    if (!isStep) return place;
    place = parent;
  }
}

/** `map.get(key)`, `list.at(i)` */
function isLookup(node: ts.Node, callee: ts.Node): boolean {
  return (
    ts.isCallExpression(node) && node.expression === callee && ts.isPropertyAccessExpression(callee) && /^(?:get|at)$/.test(callee.name.text)
  );
}

/** How what stands around a place changes it: by giving it a value, by a method that changes its receiver, or not at all. */
function changeAt(place: ts.Node, name: ts.Identifier): 'place' | 'method' | null {
  const { parent } = place;
  if (isAssignmentTo(place)) return 'place';
  if (!ts.isCallExpression(parent)) return null;
  if (parent.expression === place) {
    const changes = place !== name && ts.isPropertyAccessExpression(place) && changing.has(place.name.text);
    return changes ? 'method' : null;
  }
  return parent.arguments[0] === place && changesArgument(parent.expression) ? 'method' : null;
}

function isAssignmentTo(place: ts.Node): boolean {
  const { parent } = place;
  if (ts.isBinaryExpression(parent) && parent.left === place) return isAssignment(parent.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === place;
  return ts.isDeleteExpression(parent) || isDestructured(place);
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** `[place] = …`, `({ a: place } = …)` */
function isDestructured(place: ts.Node): boolean {
  let pattern = place;
  while (isPatternPart(pattern.parent, pattern)) pattern = pattern.parent;
  if (pattern === place) return false;
  const { parent } = pattern;
  if (ts.isForOfStatement(parent)) return parent.initializer === pattern;
  return ts.isBinaryExpression(parent) && parent.left === pattern && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isPatternPart(node: ts.Node, child: ts.Node): boolean {
  if (ts.isPropertyAssignment(node)) return node.initializer === child;
  // A default: `[place = 1] = …`.
  if (ts.isBinaryExpression(node)) return node.left === child && ts.isArrayLiteralExpression(node.parent);
  return (
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isSpreadElement(node) ||
    ts.isSpreadAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

/** `Object.assign(place, …)` and its like. */
function changesArgument(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'inherits' || callee.text === '__extends';
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return false;
  const { text } = callee.name;
  if (text === 'inherits') return true;
  return (callee.expression.text === 'Object' || callee.expression.text === 'Reflect') && changingFirst.has(text);
}

/** `Object.defineProperty(exports, 'f', …)` */
function definedExport({ parent }: ts.Node): Key | null {
  if (!ts.isCallExpression(parent) || parent.expression.getText() !== 'Object.defineProperty') return null;
  const [, name] = parent.arguments;
  return name && ts.isStringLiteralLike(name) ? `exports.${name.text}` : null;
}

function isArgument(place: ts.Node): boolean {
  return ts.isCallExpression(place.parent) && place.parent.arguments.includes(place as ts.Expression);
}

/** Whether what a name holds was made by a literal, `new` of a builtin, or is a class or function: its methods are known. */
function holdsPlainly(name: string, scope: ModuleScope): boolean {
  return (scope.names.get(name) ?? []).some((it) => {
    if (ts.isFunctionDeclaration(it) || ts.isClassDeclaration(it)) return true;
    if (!ts.isVariableDeclaration(it)) return false;
    return !it.initializer || isPlainlyMade(bare(it.initializer), scope);
  });
}

function isPlainlyMade(value: ts.Expression, scope: ModuleScope): boolean {
  if (ts.isNewExpression(value)) return ts.isIdentifier(value.expression) && !scope.names.has(value.expression.text);
  if (ts.isCallExpression(value)) return /^(?:Object\.(?:create|assign|freeze|fromEntries)|Array(?:\.\w+)?)$/.test(value.expression.getText());
  if (ts.isBinaryExpression(value)) return isPlainlyMade(bare(value.right), scope);
  return (
    ts.isObjectLiteralExpression(value) ||
    ts.isArrayLiteralExpression(value) ||
    ts.isFunctionExpression(value) ||
    ts.isArrowFunction(value) ||
    ts.isClassExpression(value)
  );
}

const changing = new Set(
  'set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '),
);
const changingFirst = new Set('assign defineProperty defineProperties setPrototypeOf freeze seal preventExtensions'.split(' '));
