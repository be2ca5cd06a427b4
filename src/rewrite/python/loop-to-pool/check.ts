/** Which loops may become a map over a pool of processes. */
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { PyNode } from '../../../source/python/tree';
import { ancestors, bare, isAsync, isFunction, readCall, running, within, type Call } from '../code';
import type { PythonFile } from '../file';
import { checkLoop } from '../loop/checks';
import { readLoop, type Loop } from '../loop/loop';
import { firstFor, firstOf, refusal } from '../refuse';
import { standardModules } from '../standard-modules';
import { checkCallee } from '../worker-function';

export interface PoolLoop extends Loop {
  readonly call: Call;
}

export function check(file: PythonFile, node: PyNode): Result<PoolLoop, Refusal> {
  const read = readLoop(file, node);
  if (!read.ok) return read;
  const loop = read.value;
  const { code } = file;
  const call = readCall(code, bare(loop.element));
  const reason = firstOf(
    () => awaiting(file, loop),
    () => checkLoop(file, loop),
    () => surroundings(file, loop),
    () => {
      const first = loop.statements[0];
      if (!first) return null;
      return refusal('more-than-call', `The loop does more than one call for an item (line ${code.line(first)}). Move that into a function of the module.`, code.line(first));
    },
    () => (call ? null : refusal('no-call', 'The loop does not collect what one function gives for each item.', code.line(loop.element))),
    () => checkCallee(file, call!.callee, standardModules),
    () => checkArguments(file, loop, call!),
  );
  return reason ? err(reason) : ok({ ...loop, call: call! });
}

function awaiting(file: PythonFile, loop: Loop): Refusal | null {
  const found = [...running(loop.node)].find((it) => it.kind === 'AwaitExpression');
  if (!found) return null;
  const line = file.code.line(found);
  return refusal('awaits', `The loop awaits (line ${line}): calls that wait need no processes, but a gather.`, line);
}

function surroundings(file: PythonFile, loop: Loop): Refusal | null {
  const line = file.code.line(loop.node);
  if (loop.fn && isAsync(loop.fn)) {
    return refusal('in-coroutine', 'Waiting for a pool in an `async def` would hold up its event loop. Wrap the function as a CPU task, and await that.', line);
  }
  for (const it of ancestors(loop.node)) {
    if (isFunction(it)) break;
    if (it.kind === 'ForStatement' || it.kind === 'WhileStatement' || it.kind.endsWith('ComprehensionExpression')) {
      return refusal('nested-loop', `The loop at line ${file.code.line(it)} would start a pool in each of its turns.`, file.code.line(it));
    }
  }
  return null;
}

const isConstant = (file: PythonFile, node: PyNode): boolean => /^[\w.\s'"+-]+$/.test(file.code.of(node)) && ![...within(node)].some((it) => it.kind === 'CallExpression');

function checkArguments(file: PythonFile, loop: Loop, call: Call): Refusal | null {
  const { code } = file;
  const line = code.line(call.node);
  const name = code.of(call.callee);
  const usesItem = (node: PyNode): boolean => file.names.in(node).some((it) => loop.targetNames.has(it.name));
  if (call.args.some((it) => it.kind !== '')) {
    return refusal('keywords', `\`${name}\` takes keywords or unpacked arguments, which \`map\` cannot pass. Pass them by position.`, line);
  }
  if (!call.args.some((it) => usesItem(it.value))) {
    return refusal('same-call', `\`${code.of(call.node)}\` is the same for every item: \`map\` needs something that differs.`, line);
  }
  if (loop.filter && code.of(loop.filter).includes('(')) {
    return refusal('conditional-push', 'The condition of the comprehension calls something, and would be asked for all items first.', code.line(loop.filter));
  }
  return firstFor(call.args, ({ value }) => {
    const lambda = [...within(value)].find((it) => it.kind === 'LambdaExpression' || it.kind === 'ComprehensionExpression');
    if (lambda) return refusal('not-picklable', `\`${code.of(lambda)}\` at line ${line} cannot be sent to a worker.`, line);
    const inner = [...within(value)].find((it) => it.kind === 'CallExpression' || it.kind === 'YieldExpression');
    if (inner) return refusal('call-in-argument', `\`${code.of(inner)}\` at line ${line} would be done here, before the work is handed out. Move it into the function.`, line);
    if (usesItem(value) || isConstant(file, value)) return null;
    return refusal('call-in-argument', `\`${code.of(value)}\` at line ${line} is made anew for each item. Put it in a variable before the loop.`, line);
  });
}
