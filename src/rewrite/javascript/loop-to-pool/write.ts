/** The pool, and the loop or `map` that asks it for every item at once. */
import ts from 'typescript';
import { ok, type Result } from '../../../base/result';
import type { Refusal } from '../../../source/found-function';
import type { EditPlan, TextEdit } from '../../edit-plan';
import type { Code } from '../code';
import { loopEdits, onlyValue } from '../loop-to-gather/write';
import { peeled } from '../syntax';
import { parameter } from '../writing';
import { awaited } from '../worker/callers';
import { workerChanges } from '../worker/changes';
import { extract } from '../worker/extract';
import { isSmall } from '../worker/weight';
import type { PoolLoop } from './check';

export function writePoolLoop(found: PoolLoop, code: Code): Result<EditPlan, Refusal> {
  const { task } = found;
  const name = code.scopes.fresh(`${task.name}InPool`);
  const chunked = isSmall(task.fn, code) && isOneCall(found, code);
  const replaced = found.kind === 'map' ? [found.map] : [found.call];
  const extracted = extract(task, { name, replaced, chunked }, code);
  if (!extracted.ok) return extracted;
  const { edits, worker, moves, close } = extracted.value;
  const own = found.kind === 'map' ? mapEdits(found, name, chunked, code) : chunked ? chunkedLoop(found, name, code) : [...loopEdits(found.gather, code, ''), ...callEdits(found, name, code)];
  return ok({
    recipe: 'loop-to-pool',
    title: `Run \`${task.name}\` for all items in a pool of worker threads`,
    edits: [...edits, ...own].sort((a, b) => a.start - b.start || a.end - b.end),
    newFiles: [worker],
    packages: ['piscina'],
    changes: [
      'The calls run on several cores at once; the results keep the order of the items.',
      'Other code can run while the results are waited for.',
      ...(chunked ? ['A call does little, so they are sent in chunks, four for each thread.'] : []),
      ...workerChanges(moves, worker.name, close),
    ],
    leftToDo: [],
  });
}

/** Whether each item's result is the function's, and nothing else is done. */
function isOneCall(found: PoolLoop, code: Code): boolean {
  if (found.kind === 'map') return true;
  const value = onlyValue(found.gather, code);
  return value !== null && peeled(value) === found.call;
}

/** In the loop's body: the call under its new name, awaited where it is not what the arrow function returns. */
function callEdits({ gather, call }: PoolLoop & { kind: 'loop' }, name: string, code: Code): TextEdit[] {
  const value = onlyValue(gather, code);
  const callee = { start: call.expression.getStart(code.source), end: call.expression.end, newText: name };
  if (value === call) return [callee];
  return awaited(call, code.source).map((edit, n) => (n === 0 ? { ...callee, newText: edit.newText + name } : edit));
}

/** `const list = await fInPool(Array.from(xs, (x) => [x]))` */
function chunkedLoop({ gather, call }: PoolLoop & { kind: 'loop' }, name: string, code: Code): TextEdit[] {
  const { source } = code;
  const list = `${name}(Array.from(${gather.loop.expression.getText(source)}, ${parameter(gather.item, code)} => [${call.arguments.map((it) => it.getText(source)).join(', ')}]))`;
  // The same places as of a gather, with one call between them.
  const edits = loopEdits(gather, code, '');
  const head = edits.find(({ newText }) => newText.includes('Promise.all('))!;
  const tail = edits.at(-1)!;
  const start = head.newText.replace(/await Promise\.all\([^]*$/, `await ${list}`);
  const end = tail.newText.replace(/^\)\)/, '');
  const others = edits.filter((it) => it !== head && it.end <= head.start);
  return [...others, { start: head.start, end: tail.end, newText: start + end }];
}

function mapEdits({ map, call, task }: PoolLoop & { kind: 'map' }, name: string, chunked: boolean, code: Code): TextEdit[] {
  const { source, text } = code;
  const list = map.expression.expression.getText(source);
  const mapper = map.arguments[0]!;
  const [first] = task.fn.parameters;
  const item = first && ts.isIdentifier(first.name) && first.name.text !== name ? first.name.text : 'item';
  const one = code.style.parenthesised ? `(${item})` : item;
  const [before, args] = call
    ? [text.slice(mapper.getStart(source), call.getStart(source)), call.arguments.map((it) => it.getText(source)).join(', ')]
    : [`${one} => `, item];
  const lead = call ? before.replace(/\($/, '') : before;
  const mapped = chunked ? `${name}(${list}.map(${lead}[${args}]))` : `Promise.all(${list}.map(${lead}${name}(${args})))`;
  const [open, close] = awaited(map, source);
  return [{ start: map.getStart(source), end: map.end, newText: `${open!.newText}${mapped}${close?.newText ?? ''}` }];
}
