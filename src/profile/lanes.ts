import type { Millis } from '../base/units';
import type { RecordColumns } from '../protocol/columns';
import { Lane } from './lane';

/** When a worker was started and could take tasks, from the run's origin. */
export interface StartUp {
  readonly id: number;
  readonly spawnedAt: Millis;
  /** `null` while it cannot; it may have ended without ever being ready. */
  readonly readyAt: Millis | null;
  readonly endedAt: Millis | null;
}

/** All lanes of a run: one a worker, and where tasks overlap in a worker one for each of its slots. */
export class Lanes {
  /** By worker, then by slot. */
  readonly all: Lane[] = [];
  readonly #byKey = new Map<number, Lane>();
  /** Number of tasks in all lanes. */
  tasks = 0;

  /** @param expected how many tasks are known to come, and over how many lanes: room is made for them at once */
  constructor(private readonly expected: { readonly tasks: number; readonly lanes: number } = { tasks: 0, lanes: 1 }) {}

  /** Adds records `[0, n)` of `batch`. */
  append(batch: RecordColumns, n: number): void {
    const touched = new Set<Lane>();
    let lane: Lane | undefined;
    for (let i = 0; i < n; i++) {
      const worker = batch.worker[i]!;
      const slot = batch.slot[i]!;
      if (lane?.worker !== worker || lane.slot !== slot) {
        lane = this.#lane(worker, slot);
        touched.add(lane);
      }
      lane.push(batch, i);
    }
    for (const each of touched) each.seal();
    this.tasks += n;
  }

  /** Shows the start-up of every worker in its lanes, and a lane for each worker without a task as yet. */
  setStartUps(workers: readonly StartUp[], now: Millis): void {
    for (const { id, spawnedAt, readyAt, endedAt } of workers) {
      this.#lane(id, 0);
      for (const lane of this.all) {
        if (lane.worker === id) lane.setStartUp(spawnedAt, readyAt ?? endedAt ?? now);
      }
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
