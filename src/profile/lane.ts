/**
 * One worker's slot: its tasks in order of their starts, and the time in each state up to any moment.
 *
 * A task is drawn as slices: transfer in, computing, waiting for a core, waiting on I/O, transfer out. How the middle
 * three take turns inside a task is not measured, only how long each is in all, so this order is a convention.
 * Slices of a lane never overlap: a length that would reach into the next task is cut when a batch is sealed.
 */
import type { Millis } from '../base/units';
import type { RecordColumns } from '../protocol/columns';
import { lowerBound } from './search';
import { TaskColumns } from './task-columns';

/** What a lane's time goes to; what is left is idle. `overhead` is transfer and start-up. */
export const State = { overhead: 0, computing: 1, waiting: 2, waitingForCore: 3 } as const;
export type State = (typeof State)[keyof typeof State];
export const stateCount = 4;

/** Tasks, of some four slices each, between two running sums: a sum up to any moment costs at most so many additions. */
const sumEvery = 16;

export class Lane extends TaskColumns {
  /** Span of the worker's start-up, before the first task; both 0 where there was none. */
  startUpFrom: Millis = 0;
  startUpTo: Millis = 0;
  /** Indices of the tasks that did not succeed, ascending. */
  readonly failures: number[] = [];

  #startUpEnd: Millis = 0;
  #sealed = 0;
  /** Earliest start that came after a later one, since the last {@link seal}. */
  #earliestLate = Infinity;
  /** `stateCount` sums over the tasks before `sumEvery × block`, block after block. */
  #sums = new Float64Array(stateCount * 16);
  /** Blocks whose sums hold; block 0 is all zero and always does. */
  #summed = 0;

  constructor(
    readonly worker: number,
    readonly slot: number,
    capacity = 256,
  ) {
    super(capacity);
  }

  /** Adds records `[from, to)` of `batch`, in any order; call {@link seal} before reading. */
  push(batch: RecordColumns, from: number, to: number): void {
    let last = this.length > 0 ? this.start[this.length - 1]! : -Infinity;
    for (let i = from; i < to; i++) {
      const start = batch.start[i]!;
      if (start < last) this.#earliestLate = Math.min(this.#earliestLate, start);
      last = start;
      if (batch.status[i] !== 0) this.failures.push(this.length + i - from);
    }
    this.append(batch, from, to);
  }

  /**
   * Brings what was pushed since the last call into order, and cuts what overlaps. What was cut stays cut: a transfer may
   * end up shorter than it was where a task comes in between later.
   */
  seal(): void {
    if (this.#sealed === this.length) return;
    const from = this.#earliestLate < Infinity ? this.#sortLate() : this.#sealed;
    const first = Math.max(0, from - 1);
    this.#settle(first);
    this.#cutStartUp();
    this.#summed = Math.min(this.#summed, Math.floor(first / sumEvery));
    this.#sealed = this.length;
  }

  /** Span in which the worker was starting; what lies before the run's origin is not shown. */
  setStartUp(from: Millis, to: Millis): void {
    this.startUpFrom = Math.max(0, from);
    this.#startUpEnd = Math.max(this.startUpFrom, to);
    this.#cutStartUp();
  }

  /** Call to return. */
  duration(i: number): Millis {
    return this.compute[i]! + this.runQueue[i]! + this.wait[i]!;
  }

  /** When the user's function returned in task `i`. */
  bodyEnd(i: number): Millis {
    return this.start[i]! + this.compute[i]! + this.runQueue[i]! + this.wait[i]!;
  }

  /** When the last task's result was received. */
  get end(): Millis {
    const last = this.length - 1;
    return last < 0 ? this.startUpTo : this.bodyEnd(last) + this.transferOut[last]!;
  }

  /** Number of tasks called before `time`. */
  startedBefore(time: Millis): number {
    return lowerBound(this.start, time, 0, this.length);
  }

  /**
   * Time in each state before `time`, into the first `stateCount` entries of `out`.
   * @param started the number of tasks called before `time`
   */
  sumBefore(time: Millis, out: Float64Array, started = this.startedBefore(time)): void {
    const block = Math.floor(started / sumEvery);
    this.#sumBlocks(block);
    for (let state = 0; state < stateCount; state++) out[state] = this.#sums[block * stateCount + state]!;
    this.#addTasks(block * sumEvery, started, out);
    out[State.overhead]! += Math.max(0, Math.min(time, this.startUpTo) - this.startUpFrom);
    if (started > 0) this.#takeAfter(started - 1, time, out);
    if (started < this.length) {
      out[State.overhead]! += Math.max(0, time - (this.start[started]! - this.transferIn[started]!));
    }
  }

  /** Adds the lengths of tasks `[from, to)`. */
  #addTasks(from: number, to: number, out: Float64Array): void {
    const { transferIn, compute, runQueue, wait, transferOut } = this;
    let overhead = 0;
    let computing = 0;
    let waiting = 0;
    let waitingForCore = 0;
    for (let i = from; i < to; i++) {
      overhead += transferIn[i]! + transferOut[i]!;
      computing += compute[i]!;
      waiting += wait[i]!;
      waitingForCore += runQueue[i]!;
    }
    out[State.overhead]! += overhead;
    out[State.computing]! += computing;
    out[State.waiting]! += waiting;
    out[State.waitingForCore]! += waitingForCore;
  }

  /** Takes out of `out` what of task `i`, called before `time`, lies after `time`. */
  #takeAfter(i: number, time: Millis, out: Float64Array): void {
    const afterCompute = this.start[i]! + this.compute[i]!;
    const afterQueue = afterCompute + this.runQueue[i]!;
    const afterWait = afterQueue + this.wait[i]!;
    const after = afterWait + this.transferOut[i]!;
    if (after <= time) return;
    out[State.computing]! -= Math.max(0, afterCompute - time);
    out[State.waitingForCore]! -= Math.max(0, afterQueue - Math.max(time, afterCompute));
    out[State.waiting]! -= Math.max(0, afterWait - Math.max(time, afterQueue));
    out[State.overhead]! -= after - Math.max(time, afterWait);
  }

  /** Makes the sums up to and including `block` hold. */
  #sumBlocks(block: number): void {
    const room = (block + 1) * stateCount;
    if (this.#sums.length < room) {
      const wider = new Float64Array(room * 2);
      wider.set(this.#sums);
      this.#sums = wider;
    }
    for (; this.#summed < block; this.#summed++) {
      const at = (this.#summed + 1) * stateCount;
      this.#sums.copyWithin(at, at - stateCount, at);
      this.#addTasks(this.#summed * sumEvery, (this.#summed + 1) * sumEvery, this.#sums.subarray(at, at + stateCount));
    }
  }

  /** Sorts from where the first late task belongs; returns that index. */
  #sortLate(): number {
    const from = lowerBound(this.start, this.#earliestLate, 0, this.#sealed);
    this.#earliestLate = Infinity;
    this.sortFrom(from);
    this.failures.length = 0;
    for (let i = 0; i < this.length; i++) if (this.status[i] !== 0) this.failures.push(i);
    return from;
  }

  /** Cuts every task from `first` on where the next begins: its body first, then either's transfer in what is left. */
  #settle(first: number): void {
    const { start, compute, runQueue, wait, transferIn, transferOut } = this;
    for (let i = first; i + 1 < this.length; i++) {
      const next = i + 1;
      let room = start[next]! - start[i]!;
      const wanted = compute[i]! + runQueue[i]! + wait[i]! + transferOut[i]! + transferIn[next]!;
      if (wanted <= room) continue;
      room -= compute[i] = Math.min(compute[i]!, room);
      room -= runQueue[i] = Math.min(runQueue[i]!, room);
      room -= wait[i] = Math.min(wait[i]!, room);
      room = Math.max(0, room);
      room -= transferIn[next] = Math.min(transferIn[next]!, room);
      transferOut[i] = Math.min(transferOut[i]!, room);
    }
  }

  /** Start-up, then the first transfer, then the first call. */
  #cutStartUp(): void {
    const first = this.length > 0 ? this.start[0]! : Infinity;
    this.startUpTo = Math.max(this.startUpFrom, Math.min(this.#startUpEnd, first));
    if (this.startUpTo > this.startUpFrom && this.length > 0) {
      this.transferIn[0] = Math.min(this.transferIn[0]!, Math.max(0, first - this.startUpTo));
    }
  }
}
