/** What a piece of code waits for, and whether several of it may wait at once. */
import type { Refusal } from '../../source/found-function';
import type { PyNode } from '../../source/python/tree';
import { awaitedOperand, calledName, dotted, isAsync, receiverOf, readCall, running, type Call } from './code';
import { calleeIn, effectIn, rootOf, selfMethod } from './effects';
import type { PythonFile } from './file';
import { readerOf } from './receivers';
import { firstFor, firstOf, refusal } from './refuse';
import { readsLikeDelay, readsLikeEffect, readsLikeSerial } from './words';

/** Functions that pass on to what their argument is: its name counts, not theirs. */
const wrappers = /^asyncio\.(wait_for|shield|ensure_future|create_task|to_thread)$/;

/** The calls that code waits for: `f(x)` of `await f(x)`, of `await wait_for(f(x), 5)`, of `async with f(x)`. */
export function awaitedCalls(file: PythonFile, nodes: readonly PyNode[]): Call[] {
  const found: Call[] = [];
  for (const node of nodes) {
    for (const it of running(node)) {
      const waits = it.kind === 'AwaitExpression' ? [awaitedOperand(it)] : startsAsync(it) ? it.children.filter((child) => child.kind !== 'Body') : [];
      for (const child of waits) {
        const call = readCall(file.code, child);
        if (call) found.push(call, ...passedOn(file, call));
      }
    }
  }
  return found;
}

const startsAsync = (node: PyNode): boolean =>
  (node.kind === 'WithStatement' || node.kind === 'ForStatement') && node.children[0]?.kind === 'async';

function passedOn(file: PythonFile, call: Call): Call[] {
  if (!wrappers.test(file.qualified(call.callee) ?? '')) return [];
  const inner = call.args[0] && readCall(file.code, call.args[0].value);
  return inner ? [inner] : [];
}

/** Loops that `asyncio` cannot run beside its own. */
export function otherEventLoop(file: PythonFile, line: number): Refusal | null {
  const others = ['trio', 'curio', 'anyio', 'twisted', 'trio_typing', 'gevent', 'eventlet'];
  // A part of such a package imports its neighbours without the package's name.
  const found = file.uses(...others) ?? others.find((it) => file.request.path.split(/[\\/]/).includes(it));
  if (!found) return null;
  return refusal('other-event-loop', `The file uses \`${found}\`, whose functions may not be run by \`asyncio\`'s gather.`, line);
}

export function notAsync(file: PythonFile, fn: PyNode | null, at: PyNode): Refusal | null {
  if (fn && isAsync(fn)) return null;
  return refusal('not-async', 'Only code of an `async def` can wait for several calls at once.', file.code.line(at));
}

/** Why a call may not be under way together with others of its kind. `isOwn`: what belongs to the one call. */
export function checkAwaited(file: PythonFile, call: Call, isOwn: (root: PyNode) => boolean): Refusal | null {
  const { code } = file;
  const line = code.line(call.node);
  const name = calledName(code, call.callee);
  const called = code.of(call.callee);
  return firstOf(
    () => (name === null ? refusal('no-await', `What \`${called}\` calls is not known.`, line) : null),
    () => (name && readsLikeDelay(name) ? refusal('waits-on-purpose', `\`${called}\` at line ${line} waits on purpose.`, line) : null),
    () => oneReceiver(file, call, isOwn),
    () => ownReceiver(file, call, isOwn),
    () => {
      if (!name || wrappers.test(file.qualified(call.callee) ?? '') || !readsLikeEffect(name)) return null;
      return refusal('effect', `\`${called}\` at line ${line} reads as if it changed something: such calls have to keep their order.`, line);
    },
    () => unknownMethod(file, call),
    () => calleeEffect(file, call),
  );
}

/** One connection, session or cursor does one thing at a time, whether it is called or handed over. */
function oneReceiver(file: PythonFile, call: Call, isOwn: (root: PyNode) => boolean): Refusal | null {
  const { code } = file;
  const receiver = receiverOf(call.callee);
  const handed = call.args.map((it) => it.value).filter((it) => !isSharedClient(file, it));
  return firstFor([...(receiver ? [receiver] : []), ...handed], (node) => {
    const path = dotted(code, node);
    const root = rootOf(node);
    if (!path || !root || isOwn(root) || !readsLikeSerial(path.split('.').at(-1)!) || file.isModule(node)) return null;
    const line = code.line(node);
    return refusal('one-receiver', `Every call uses the one \`${path}\` (line ${line}): parallel calls would interleave.`, line);
  });
}

/** `api.get(api.position, x)`: what one call changes in the receiver, the next would read. */
function ownReceiver(file: PythonFile, call: Call, isOwn: (root: PyNode) => boolean): Refusal | null {
  const receiver = receiverOf(call.callee);
  const root = receiver && rootOf(receiver);
  if (!receiver || !root || isOwn(root) || file.isModule(receiver) || selfMethod(file, call.callee) !== null) return null;
  const reader = readerOf(file, receiver, call.args.map((it) => it.value));
  if (!reader) return null;
  const line = file.code.line(reader);
  return refusal('one-receiver', `\`${file.code.of(reader)}\` at line ${line} belongs to \`${file.code.of(receiver)}\`, which an earlier call may change.`, line);
}

/** The sessions of HTTP clients are made to be shared. */
function isSharedClient(file: PythonFile, node: PyNode): boolean {
  const name = dotted(file.code, node);
  return name !== null && /(^|[._])(session|client)$/.test(name) && file.uses('aiohttp', 'httpx') !== null && !file.uses('sqlalchemy', 'sqlmodel');
}

function unknownMethod(file: PythonFile, call: Call): Refusal | null {
  const method = selfMethod(file, call.callee);
  if (method === null || file.methodNamed(call.node, method)) return null;
  const line = file.code.line(call.node);
  return refusal('unknown-method', `\`${file.code.of(call.callee)}\` is not defined in this class, so what it changes is not known (line ${line}).`, line);
}

function calleeEffect(file: PythonFile, call: Call): Refusal | null {
  const callee = calleeIn(file, call.node);
  const effect = callee && effectIn(file, callee);
  if (!effect) return null;
  const line = file.code.line(call.node);
  return refusal(
    'shared-mutation',
    `\`${file.code.of(call.callee)}\` ${effect.what} (line ${effect.line}): calls at the same time would see each other's changes.`,
    line,
  );
}
