/** Every place of a file that a recipe would rewrite. */
import type { Result } from '../../base/result';
import type { Refusal, SourceRange } from '../../source/found-function';
import { statementsOf, type PyNode } from '../../source/python/tree';
import type { EditPlan, RecipeName } from '../edit-plan';
import { check as checkRow } from './awaits-to-gather/check';
import { rowsIn } from './awaits-to-gather/find';
import { write as writeRow } from './awaits-to-gather/write';
import { isFunction, readCall, within } from './code';
import type { PythonFile } from './file';
import { check as checkGather } from './loop-to-gather/check';
import { write as writeGather } from './loop-to-gather/write';
import { check as checkPool } from './loop-to-pool/check';
import { write as writePool } from './loop-to-pool/write';
import { loopsIn } from './loop/loop';
import { blockingKind } from './offload-blocking-call/blocking';
import { check as checkOffload } from './offload-blocking-call/check';
import { write as writeOffload } from './offload-blocking-call/write';
import { check as checkWrap } from './wrap-cpu-task/check';
import { write as writeWrap } from './wrap-cpu-task/write';
import { ok } from '../../base/result';

export interface Place {
  readonly recipe: RecipeName;
  readonly range: SourceRange;
  /** Looked at when asked: most places are refused. */
  readonly attempt: () => Result<EditPlan, Refusal>;
}

const chain = <T, U>(result: Result<T, Refusal>, next: (value: T) => Result<U, Refusal>): Result<U, Refusal> =>
  result.ok ? next(result.value) : result;

/** What a recipe would look at, in order of appearance. */
export function placesFor(file: PythonFile, recipe: RecipeName): Place[] {
  const { root } = file.code;
  const place = (nodes: readonly PyNode[], attempt: Place['attempt']): Place => ({
    recipe,
    range: { start: nodes[0]!.start, end: nodes.at(-1)!.end },
    attempt,
  });
  switch (recipe) {
    case 'loop-to-gather':
      return [...loopsIn(root)].map((it) => place([it], () => chain(checkGather(file, it), (loop) => writeGather(file, loop))));
    case 'loop-to-pool':
      return [...loopsIn(root)].map((it) => place([it], () => chain(checkPool(file, it), (loop) => writePool(file, loop))));
    case 'awaits-to-gather': {
      const blocks = [...within(root)].filter((it) => it.kind === 'Body');
      const rows = blocks.flatMap((it) => rowsIn(file, statementsOf(it))).filter((it) => it.length > 1);
      return rows.map((it) => place(it, () => chain(checkRow(file, it), (row) => ok(writeRow(file, row)))));
    }
    case 'wrap-cpu-task':
      return [...within(root)].filter(isFunction).map((it) => place([it], () => chain(checkWrap(file, it), (fn) => writeWrap(file, fn))));
    case 'offload-blocking-call': {
      const calls = [...within(root)].flatMap((it) => readCall(file.code, it) ?? []).filter((it) => blockingKind(file, it));
      return calls.map(({ node }) => place([node], () => chain(checkOffload(file, node), (it) => writeOffload(file, it))));
    }
  }
}
