/** Made-up records for tests, from plain objects. */
import { allocateColumns, type RecordColumns } from '../../src/protocol/columns';

export interface MadeUpTask {
  readonly start: number;
  readonly queued?: number;
  readonly transferIn?: number;
  readonly compute?: number;
  readonly wait?: number;
  readonly runQueue?: number;
  readonly transferOut?: number;
  readonly id?: number;
  readonly worker?: number;
  readonly slot?: number;
  readonly status?: number;
}

/** Task `i` gets the index `i` where it names none; what is not named is 0. */
export function recordsOf(tasks: readonly MadeUpTask[]): RecordColumns {
  const { columns } = allocateColumns(tasks.length);
  tasks.forEach((task, i) => {
    columns.id[i] = i;
    for (const [name, value] of Object.entries(task)) columns[name as keyof RecordColumns][i] = value;
  });
  return columns;
}

/** A generator of numbers in [0, 1) that always gives the same ones for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
