/** Questions about one function's syntax. */
import ts from 'typescript';
import type { FoundFunction } from '../found-function';
import { forEachReference, hasModifier } from './names';

export type FunctionNode = ts.FunctionLikeDeclaration;

/** An expression without the parentheses and type assertions around it. */
export function bare(expression: ts.Expression): ts.Expression {
  let inner = expression;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAssertionExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

export function isFunctionNode(node: ts.Node): node is FunctionNode {
  return (
    isFunctionValue(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isFunctionDeclaration(node)
  );
}

/** A signature without a body whose implementation stands beside it. */
export function isOverload(fn: FunctionNode): boolean {
  if (fn.body) return false;
  const siblings: readonly ts.Node[] = ts.isClassLike(fn.parent)
    ? fn.parent.members
    : ts.isSourceFile(fn.parent) || ts.isBlock(fn.parent)
      ? fn.parent.statements
      : [];
  return siblings.some(
    (it) => isFunctionNode(it) && it.kind === fn.kind && it.body !== undefined && it.name?.getText() === fn.name?.getText(),
  );
}

export function isFunctionValue(node: ts.Node): node is ts.FunctionExpression | ts.ArrowFunction {
  return ts.isFunctionExpression(node) || ts.isArrowFunction(node);
}

export function isAsync(fn: FunctionNode): boolean {
  return hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}

export function isGenerator(fn: FunctionNode): boolean {
  return 'asteriskToken' in fn && fn.asteriskToken !== undefined;
}

/** Whether the function's own `this`, `super` or `new.target` is used: in its parameters, its body, and arrow functions inside. */
export function usesThis(fn: FunctionNode): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    if (found) return;
    if (isOwnContext(node)) found = true;
    else if (ts.isArrowFunction(node) || !bindsThis(node)) ts.forEachChild(node, visit);
  };
  for (const parameter of fn.parameters) visit(parameter);
  if (fn.body) visit(fn.body);
  return found;
}

function isOwnContext(node: ts.Node): boolean {
  return (
    node.kind === ts.SyntaxKind.ThisKeyword ||
    node.kind === ts.SyntaxKind.SuperKeyword ||
    (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword)
  );
}

function bindsThis(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleBlock(node);
}

export function describeParameters(fn: FunctionNode, source: ts.SourceFile): FoundFunction['parameters'] {
  const real = fn.parameters.filter((parameter) => !isThisParameter(parameter));
  const optional = real.findIndex((it) => it.questionToken ?? it.initializer ?? it.dotDotDotToken);
  const rest = real.some((it) => it.dotDotDotToken) || readsArguments(fn);
  return {
    names: real.map((it) => (it.dotDotDotToken ? '...' : '') + oneLine(it.name.getText(source))),
    least: optional < 0 ? real.length : optional,
    most: rest ? Infinity : real.length,
  };
}

function isThisParameter(parameter: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && parameter.name.text === 'this';
}

/** `arguments` takes whatever is given, like a rest parameter. */
function readsArguments(fn: FunctionNode): boolean {
  if (ts.isArrowFunction(fn) || !fn.body || !fn.body.getText().includes('arguments')) return false;
  let found = false;
  forEachReference(fn.body, (name) => {
    if (name.text === 'arguments' && nearestOwner(name) === fn) found = true;
  });
  return found;
}

/** The function whose `arguments` and `this` are meant at `node`. */
function nearestOwner(node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(node, (it) => ts.isFunctionLike(it) && !ts.isArrowFunction(it));
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
