import type { Lane } from '../../profile/lane';
import { ascending } from '../../profile/order';
import type { TaskPlace } from './selection';

export type TaskKey = 'id' | 'worker' | 'start' | 'duration' | 'compute' | 'wait' | 'runQueue' | 'transfer' | 'status';

export interface TaskOrder {
  readonly key: TaskKey;
  readonly descending: boolean;
  readonly onlyFailed: boolean;
}

/** All tasks of a run, or the failed ones, in some order. Made anew for each order: the lanes stay as they are. */
export class TaskList {
  readonly #lanes: readonly Lane[];
  /** Number of the first task of each lane, counting through all lanes; and their sum. */
  readonly #firsts: number[] = [];
  readonly #order: Uint32Array;

  constructor(lanes: readonly Lane[], { key, descending, onlyFailed }: TaskOrder) {
    this.#lanes = [...lanes];
    let total = 0;
    for (const lane of lanes) {
      this.#firsts.push(total);
      total += lane.length;
    }
    const keys = new Float32Array(total);
    lanes.forEach((lane, row) => fill(keys, this.#firsts[row]!, lane, row, key, descending));
    const order = ascending(keys);
    this.#order = onlyFailed ? order.filter((number) => this.#isFailed(number)) : order;
  }

  get length(): number {
    return this.#order.length;
  }

  at(i: number): TaskPlace {
    return this.#place(this.#order[i]!);
  }

  #isFailed(number: number): boolean {
    const { lane, index } = this.#place(number);
    return lane.status[index] !== 0;
  }

  #place(number: number): TaskPlace {
    let row = this.#firsts.length - 1;
    let low = 0;
    while (low < row) {
      const middle = (low + row + 1) >>> 1;
      if (this.#firsts[middle]! <= number) low = middle;
      else row = middle - 1;
    }
    return { row, lane: this.#lanes[row]!, index: number - this.#firsts[row]! };
  }
}

/** Descending is ascending by the negative, so that equal ones keep their order either way. */
function fill(keys: Float32Array, first: number, lane: Lane, row: number, key: TaskKey, descending: boolean): void {
  const sign = descending ? -1 : 1;
  const value = reader(lane, row, key);
  for (let i = 0; i < lane.length; i++) keys[first + i] = sign * value(i);
}

function reader(lane: Lane, row: number, key: TaskKey): (i: number) => number {
  switch (key) {
    case 'worker':
      return () => row;
    case 'duration':
      return (i) => lane.duration(i);
    case 'transfer':
      return (i) => lane.transferIn[i]! + lane.transferOut[i]!;
    default: {
      const column = lane[key];
      return (i) => column[i]!;
    }
  }
}
