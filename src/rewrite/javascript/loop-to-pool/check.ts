/** Whether a function that a loop or a `map` calls for each item can be called in a pool. */
import ts from 'typescript';
import { err, ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import { disorderOf, functionCalled, functionOf } from '../callee';
import { refuseCalls } from '../calls';
import type { Code } from '../code';
import { checkLoop, type GatherLoop } from '../loop-to-gather/check';
import { refuse, shown } from '../refuse';
import { refuseCleanup } from '../surroundings';
import { functionAround, isAsyncFunction, isBoundary, isLoop, peeled, walk, walkOwn, type FunctionWithBody } from '../syntax';
import { isAssignment, isStep } from '../syntax';
import { taskOf, type Task } from '../worker/task';
import { isSmall } from '../worker/weight';
import { formatOf } from '../format';
import type { MapCall, Repetition } from './find';

export type PoolLoop =
  | { readonly kind: 'loop'; readonly gather: GatherLoop; readonly call: ts.CallExpression; readonly task: Task }
  /** `call` is `null` in `list.map(f)`. */
  | { readonly kind: 'map'; readonly map: MapCall; readonly call: ts.CallExpression | null; readonly task: Task };

export function checkRepetition(node: Repetition, code: Code): Result<PoolLoop, Refusal> {
  const outside = refuseContext(node, code);
  if (outside) return err(outside);
  return isLoop(node) ? checkPoolLoop(node, code) : checkMap(node, code);
}

/** `await` has to be possible where the results are needed. */
function refuseContext(node: ts.Node, code: Code): Refusal | null {
  const { source } = code;
  const around = functionAround(node);
  if (around ? isAsyncFunction(around) : formatOf(code) === 'esm') return null;
  const where = around ? 'is in a function that is not async' : 'is at the top level of a CommonJS module';
  return refuse('not-async', `\`${shown(node, source)}\` on line {line} ${where}, and cannot wait for a pool.`, source, node);
}

function checkPoolLoop(loop: ts.IterationStatement, code: Code): Result<PoolLoop, Refusal> {
  const { source } = code;
  let awaited: ts.Node | undefined;
  const calls: { call: ts.CallExpression; fn: FunctionWithBody }[] = [];
  walkOwn(loop.statement, (node) => {
    if (ts.isAwaitExpression(node)) awaited ??= node;
    const fn = ts.isCallExpression(node) ? functionCalled(node, code) : undefined;
    if (fn && !calls.some((it) => it.fn === fn)) calls.push({ call: node as ts.CallExpression, fn });
  });
  if (awaited) return err(refuse('has-await', `The loop waits already, on line {line}: its calls can be gathered instead.`, source, awaited));
  const heaviest = calls.find(({ fn }) => !isSmall(fn, code)) ?? calls[0];
  if (!heaviest) return err(refuse('no-call', 'The loop on line {line} calls no function of this file, which a worker could be given.', source, loop));
  const task = taskOf(heaviest.fn, code);
  if (!task.ok) return task;
  if (isAsyncFunction(heaviest.fn)) return err(refuse('has-await', `\`${task.value.name}\`, called on line {line}, is async: its calls can be gathered instead.`, source, heaviest.call));
  const gather = checkLoop(loop as ts.ForOfStatement, code, () => null);
  return gather.ok ? ok({ kind: 'loop', gather: gather.value, call: heaviest.call, task: task.value }) : gather;
}

function checkMap(map: MapCall, code: Code): Result<PoolLoop, Refusal> {
  const { source, scopes } = code;
  const cleanup = refuseCleanup(map, code);
  if (cleanup) return err(cleanup);
  const [mapper, more] = map.arguments;
  const value = mapper && peeled(mapper);
  if (!value || more) return err(refuse('no-call', '`map` on line {line} has not exactly one argument.', source, map));
  if (ts.isIdentifier(value)) {
    const symbol = scopes.symbolOf(value);
    const fn = symbol && functionOf(symbol);
    if (!fn) return err(refuse('no-call', `\`${value.text}\` on line {line} is no function of this file, which a worker could be given.`, source, value));
    const task = checkTask(fn, value, code);
    if (!task.ok) return task;
    if (fn.parameters.length !== 1 || fn.parameters[0]!.dotDotDotToken) {
      return err(refuse('map-arguments', `\`map\` on line {line} hands \`${value.text}\` the index and the list too, which would be copied for each call.`, source, value));
    }
    return ok({ kind: 'map', map, call: null, task: task.value });
  }
  if (!ts.isArrowFunction(value) || ts.isBlock(value.body) || isAsyncFunction(value)) {
    return err(refuse('no-call', 'What `map` on line {line} does is not one call.', source, value));
  }
  const call = peeled(value.body);
  const fn = ts.isCallExpression(call) ? functionCalled(call, code) : undefined;
  if (!fn || !ts.isCallExpression(call)) return err(refuse('no-call', 'What `map` on line {line} does is not one call of a function of this file.', source, value));
  if (value.parameters.length > 2) return err(refuse('map-arguments', 'The list itself, which `map` on line {line} hands over, would be copied for each call.', source, value));
  const task = checkTask(fn, call, code);
  if (!task.ok) return task;
  for (const argument of call.arguments) {
    const refusal = refuseArgument(argument, value, code);
    if (refusal) return err(refusal);
  }
  return ok({ kind: 'map', map, call, task: task.value });
}

function checkTask(fn: FunctionWithBody, at: ts.Node, code: Code): Result<Task, Refusal> {
  const task = taskOf(fn, code);
  if (!task.ok) return task;
  if (isAsyncFunction(fn)) return err(refuse('has-await', `\`${task.value.name}\`, called on line {line}, is async: its calls can be gathered instead.`, code.source, at));
  const disorder = disorderOf(fn, code);
  return disorder ? err(refuse('effect', `${disorder.what} (line {line}): the order of the calls matters.`, code.source, disorder.at)) : task;
}

function refuseArgument(argument: ts.Expression, round: ts.Node, code: Code): Refusal | null {
  let found: Refusal | null = null;
  walk(argument, (node) => {
    if (isAssignment(node) || isStep(node)) found ??= refuse('argument-effect', `\`${shown(node, code.source)}\` on line {line} changes a variable.`, code.source, node);
    if (ts.isFunctionLike(node)) found ??= refuse('uncloneable-argument', `\`${shown(node, code.source)}\` on line {line} is a function, which cannot be copied to a worker.`, code.source, node);
    return isBoundary(node) ? false : undefined;
  });
  return found ?? refuseCalls(argument, round, code);
}
