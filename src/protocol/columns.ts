/**
 * Task records as columns: one array a field, one entry a task, packed into one exact-size buffer for the wire.
 * 41 bytes a task; a batch of 10⁶ costs milliseconds where objects cost seconds.
 */

/** All times in milliseconds; `start` counts from the run's origin, the others are lengths. */
export interface RecordColumns {
  /** When the user's function was called. */
  readonly start: Float64Array;
  /** Made until sent to a worker. */
  readonly queued: Float32Array;
  /** Sent until called, less the time the worker was busy with tasks before it. Carried by a chunk's first task. */
  readonly transferIn: Float32Array;
  /** Inside the user's function and on a CPU; the whole length where the OS does not tell on-CPU time apart. */
  readonly compute: Float32Array;
  /** Inside the user's function, not runnable: waiting for I/O, timers, locks. */
  readonly wait: Float32Array;
  /** Inside the user's function, runnable, with no core to run on. */
  readonly runQueue: Float32Array;
  /** Returned until received, where the worker had nothing else to do meanwhile. Carried by a chunk's last task. */
  readonly transferOut: Float32Array;
  /** Task index, 0 for the first input. */
  readonly id: Uint32Array;
  /** Worker index, 0-based, stable over a run (a replaced worker gets a new one). */
  readonly worker: Uint16Array;
  /** Which of the worker's concurrent slots held the task; 0 where it runs one at a time. */
  readonly slot: Uint16Array;
  /** See {@link TaskStatus}. */
  readonly status: Uint8Array;
}

export const TaskStatus = { succeeded: 0, failed: 1, timedOut: 2 } as const;
export type TaskStatus = (typeof TaskStatus)[keyof typeof TaskStatus];

/** Field order is the wire's order: widest first, so that every array is aligned. */
const layout = [
  ['start', Float64Array],
  ['queued', Float32Array],
  ['transferIn', Float32Array],
  ['compute', Float32Array],
  ['wait', Float32Array],
  ['runQueue', Float32Array],
  ['transferOut', Float32Array],
  ['id', Uint32Array],
  ['worker', Uint16Array],
  ['slot', Uint16Array],
  ['status', Uint8Array],
] as const;

/** Bytes of one record on the wire. */
export const recordBytes = layout.reduce((sum, [, type]) => sum + type.BYTES_PER_ELEMENT, 0);

/** Views of `n` records over `buffer`, which must hold `n * recordBytes` bytes from `offset` (a multiple of 8). */
export function columnsOver(buffer: ArrayBuffer, n: number, offset = 0): RecordColumns {
  const columns: Record<string, ArrayBufferView> = {};
  let at = offset;
  for (const [name, type] of layout) {
    columns[name] = new type(buffer, at, n);
    at += n * type.BYTES_PER_ELEMENT;
  }
  return columns as unknown as RecordColumns;
}

/** Room for `n` records, all zero, over one exact-size buffer. */
export function allocateColumns(n: number): { readonly buffer: ArrayBuffer; readonly columns: RecordColumns } {
  const buffer = new ArrayBuffer(n * recordBytes);
  return { buffer, columns: columnsOver(buffer, n) };
}

/** Copies records `[from, to)` of `source` to `target`, starting at `at`. */
export function copyRecords(source: RecordColumns, from: number, to: number, target: RecordColumns, at: number): void {
  for (const [name] of layout) {
    target[name].set(source[name].subarray(from, to) as never, at);
  }
}
