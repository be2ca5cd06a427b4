import type { RecordColumns } from '../protocol/columns';

type Column = Float64Array | Float32Array | Uint32Array | Uint8Array;

/** Records of one lane, regrouped into growing columns; see `RecordColumns` for what each holds. */
export class TaskColumns {
  start: Float64Array;
  queued: Float32Array;
  transferIn: Float32Array;
  compute: Float32Array;
  runQueue: Float32Array;
  wait: Float32Array;
  transferOut: Float32Array;
  id: Uint32Array;
  status: Uint8Array;
  /** Number of tasks. */
  length = 0;

  constructor(capacity: number) {
    this.start = new Float64Array(capacity);
    this.queued = new Float32Array(capacity);
    this.transferIn = new Float32Array(capacity);
    this.compute = new Float32Array(capacity);
    this.runQueue = new Float32Array(capacity);
    this.wait = new Float32Array(capacity);
    this.transferOut = new Float32Array(capacity);
    this.id = new Uint32Array(capacity);
    this.status = new Uint8Array(capacity);
  }

  /** Adds records `[from, to)` of `batch` at the end. */
  append(batch: RecordColumns, from: number, to: number): void {
    const end = this.length + to - from;
    if (end > this.start.length) this.resize(Math.max(end, Math.ceil(this.length * 1.5)));
    // Record by record: copying columns by their views costs more for the short stretches that come in a row.
    const { start, queued, transferIn, compute, runQueue, wait, transferOut, id, status } = this;
    for (let i = from, at = this.length; i < to; i++, at++) {
      start[at] = batch.start[i]!;
      queued[at] = batch.queued[i]!;
      transferIn[at] = batch.transferIn[i]!;
      compute[at] = batch.compute[i]!;
      runQueue[at] = batch.runQueue[i]!;
      wait[at] = batch.wait[i]!;
      transferOut[at] = batch.transferOut[i]!;
      id[at] = batch.id[i]!;
      status[at] = batch.status[i]!;
    }
    this.length = end;
  }

  /** Sorts the tasks from index `from` on by their starts; equal ones stay in order. */
  sortFrom(from: number): void {
    const order = Uint32Array.from({ length: this.length - from }, (_, i) => from + i);
    order.sort((a, b) => this.start[a]! - this.start[b]! || a - b);
    for (const column of this.#columns()) column.set(Float64Array.from(order, (i) => column[i]!), from);
  }

  /** Makes room for `capacity` tasks, never for fewer than there are. */
  resize(capacity: number): void {
    const room = Math.max(capacity, this.length, 1);
    this.start = moved(this.start, new Float64Array(room));
    this.queued = moved(this.queued, new Float32Array(room));
    this.transferIn = moved(this.transferIn, new Float32Array(room));
    this.compute = moved(this.compute, new Float32Array(room));
    this.runQueue = moved(this.runQueue, new Float32Array(room));
    this.wait = moved(this.wait, new Float32Array(room));
    this.transferOut = moved(this.transferOut, new Float32Array(room));
    this.id = moved(this.id, new Uint32Array(room));
    this.status = moved(this.status, new Uint8Array(room));
  }

  #columns(): Column[] {
    const { start, queued, transferIn, compute, runQueue, wait, transferOut, id, status } = this;
    return [start, queued, transferIn, compute, runQueue, wait, transferOut, id, status];
  }
}

/** `from`'s values in `to`, as many as fit. */
function moved<A extends Column>(from: A, to: A): A {
  to.set(from.subarray(0, Math.min(from.length, to.length)));
  return to;
}
