import type { Millis } from '../base/units';
import { IntervalUnion } from './interval-union';
import { LaneSums } from './lane-sums';

/** The sums over the tasks of one worker. */
export class WorkerSums {
  /** By slot; a slot that never held a task has none. */
  readonly lanes: (LaneSums | undefined)[] = [];
  tasks = 0;
  compute: Millis = 0;
  wait: Millis = 0;
  runQueue: Millis = 0;
  readonly #busy: IntervalUnion | null;

  /** @param concurrent whether its tasks may overlap */
  constructor(
    readonly id: number,
    concurrent: boolean,
  ) {
    this.#busy = concurrent ? new IntervalUnion() : null;
  }

  lane(slot: number): LaneSums {
    return (this.lanes[slot] ??= new LaneSums(this.id, slot));
  }

  add(start: Millis, compute: Millis, wait: Millis, runQueue: Millis): void {
    this.tasks++;
    this.compute += compute;
    this.wait += wait;
    this.runQueue += runQueue;
    this.#busy?.add(start, start + compute + wait + runQueue);
  }

  /** The lengths of all its tasks. */
  get length(): Millis {
    return this.compute + this.wait + this.runQueue;
  }

  /** Time with at least one task inside the user's function. */
  get busy(): Millis {
    return this.#busy ? this.#busy.total : this.length;
  }

  /**
   * How long its tasks would take one after another, without contention for cores or for the thread.
   *
   * While the thread runs one task, or waits for a core, the others that it holds may be waiting for it rather than
   * for anything of their own. `length ÷ busy` tasks are held on average, so that this is at most
   * `(compute + runQueue) × (length ÷ busy − 1)`, which is taken off: what is left may be too little, never too much.
   */
  get alone(): Millis {
    if (!this.#busy || this.busy === 0) return this.compute + this.wait;
    const othersHeld = Math.max(0, this.length / this.busy - 1);
    return Math.max(this.compute, this.compute + this.wait - (this.compute + this.runQueue) * othersHeld);
  }
}
