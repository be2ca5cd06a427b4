/** What runs when a piece of a module is evaluated, and what only runs when somebody calls it. */
import ts from 'typescript';
import { hasModifier, isTypeOnly } from '../names';

/** Calls `see` with every node under `root` that is evaluated together with it, `root` included. */
export function forEachImmediate(root: ts.Node, see: (node: ts.Node) => void): void {
  const visit = (node: ts.Node): void => {
    if (isTypeOnly(node)) return;
    see(node);
    for (const it of evaluatedOf(node)) visit(it);
  };
  visit(root);
}

function evaluatedOf(node: ts.Node): ts.Node[] {
  if (ts.isFunctionLike(node) && !ts.isClassStaticBlockDeclaration(node)) return runsAtOnce(node) ? childrenOf(node) : aroundFunction(node);
  if (ts.isPropertyDeclaration(node) && !hasModifier(node, ts.SyntaxKind.StaticKeyword)) return aroundFunction(node);
  return childrenOf(node);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (it) => void children.push(it));
  return children;
}

/** Decorators and computed names belong to the class around. */
function aroundFunction(node: ts.Node): ts.Node[] {
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  const name = (node as ts.NamedDeclaration).name;
  return name && ts.isComputedPropertyName(name) ? [...decorators, name] : [...decorators];
}

/** A function that is called where it is written, or by what it is handed to before that returns. */
export function runsAtOnce(fn: ts.Node): boolean {
  if (!ts.isFunctionExpression(fn) && !ts.isArrowFunction(fn)) return false;
  let value: ts.Node = fn;
  while (ts.isParenthesizedExpression(value.parent) || ts.isAsExpression(value.parent) || ts.isSatisfiesExpression(value.parent))
    value = value.parent;
  const { parent } = value;
  if (ts.isNewExpression(parent)) return parent.expression === value || isNamed(parent.expression, 'Promise');
  if (ts.isCallExpression(parent)) return parent.expression === value || callsBackAtOnce(parent.expression);
  // `function () { … }.call(this)`
  return (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === value &&
    /^(?:call|apply)$/.test(parent.name.text) &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

function callsBackAtOnce(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return synchronous.has(callee.name.text) || (callee.name.text === 'from' && isNamed(callee.expression, 'Array'));
}

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

const synchronous = new Set(
  'forEach map filter flatMap reduce reduceRight some every find findIndex findLast findLastIndex sort toSorted replace replaceAll'.split(' '),
);
