import type { Millis } from '../base/units';

/**
 * The sums over one lane: one of the tasks that a worker can hold at a time. Its tasks never overlap, so that the
 * time between two of them is either transfer (as far as their own transfers explain it) or idle. Transfer that a
 * worker did not wait for, because it had the next chunk already, costs the lane nothing and is not counted.
 */
export class LaneSums {
  tasks = 0;
  /** The lengths of its tasks. */
  busy: Millis = 0;
  /** When its first task was called, and the transfer before it. */
  firstStart: Millis = 0;
  #firstTransfer: Millis = 0;
  /** When its last task returned, that task, its length, and the transfer after it. */
  lastEnd: Millis = 0;
  lastTask = 0;
  lastLength: Millis = 0;
  #lastTransfer: Millis = 0;
  /** Transfer that filled gaps between tasks. */
  #between: Millis = 0;

  constructor(
    readonly worker: number,
    readonly slot: number,
  ) {}

  add(task: number, start: Millis, length: Millis, transferIn: Millis, transferOut: Millis): void {
    const end = start + length;
    this.busy += length;
    const gap = start - this.lastEnd;
    if (this.tasks++ === 0 || start < this.firstStart) {
      this.firstStart = start;
      this.#firstTransfer = transferIn;
    } else if (gap > 0) {
      this.#between += Math.min(gap, this.#lastTransfer + transferIn);
    }
    if (end >= this.lastEnd) {
      this.lastEnd = end;
      this.lastTask = task;
      this.lastLength = length;
      this.#lastTransfer = transferOut;
    }
  }

  /** Transfer that the lane waited for, of which it was free from `readyAt` to `wall`. */
  transfer(readyAt: Millis, wall: Millis): Millis {
    const before = Math.min(this.#firstTransfer, Math.max(0, this.firstStart - readyAt));
    const after = Math.min(this.#lastTransfer, Math.max(0, wall - this.lastEnd));
    return before + this.#between + after;
  }
}
