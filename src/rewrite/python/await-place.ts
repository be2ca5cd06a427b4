/** Where an `await` may stand. */
import type { Refusal } from '../../source/found-function';
import type { PyNode } from '../../source/python/tree';
import { ancestors, isAsync, isComprehension, isFunction, isGenerator, isInside, nameOf, readCall, within } from './code';
import type { PythonFile } from './file';
import { refusal } from './refuse';

/** Why a call cannot be awaited where it stands; `null` where it can. */
export function checkAwaitPlace(file: PythonFile, node: PyNode): Refusal | null {
  const { code } = file;
  let comprehensions = 0;
  let inside = node;
  for (const it of ancestors(node)) {
    const line = code.line(it);
    if (it.kind === 'LambdaExpression') return refusal('no-await-here', `The call is in the lambda at line ${line}, which cannot await.`, line);
    if (isGenerator(it)) {
      return refusal('no-await-here', `The call is in the generator expression at line ${line}, which an \`await\` would make asynchronous.`, line);
    }
    if (isComprehension(it) && ++comprehensions > 1 && !isAtLeast(file, 3, 11)) {
      return refusal('no-await-here', 'Before Python 3.11 an `await` cannot stand in a comprehension within a comprehension.', line);
    }
    if (it.kind === 'ParamList' || it.kind === 'Decorator' || it.kind === 'ClassDefinition') {
      return refusal('no-await-here', `The call at line ${code.line(node)} runs while a function or class is defined.`, line);
    }
    if (it.kind === 'WithStatement' && inside.kind === 'Body' && it.children[0]!.kind !== 'async' && !it.children.every((head) => head.kind === 'Body' || isHarmless(file, head))) {
      const head = it.children.find((child) => child.kind !== 'with')!;
      return refusal('holds-lock', `\`with ${code.of(head)}\` at line ${line} would be held while others run.`, line);
    }
    if (isFunction(it)) {
      if (isAsync(it)) return null;
      const outer = [...ancestors(it)].some((other) => isFunction(other) && isAsync(other));
      const why = outer ? 'is a plain function inside of an async one' : 'is not `async`';
      return refusal('not-async', `\`${nameOf(code, it)}\` (line ${line}) ${why}, so it cannot await.`, line);
    }
    inside = it;
  }
  return refusal('not-async', `Line ${code.line(node)} is not in an \`async def\`, so it cannot await.`, code.line(node));
}

export function isAtLeast(file: PythonFile, major: number, minor: number): boolean {
  const [ownMajor, ownMinor] = file.request.project.python ?? [3, 9];
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** Context managers that nobody else waits for, and that change nothing for code outside of them. */
const harmless = /^(builtins\.open|io\.\w+|contextlib\.(suppress|closing|nullcontext)|tempfile\.\w+|zipfile\.\w+|tarfile\.\w+|(gzip|bz2|lzma|wave|codecs|shelve|dbm)\.open|urllib\.request\.urlopen|socket\.\w+|requests\.\w+|concurrent\.futures\.\w+|os\.scandir|subprocess\.Popen)$/;

function isHarmless(file: PythonFile, head: PyNode): boolean {
  if (head.kind === 'with' || head.kind === 'as' || head.kind === ',') return true;
  const before = head.parent!.children[head.parent!.children.indexOf(head) - 1];
  if (before?.kind === 'as') return true;
  const calls = [...within(head)].flatMap((it) => readCall(file.code, it) ?? []);
  const outermost = calls.find((it) => isInside(head, it.node));
  return outermost !== undefined && harmless.test(file.qualified(outermost.callee) ?? '');
}

/** Whether `await …` in the place of a node needs parentheses. */
export function needsParentheses(node: PyNode): boolean {
  const holder = node.parent;
  if (!holder) return false;
  const isFirst = holder.children[0] === node;
  return (
    holder.kind === 'AwaitExpression' ||
    ((holder.kind === 'MemberExpression' || holder.kind === 'CallExpression') && isFirst)
  );
}
