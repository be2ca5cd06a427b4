/** The call that a selection means. */
import ts from 'typescript';
import type { Code } from '../code';
import { ancestors, selected } from '../meant';
import { isBoundary, walk } from '../syntax';

/** Calls around the selection, innermost first, and then those in its statement; where something is selected, those in it. */
export function findCalls(code: Code): ts.CallExpression[] {
  const { source } = code;
  const at = selected(code);
  const around = ancestors(source, at);
  const boundary = around.findIndex(isBoundary);
  const own = around.slice(0, boundary < 0 ? undefined : boundary);
  const calls = own.filter(ts.isCallExpression);
  const holder = at.start === at.end ? own.find((it) => ts.isStatement(it) && !ts.isBlock(it)) : undefined;
  if (calls.length > 0 && at.start !== at.end) return calls;
  walk(holder ?? source, (node) => {
    const isMeant = holder !== undefined || (at.start <= node.getStart(source) && node.end <= at.end);
    if (ts.isCallExpression(node) && isMeant && !calls.includes(node)) calls.push(node);
    return holder && node !== holder && isBoundary(node) ? false : undefined;
  });
  return calls;
}
