/** Places of a file where waiting could overlap, or where an async function blocks: found without being asked. */
import ts from 'typescript';
import type { SourceRange } from '../../source/found-function';
import type { RecipeName, RewriteRequest } from '../edit-plan';
import type { Hint } from '../hint';
import { awaitedStatement } from './awaits-to-gather/check';
import { readCode, type Code } from './code';
import { rewriteJavaScript } from './recipes';
import { calleeName, functionAround, isAsyncFunction, isStatementList, walk } from './syntax';

/** Functions of Node that hold up everything else for long. */
const blocking = /^(execSync|execFileSync|spawnSync|pbkdf2Sync|scryptSync|hkdfSync|generateKeyPairSync|(?:readFile|writeFile|appendFile|readdir|copyFile|cp|rm|mkdir|stat|lstat)Sync|(?:gzip|gunzip|deflate|inflate|brotliCompress|brotliDecompress)Sync)$/;

/** More than anybody would read. */
const most = 100;

/** @param request its selection is of no account */
export function findHints(request: RewriteRequest): Hint[] {
  const code = readCode(request);
  if (!code.ok) return [];
  const hints: Hint[] = [];
  walk(code.value.source, (node) => {
    if (hints.length >= most) return false;
    const found = loopHint(node, code.value) ?? blockingHint(node, code.value);
    if (found) hints.push(found);
    else if (isStatementList(node)) hints.push(...rowHints(node, code.value));
    return undefined;
  });
  return hints;
}

const accepts = (recipe: RecipeName, { start, end }: SourceRange, { request }: Code): boolean =>
  rewriteJavaScript(recipe, { ...request, selection: { start, end } }).ok;

function loopHint(node: ts.Node, code: Code): Hint | null {
  if (!ts.isForOfStatement(node) || node.awaitModifier) return null;
  const at = node.getStart(code.source);
  if (!accepts('loop-to-gather', { start: at, end: at }, code)) return null;
  // The head of the loop alone: a whole body of dots says no more.
  const message = 'The calls of this loop wait for each other, and could be under way at once.';
  return { start: at, end: node.expression.end + 1, recipe: 'loop-to-gather', message };
}

function blockingHint(node: ts.Node, code: Code): Hint | null {
  if (!ts.isCallExpression(node) || !blocking.test(calleeName(node))) return null;
  if (!isAsyncFunction(functionAround(node))) return null;
  const message = `\`${calleeName(node)}\` holds up everything else in this process, and the function around it is async.`;
  return { start: node.getStart(code.source), end: node.expression.end, recipe: 'offload-blocking-call', message };
}

function rowHints({ statements }: { readonly statements: ts.NodeArray<ts.Statement> }, code: Code): Hint[] {
  const hints: Hint[] = [];
  let covered = 0;
  for (let n = 0; n + 1 < statements.length; n++) {
    const [first, second] = [statements[n]!, statements[n + 1]!];
    if (first.pos < covered || !awaitedStatement(first) || !awaitedStatement(second)) continue;
    const at = first.getStart(code.source);
    const plan = rewriteJavaScript('awaits-to-gather', { ...code.request, selection: { start: at, end: at } });
    if (!plan.ok) continue;
    const [edit] = plan.value.edits;
    covered = edit!.end;
    hints.push({ start: at, end: first.end, recipe: 'awaits-to-gather', message: 'These calls wait for each other, and could be under way at once.' });
  }
  return hints;
}
