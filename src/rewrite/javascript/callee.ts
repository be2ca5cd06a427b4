/** What functions of the same file do when they are called: whether the order of two calls can matter. */
import ts from 'typescript';
import type { Code } from './code';
import { effectOf, isPrint } from './effects';
import { isFunctionWithBody, peeled, walk, type FunctionWithBody } from './syntax';
import { outerWrites } from './writes';

/** Why calls of a function may not change places. */
export interface Disorder {
  /** A clause: "`count` changes `total`". */
  readonly what: string;
  readonly at: ts.Node;
}

/** How deep calls are followed. */
const deepest = 6;

/** The function of this file that a call runs, where its name leads to exactly one. */
export function functionCalled(call: ts.CallExpression | ts.NewExpression, { scopes }: Code): FunctionWithBody | undefined {
  const callee = peeled(call.expression);
  if (isFunctionWithBody(callee)) return callee;
  if (ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword) return methodOf(callee);
  if (!ts.isIdentifier(callee)) return undefined;
  const symbol = scopes.symbolOf(callee);
  return symbol && functionOf(symbol);
}

/** The function that a name stands for, if it never stands for another. */
export function functionOf(symbol: ts.Symbol): FunctionWithBody | undefined {
  const bodies = (symbol.declarations ?? []).flatMap((it): FunctionWithBody[] => {
    if (isFunctionWithBody(it)) return [it];
    if (!ts.isVariableDeclaration(it) || !it.initializer || !(it.parent.flags & ts.NodeFlags.Const)) return [];
    const value = peeled(it.initializer);
    return isFunctionWithBody(value) ? [value] : [];
  });
  return bodies.length === 1 ? bodies[0] : undefined;
}

function methodOf({ name, expression }: ts.PropertyAccessExpression): FunctionWithBody | undefined {
  const holder = ts.findAncestor(expression, ts.isClassLike);
  const member = holder?.members.find((it) => it.name?.getText() === name.text);
  if (member && ts.isPropertyDeclaration(member) && member.initializer) {
    const value = peeled(member.initializer);
    return isFunctionWithBody(value) ? value : undefined;
  }
  return member && isFunctionWithBody(member) ? member : undefined;
}

/**
 * The first thing in a function's body, and in the functions of this file that it calls, for which the order of its calls
 * matters: it changes something outside of itself, prints, or calls something that reads like an effect.
 */
export function disorderOf(fn: FunctionWithBody, code: Code, seen = new Set<ts.Node>()): Disorder | null {
  if (seen.has(fn) || seen.size > deepest) return null;
  seen.add(fn);
  const { scopes } = code;
  const name = nameOf(fn) ?? 'the function';
  const [write] = outerWrites(fn, scopes);
  if (write) return { what: `\`${name}\` changes \`${write.name}\``, at: write.at };
  let found: Disorder | null = null;
  walk(fn.body, (node) => {
    if (found) return false;
    if (!ts.isCallExpression(node)) return undefined;
    const inner = functionCalled(node, code);
    if (inner) found = disorderOf(inner, code, seen);
    else if (!isPrint(node)) {
      const effect = effectOf(node);
      if (effect) found = { what: `\`${name}\` calls \`${effect}\`, which reads like an effect`, at: node };
    }
    return undefined;
  });
  return found;
}

export function nameOf(fn: ts.SignatureDeclaration): string | undefined {
  if (fn.name && ts.isIdentifier(fn.name)) return fn.name.text;
  if (ts.isVariableDeclaration(fn.parent) && ts.isIdentifier(fn.parent.name)) return fn.parent.name.text;
  return fn.name?.getText();
}
