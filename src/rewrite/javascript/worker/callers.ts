/** The calls of a function that becomes async: those that can await, and those that a person has to look after. */
import ts from 'typescript';
import type { EditPlan, TextEdit } from '../../edit-plan';
import { nameOf } from '../callee';
import type { Code } from '../code';
import { formatOf } from '../format';
import { shown } from '../refuse';
import { functionAround, isAsyncFunction } from '../syntax';
import { lineOf } from '../../../source/javascript/parse';
import type { Task } from './task';

export interface Callers {
  readonly edits: readonly TextEdit[];
  readonly leftToDo: EditPlan['leftToDo'];
}

/** @param moved statements that move with the function, where calls stay as they are */
export function awaitCallers(task: Task, moved: readonly ts.Statement[], code: Code): Callers {
  const { source, scopes } = code;
  const edits: TextEdit[] = [];
  const leftToDo: { line: number; message: string }[] = [];
  const isIn = (use: ts.Node, node: ts.Node): boolean => use.pos >= node.pos && use.end <= node.end;
  for (const use of scopes.usesOf(task.symbol)) {
    if (moved.some((it) => isIn(use, it)) || isExported(use) || ts.isTypeQueryNode(use.parent)) continue;
    const call = use.parent;
    const line = lineOf(source, use.getStart(source));
    if (!ts.isCallExpression(call) || call.expression !== use) {
      leftToDo.push({ line, message: `\`${task.name}\` is handed over as a value: whoever calls it now gets a promise.` });
      continue;
    }
    if (ts.isAwaitExpression(call.parent)) continue;
    const reason = whyNot(call, task, code);
    if (reason) leftToDo.push({ line, message: reason });
    else edits.push(...awaited(call, source));
  }
  return { edits, leftToDo };
}

/** In an export list or what CommonJS exports, a name is no use. */
function isExported(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isExportSpecifier(parent) || ts.isExportAssignment(parent)) return true;
  const assignment = ts.findAncestor(parent, ts.isBinaryExpression);
  return assignment !== undefined && /^(module\.)?exports\b/.test(assignment.left.getText()) && (parent === assignment || ts.isObjectLiteralElement(parent));
}

function whyNot(call: ts.CallExpression, task: Task, code: Code): string | null {
  const { source } = code;
  const around = functionAround(call);
  const promise = `\`${task.name}\` now gives a promise`;
  if (ts.isOptionalChain(call.parent)) return `${promise}: await it in \`${shown(call.parent, source)}\`.`;
  if (!around) {
    const canAwait = formatOf(code) === 'esm' && (!code.typescript || /^(es20(22|2[3-9])|esnext|node16|node18|node20|nodenext|preserve)$/i.test(code.request.project.compiler?.module ?? 'esnext'));
    if (!canAwait) return `${promise}, and the top level of this module cannot await it.`;
    return call.pos > task.statement.end ? null : `${promise}, and its pool is declared below this call: move the call down and await it.`;
  }
  if (!isAsyncFunction(around)) return `${promise}, and \`${nameOf(around) ?? 'the function'}\`, which calls it, is not async: make it async, await the call, and then await its own callers.`;
  const inDefault = ts.findAncestor(call, (it) => it === around || ts.isParameter(it));
  if (inDefault && ts.isParameter(inDefault)) return `${promise}, and a parameter's default cannot await it.`;
  const race = racedAssignment(call, around);
  return race ? `${promise}, and \`${shown(race, source)}\` reads before the call what it writes after it: keep the result in a \`const\` first, and await that.` : null;
}

/** `total += f(x)`: `total` is read before the wait, and others may change it meanwhile. */
export function racedAssignment(call: ts.Node, around: ts.Node): ts.BinaryExpression | undefined {
  return ts.findAncestor(call, (it): it is ts.BinaryExpression => {
    if (it === around) return false;
    return (
      ts.isBinaryExpression(it) &&
      it.operatorToken.kind > ts.SyntaxKind.EqualsToken &&
      it.operatorToken.kind <= ts.SyntaxKind.LastCompoundAssignment &&
      call.pos >= it.right.pos
    );
  });
}

/** `await` before a call, with parentheses where what follows would take it apart. */
export function awaited(call: ts.Expression, source: ts.SourceFile): TextEdit[] {
  const { parent } = call;
  const start = call.getStart(source);
  const needs =
    (ts.isPropertyAccessExpression(parent) && parent.expression === call) ||
    (ts.isElementAccessExpression(parent) && parent.expression === call) ||
    (ts.isCallExpression(parent) && parent.expression === call) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === call) ||
    (ts.isNonNullExpression(parent)) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken && parent.left === call);
  return [
    { start, end: start, newText: needs ? '(await ' : 'await ' },
    ...(needs ? [{ start: call.end, end: call.end, newText: ')' }] : []),
  ];
}
