import type { Millis } from '../base/units';
import type { RecordColumns } from '../protocol/columns';
import { Lane } from './lane';
import type { LaneStart } from './lane-starts';

/** All lanes of a run: one a worker, and where tasks overlap in a worker one for each of its slots. */
export class Lanes {
  /** By worker, then by slot. */
  readonly all: Lane[] = [];
  readonly #byKey = new Map<number, Lane>();
  /** Number of tasks in all lanes. */
  tasks = 0;
  /** When the first input was there; `Infinity` before the first record. */
  firstMade: Millis = Infinity;

  /** @param expected how many tasks are known to come, and over how many lanes: room is made for them at once */
  constructor(private readonly expected: { readonly tasks: number; readonly lanes: number } = { tasks: 0, lanes: 1 }) {}

  /** Adds records `[0, n)` of `batch`. */
  append(batch: RecordColumns, n: number): void {
    const touched = new Set<Lane>();
    for (let from = 0; from < n; ) {
      const worker = batch.worker[from]!;
      const slot = batch.slot[from]!;
      let to = from + 1;
      while (to < n && batch.worker[to] === worker && batch.slot[to] === slot) to++;
      const lane = this.#lane(worker, slot);
      lane.push(batch, from, to);
      touched.add(lane);
      from = to;
    }
    for (const lane of touched) lane.seal();
    this.firstMade = Math.min(this.firstMade, firstMadeOf(batch, n));
    this.tasks += n;
  }

  /** Shows the start-up of every worker in each of its lanes; a worker without a task has a lane too. */
  setStartUps(starts: ReadonlyMap<number, LaneStart>): void {
    for (const worker of starts.keys()) this.#lane(worker, 0);
    for (const lane of this.all) {
      const start = starts.get(lane.worker);
      if (start) lane.setStartUp(start.from, start.readyAt);
    }
  }

  /** Gives back the room kept for further tasks. */
  trim(): void {
    for (const lane of this.all) lane.resize(lane.length);
  }

  /** Where the task with index `id` is. Looks through all tasks: for a click, not for a frame. */
  find(id: number): { readonly lane: number; readonly index: number } | null {
    for (const [at, lane] of this.all.entries()) {
      const index = lane.id.subarray(0, lane.length).indexOf(id);
      if (index >= 0) return { lane: at, index };
    }
    return null;
  }

  #lane(worker: number, slot: number): Lane {
    const key = worker * 0x10000 + slot;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const lane = new Lane(worker, slot, Math.max(256, Math.ceil((this.expected.tasks / this.expected.lanes) * 1.05)));
    this.#byKey.set(key, lane);
    const after = this.all.findIndex((other) => other.worker > worker || (other.worker === worker && other.slot > slot));
    this.all.splice(after < 0 ? this.all.length : after, 0, lane);
    return lane;
  }
}

function firstMadeOf({ start, transferIn, queued }: RecordColumns, n: number): Millis {
  let first = Infinity;
  for (let i = 0; i < n; i++) {
    const made = start[i]! - transferIn[i]! - queued[i]!;
    if (made < first) first = made;
  }
  return first;
}
