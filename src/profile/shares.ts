/**
 * A lane as a row of pixels: for every column the exact share of its time in each state, never "the last slice that
 * landed here". Two ways to the same numbers: one pass over the visible tasks while they are few a column, and
 * differences of running sums while they are many, which costs the same for 10⁴ tasks as for 10⁷.
 */
import type { Millis } from '../base/units';
import { type Lane, State, stateCount } from './lane';
import { gallop } from './search';

/** Tasks a column from which sums are cheaper. A task is three slices or so, so this is some 24 slices. */
const tasksPerColumn = 8;

/**
 * Shares of `width` equal columns over `[from, to)`, into `out[column × stateCount + state]`, each 0 to 1.
 * @returns the number of tasks called in the span
 */
export function shares(lane: Lane, from: Millis, to: Millis, width: number, out: Float64Array): number {
  const visible = lane.startedBefore(to) - lane.startedBefore(from);
  const fill = visible < width * tasksPerColumn ? sharesInOnePass : sharesFromSums;
  fill(lane, from, to, width, out);
  return visible;
}

export function sharesInOnePass(lane: Lane, from: Millis, to: Millis, width: number, out: Float64Array): void {
  out.fill(0, 0, width * stateCount);
  const scale = width / (to - from);
  const spread = (begin: Millis, end: Millis, state: State): void => {
    if (end > begin) spreadOver(out, (begin - from) * scale, (end - from) * scale, width, state);
  };
  spread(lane.startUpFrom, lane.startUpTo, State.overhead);
  const first = Math.max(0, lane.startedBefore(from) - 1);
  // The task after the last called one may be on its way already.
  const last = Math.min(lane.length - 1, lane.startedBefore(to));
  for (let i = first; i <= last; i++) {
    const start = lane.start[i]!;
    const computed = start + lane.compute[i]!;
    const queued = computed + lane.runQueue[i]!;
    const waited = queued + lane.wait[i]!;
    spread(start - lane.transferIn[i]!, start, State.overhead);
    spread(start, computed, State.computing);
    spread(computed, queued, State.waitingForCore);
    spread(queued, waited, State.waiting);
    spread(waited, waited + lane.transferOut[i]!, State.overhead);
  }
}

/** Adds the span `[begin, end)`, in columns, to the columns that it touches. */
function spreadOver(out: Float64Array, begin: number, end: number, width: number, state: State): void {
  const a = Math.max(0, begin);
  const b = Math.min(width, end);
  if (b <= a) return;
  const first = Math.floor(a);
  const last = Math.min(width - 1, Math.floor(b));
  if (first === last) {
    out[first * stateCount + state]! += b - a;
    return;
  }
  out[first * stateCount + state]! += first + 1 - a;
  for (let column = first + 1; column < last; column++) out[column * stateCount + state] = 1;
  out[last * stateCount + state]! += b - last;
}

const before = new Float64Array(stateCount);
const upTo = new Float64Array(stateCount);

export function sharesFromSums(lane: Lane, from: Millis, to: Millis, width: number, out: Float64Array): void {
  const step = (to - from) / width;
  let started = lane.startedBefore(from);
  lane.sumBefore(from, before, started);
  for (let column = 0; column < width; column++) {
    const end = from + (column + 1) * step;
    started = gallop(lane.start, end, started, lane.length);
    lane.sumBefore(end, upTo, started);
    for (let state = 0; state < stateCount; state++) {
      out[column * stateCount + state] = Math.max(0, upTo[state]! - before[state]!) / step;
      before[state] = upTo[state]!;
    }
  }
}

/** Shares of the whole span as one: time in each state ÷ its length. */
export function shareOfSpan(lane: Lane, from: Millis, to: Millis, out: Float64Array): void {
  sharesFromSums(lane, from, to, 1, out);
}
