/** Who is called: from a call to the function of the module that it means. */
import ts from 'typescript';
import { bare, isFunctionValue, type FunctionNode } from '../functions';
import type { ModuleScope } from './scope';

export type Call = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

export const isCall = (node: ts.Node): node is Call =>
  ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);

export const calleeOf = (call: Call): ts.Expression => bare(ts.isTaggedTemplateExpression(call) ? call.tag : call.expression);

/** The function of the module that a name stands for. */
export function functionNamed(name: string, scope: ModuleScope): FunctionNode | null {
  for (const it of scope.names.get(name) ?? []) {
    if (ts.isFunctionDeclaration(it)) return it;
    const value = ts.isVariableDeclaration(it) && it.initializer ? bare(it.initializer) : null;
    if (value && isFunctionValue(value)) return value;
  }
  return null;
}

/** The functions of the module that are called by name under `root`, and those that they call, each once. */
export function calledFunctions(calls: readonly Call[], scope: ModuleScope): FunctionNode[] {
  const found = new Set<FunctionNode>();
  const waiting = [...calls];
  for (let call = waiting.pop(); call; call = waiting.pop()) {
    const callee = calleeOf(call);
    const name = ts.isIdentifier(callee) ? scope.moduleName(callee) : null;
    const fn = name === null ? null : functionNamed(name, scope);
    if (!fn || found.has(fn)) continue;
    found.add(fn);
    if (fn.body) waiting.push(...callsUnder(fn.body));
  }
  return [...found];
}

export function callsUnder(root: ts.Node): Call[] {
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (isCall(node)) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return calls;
}
