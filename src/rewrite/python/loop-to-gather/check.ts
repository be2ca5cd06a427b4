/** Which loops of awaits may become a gather. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { awaitedCalls, checkAwaited, notAsync, otherEventLoop } from '../awaiting';
import { awaitedCall, awaitedOperand, readCall, running, within } from '../code';
import type { PythonFile } from '../file';
import { assignedNames, checkLoop } from '../loop/checks';
import { readLoop, type Loop } from '../loop/loop';
import { firstFor, firstOf, refusal } from '../refuse';

export interface GatherableLoop extends Loop {
  readonly fn: PyNode;
  /** The call whose awaitable is collected as it is; absent where more than that happens in a turn. */
  readonly only?: PyNode;
  /** The first call that is waited for: it gives new functions their name. */
  readonly named: PyNode;
}

export function check(file: PythonFile, node: PyNode): Result<GatherableLoop, Refusal> {
  const isAwaiting = [...running(node)].some((it) => it.kind === 'AwaitExpression');
  const line = file.code.line(node);
  if (!isAwaiting) return err(refusal('no-await', 'Nothing is awaited in the loop.', line));
  const loop = readLoop(file, node);
  if (!loop.ok) return loop;
  const found = loop.value;
  const waits = [...found.statements, found.element];
  const calls = awaitedCalls(file, waits);
  const reason = firstOf(
    () => notAsync(file, found.fn, node),
    () => otherEventLoop(file, line),
    () => checkLoop(file, found),
    () => heldLock(file, waits),
    () => indirect(file, waits),
    () => (calls.length === 0 ? refusal('no-await', 'No call is awaited for each item.', line) : null),
    () => headAwaits(file, found),
    () => sameCall(file, found, calls.map((it) => it.node)),
    () => firstFor(calls, (call) => checkAwaited(file, call, (root) => isOfTurn(file, found, root))),
  );
  if (reason) return err(reason);
  const only = found.statements.length === 0 ? onlyCall(file, found) : undefined;
  return ok({ ...found, fn: found.fn!, ...(only && { only }), named: calls[0]!.node });
}

/** Whether a variable is made anew for each item. */
function isOfTurn(file: PythonFile, loop: Loop, root: PyNode): boolean {
  const name = file.code.of(root);
  return loop.targetNames.has(name) || assignedNames(file, loop).has(name);
}

function onlyCall(file: PythonFile, loop: Loop): PyNode | undefined {
  const call = awaitedCall(file.code, loop.element);
  if (!call) return undefined;
  const isPlain = ![...within(call.node)].some((it) => /^(AwaitExpression|LambdaExpression|ComprehensionExpression)$/.test(it.kind));
  return isPlain ? call.node : undefined;
}

/** `await task` starts nothing: what it waits for runs already. */
function indirect(file: PythonFile, nodes: readonly PyNode[]): Refusal | null {
  const all = nodes.flatMap((it) => [...within(it)]);
  return firstFor(all, (it) => {
    if (it.kind !== 'AwaitExpression' || readCall(file.code, awaitedOperand(it))) return null;
    const line = file.code.line(it);
    return refusal('no-direct-await', `\`${file.code.of(it)}\` at line ${line} awaits no call: what it waits for was started elsewhere.`, line);
  });
}

function heldLock(file: PythonFile, nodes: readonly PyNode[]): Refusal | null {
  const all = nodes.flatMap((it) => [...running(it)]);
  return firstFor(all, (it) => {
    if (it.kind !== 'WithStatement') return null;
    const heads = it.children.filter((child) => child.kind !== 'Body');
    const lock = heads.find((head) => /lock|mutex|semaphore|\bsem\b|condition|transaction|limiter/i.test(file.code.of(head)));
    if (!lock) return null;
    const line = file.code.line(it);
    return refusal('holds-lock', `\`with ${file.code.of(lock)}\` at line ${line} lets one turn run at a time.`, line);
  });
}

function headAwaits(file: PythonFile, loop: Loop): Refusal | null {
  const inFilter = loop.filter && file.code.of(loop.filter);
  if (inFilter && /\bawait\b|\(/.test(inFilter)) {
    return refusal('conditional-push', 'The condition of the comprehension calls something, and would be asked for all items first.', file.code.line(loop.filter!));
  }
  const odd = loop.iterables.flatMap((it) => [...within(it)]).find((it) => it.kind === 'YieldExpression');
  return odd ? refusal('yield', 'The source of the loop hands control to the caller.', file.code.line(odd)) : null;
}

/** `await queue.get()` for each of n turns takes the next of something: which turn gets which must not change. */
function sameCall(file: PythonFile, loop: Loop, calls: readonly PyNode[]): Refusal | null {
  const differs = calls.some((call) => [...within(call)].some((it) => it.kind === 'VariableName' && isOfTurn(file, loop, it)));
  if (differs) return null;
  const line = file.code.line(calls[0]!);
  return refusal('same-call', `\`${file.code.of(calls[0]!)}\` at line ${line} is the same for every item: it seems to take the next of something.`, line);
}

