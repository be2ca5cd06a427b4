/** Which calls in async code may go to a thread, to a process, or to the event loop's own sleep. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { checkAwaitPlace } from '../await-place';
import { otherEventLoop } from '../awaiting';
import { functionAround, isAsync, isGenerator, isInside, nameOf, readCall, running, within, type Call } from '../code';
import { calleeIn, effectIn } from '../effects';
import type { PythonFile } from '../file';
import { brokenCode } from '../broken';
import { functionAt } from '../loop/loop';
import { firstOf, refusal } from '../refuse';
import { checkWorkerFunction } from '../worker-function';
import { blockingKind, blockingWithin } from './blocking';

export interface Offload {
  readonly call: Call;
  readonly way: 'sleep' | 'thread' | 'process';
}

/** Calls that the selection may mean: those that hold the cursor from the inside out, those of its lines, those of its function. */
export function callsAt(file: PythonFile): PyNode[] {
  const { code } = file;
  const { start, end } = file.request.selection;
  const all = [...within(code.root)].filter((it) => it.kind === 'CallExpression');
  const around = all.filter((it) => it.start <= start && end <= it.end).reverse();
  const lines = { start: code.lineStart(start), end: code.lineEnd(end) };
  const onLines = all.filter((it) => isInside(it, lines) || (it.start >= lines.start && it.start < lines.end));
  const known = (calls: readonly PyNode[]) => calls.filter((it) => blockingKind(file, readCall(code, it)!));
  const fn = functionAt(file, start, end);
  const inFunction = fn ? known(all.filter((it) => isInside(it, fn))) : [];
  const onHead = fn && start <= (fn.children.find((it) => it.kind === 'Body')?.start ?? fn.end);
  const near = [...known(around), ...known(onLines), ...around, ...onLines];
  return [...new Set(onHead ? [...inFunction, ...near] : near.length > 0 ? near : inFunction)];
}

export function check(file: PythonFile, node: PyNode): Result<Offload, Refusal> {
  const call = readCall(file.code, node)!;
  const way = wayFor(file, call);
  if (!way.ok) return way;
  const reason = firstOf(
    () => brokenCode(file, node),
    () => checkAwaitPlace(file, node),
    () => otherEventLoop(file, file.code.line(node)),
    () => notSendable(file, call, way.value),
    () => (way.value === 'sleep' ? meantToBlock(file, call) : null),
  );
  return reason ? err(reason) : ok({ call, way: way.value });
}

function wayFor(file: PythonFile, call: Call): Result<Offload['way'], Refusal> {
  const line = file.code.line(call.node);
  const text = file.code.of(call.callee).split(/[\r\n]/)[0]!;
  const kind = blockingKind(file, call);
  if (kind) return ok(kind === 'sleep' ? 'sleep' : 'thread');
  if (call.node.parent?.kind === 'AwaitExpression') return err(refusal('not-blocking', `\`${text}\` at line ${line} is awaited already.`, line));
  const callee = calleeIn(file, call.node);
  if (!callee) return err(refusal('not-blocking', `Whether \`${text}\` at line ${line} blocks is not known.`, line));
  if (isAsync(callee)) return err(refusal('not-blocking', `\`${text}\` at line ${line} is \`async\`: it does not block.`, line));
  if (!blockingWithin(file, callee)) {
    const reason = checkWorkerFunction(file, callee);
    return reason ? err(reason) : ok('process');
  }
  const effect = effectIn(file, callee);
  if (!effect) return ok('thread');
  const message = `\`${nameOf(file.code, callee)}\` ${effect.what} (line ${effect.line}), which other code may do while a thread runs it.`;
  return err(refusal('shared-mutation', message, effect.line));
}

/** Whoever uses both kinds of sleep side by side knows the difference. */
function meantToBlock(file: PythonFile, { node, callee }: Call): Refusal | null {
  const { code } = file;
  const fn = functionAround(node);
  const other = fn && [...running(fn)].find((it) => it.kind === 'CallExpression' && file.qualified(it.children[0]!) === 'asyncio.sleep');
  const name = code.of(callee);
  if (!other && !/sync|block|real/i.test(name)) return null;
  const line = code.line(other ?? node);
  const why = other ? `line ${line} uses \`asyncio.sleep\`` : 'its name says so';
  return refusal('waits-on-purpose', `\`${name}\` seems to hold up the event loop on purpose: ${why}.`, line);
}

/** Functions made on the spot cannot be copied to another process. */
function notSendable(file: PythonFile, call: Call, way: Offload['way']): Refusal | null {
  const odd = way === 'process' && [...within(call.node)].find((it) => it.kind === 'LambdaExpression' || isGenerator(it));
  if (!odd) return null;
  const line = file.code.line(odd);
  return refusal('not-picklable', `\`${file.code.of(odd).split(/[\r\n]/)[0]}\` at line ${line} cannot be sent to a worker.`, line);
}
