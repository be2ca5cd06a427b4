/**
 * Records as a runner without vector arithmetic makes them: the clock's readings as they are, and what calls share.
 * 8 bytes a task where calls follow each other, 22 where they overlap; they become columns on arrival.
 */
import * as v from 'valibot';
import type { Millis } from '../base/units';
import { allocateColumns, TaskStatus, type RecordColumns } from './columns';

/** Index of a blob of the same frame. */
const blob = v.pipe(v.number(), v.integer(), v.minValue(0));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

export const stampedRecords = v.object({
  n: whole,
  worker: whole,
  /** Index of the first task, where `ids` is absent and they follow each other. */
  first: whole,
  /** The run's origin on the clock of the stamps, seconds. */
  zero: v.number(),
  /** When the first task began, seconds, where `starts` is absent: each other begins as the one before it ends. */
  begin: v.number(),
  /** Chunks that the tasks came in, as flat quadruples: first index, number of tasks, queued and transfer in (ms). */
  chunks: v.array(v.number()),
  /** Of the last task, ms. */
  transferOut: v.number(),
  /** How the tasks' time divides, in order, as flat triples: number of tasks, share on a CPU, share in the queue for one. */
  shares: v.array(v.number()),
  /** Positions of the tasks that failed. */
  failed: v.array(whole),
  /** When each task ended, seconds: 8-byte floats. */
  ends: blob,
  /** When each began. */
  starts: v.optional(blob),
  /** Index of each: 4-byte integers. */
  ids: v.optional(blob),
  /** Slot of each: 2-byte integers; 0 where absent. */
  slots: v.optional(blob),
});
export type StampedRecords = v.InferOutput<typeof stampedRecords>;

const widths = { ends: 8, starts: 8, ids: 4, slots: 2 } as const;

/** Throws a `RangeError` where a blob is missing or of another size than its records say. */
export function checkStamped(records: StampedRecords, blobs: readonly Uint8Array[]): void {
  for (const [name, width] of Object.entries(widths)) {
    const index = records[name as keyof typeof widths];
    if (index !== undefined && blobs[index]?.length !== records.n * width) {
      throw new RangeError(`Stamps of ${records.n} tasks with ${name} of another size.`);
    }
  }
}

/** The records as columns. Call {@link checkStamped} first. */
export function expandStamped(records: StampedRecords, blobs: readonly Uint8Array[]): RecordColumns {
  const { n, zero, worker, chunks } = records;
  const { columns } = allocateColumns(n);
  const ends = new Float64Array(copied(blobs[records.ends]!));
  const starts = records.starts === undefined ? null : new Float64Array(copied(blobs[records.starts]!));
  const ids = records.ids === undefined ? null : new Uint32Array(copied(blobs[records.ids]!));
  const ms = (seconds: number): Millis => (seconds - zero) * 1000;
  let before = ms(records.begin);
  for (let i = 0; i < n; i++) {
    const start = starts ? ms(starts[i]!) : before;
    before = ms(ends[i]!);
    columns.start[i] = start;
    columns.compute[i] = before - start;
    columns.id[i] = ids ? ids[i]! : records.first + i;
  }
  if (records.slots !== undefined) columns.slot.set(new Uint16Array(copied(blobs[records.slots]!)));
  columns.worker.fill(worker);
  for (const at of records.failed) columns.status[at] = TaskStatus.failed;
  addChunks(columns, n, chunks);
  split(columns, n, records.shares);
  if (n > 0) columns.transferOut[n - 1] = records.transferOut;
  return columns;
}

/** What each task's chunk says of it; the transfer is carried by its first. */
function addChunks({ id, queued, transferIn }: RecordColumns, n: number, chunks: readonly number[]): void {
  let at = 0;
  const covers = (index: number): boolean => index >= chunks[at]! && index < chunks[at]! + chunks[at + 1]!;
  for (let i = 0; i < n; i++) {
    const index = id[i]!;
    for (let tried = 0; tried < chunks.length && !covers(index); tried += 4) at = (at + 4) % chunks.length;
    if (chunks.length === 0 || !covers(index)) continue;
    queued[i] = chunks[at + 2]!;
    if (index === chunks[at]) transferIn[i] = chunks[at + 3]!;
  }
}

/** Divides the whole lengths that stand in `compute`. */
function split({ compute, wait, runQueue }: RecordColumns, n: number, shares: readonly number[]): void {
  let from = 0;
  for (let at = 0; at + 2 < shares.length; at += 3) {
    const to = Math.min(n, from + shares[at]!);
    const onCpu = shares[at + 1]!;
    const queue = shares[at + 2]!;
    for (let i = from; i < to; i++) {
      const length = compute[i]!;
      compute[i] = length * onCpu;
      runQueue[i] = length * queue;
      wait[i] = Math.max(0, length * (1 - onCpu - queue));
    }
    from = to;
  }
}

/** The bytes in a buffer of their own, where typed arrays can begin. */
function copied(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
