import type { Millis } from '../../../base/units';
import { allocateColumns, copyRecords, TaskStatus, type RecordColumns } from '../../../protocol/columns';
import { meterLag, openCpuMeter } from './cpu-meter';
import { TimeSplit } from './time-split';

/** Time after which the CPU meter is read again: 1.5 µs in 1 ms. Tasks of this length and more are measured singly. */
const meterEvery: Millis = 1;

/**
 * Writes task records into columns, and splits the time of tasks into on-CPU, run-queue and blocked. The meter speaks of
 * the thread: tasks that ended between two readings share its time by their lengths.
 */
export class Recorder {
  #columns: RecordColumns;
  #buffer: ArrayBuffer;
  #length = 0;
  /** First record whose time is not split yet. */
  #unsplit = 0;
  readonly #meter = openCpuMeter();
  readonly #meterAtStart = this.#meter?.().onCpu ?? null;
  readonly #split: TimeSplit | null;
  #splitAt: Millis;

  constructor(
    private readonly worker: number,
    now: Millis,
    capacity = 64,
  ) {
    ({ buffer: this.#buffer, columns: this.#columns } = allocateColumns(capacity));
    this.#split = this.#meter ? new TimeSplit(this.#meter, now, meterLag) : null;
    this.#splitAt = now;
  }

  get length(): number {
    return this.#length;
  }

  /** CPU time of this thread since the recorder was made; `null` where the OS does not tell. */
  onCpu(): Millis | null {
    return this.#meterAtStart === null ? null : this.#meter!().onCpu - this.#meterAtStart;
  }

  /** Makes room for `n` more records. */
  reserve(n: number): void {
    const capacity = this.#columns.start.length;
    if (this.#length + n <= capacity) return;
    const { buffer, columns } = allocateColumns(Math.max(this.#length + n, capacity * 2));
    copyRecords(this.#columns, 0, this.#length, columns, 0);
    this.#buffer = buffer;
    this.#columns = columns;
  }

  /** Starts a stretch of tasks: time before `at` belongs to none of them. */
  begin(at: Millis): void {
    this.#splitAt = at;
    this.#split?.skip(at);
  }

  /**
   * One task, called at `start` and over at `end` (from the origin). Room must be reserved.
   * `awaited`: it ended by a promise, and so right after the thread was woken.
   */
  add(id: number, slot: number, start: Millis, end: Millis, status: TaskStatus, queued: Millis, transferIn: Millis, awaited: boolean): void {
    const at = this.#length++;
    const columns = this.#columns;
    columns.start[at] = start;
    columns.queued[at] = queued;
    columns.compute[at] = end - start;
    columns.id[at] = id;
    // Zero as they are: what is seldom anything else is not written for each task.
    if (transferIn !== 0) columns.transferIn[at] = transferIn;
    if (slot !== 0) columns.slot[at] = slot;
    if (status !== TaskStatus.succeeded) columns.status[at] = status;
    if (end - this.#splitAt >= meterEvery) this.#share(end, awaited);
  }

  /** All records since the last call as one exact-size buffer, split up to `now`. */
  take(now: Millis): ArrayBuffer {
    this.#share(now, false);
    const n = this.#length;
    this.#columns.worker.fill(this.worker, 0, n);
    let buffer = this.#buffer;
    if (this.#columns.start.length !== n) {
      const exact = allocateColumns(n);
      copyRecords(this.#columns, 0, n, exact.columns, 0);
      buffer = exact.buffer;
      this.#columns.transferIn.fill(0, 0, n);
      this.#columns.wait.fill(0, 0, n);
      this.#columns.runQueue.fill(0, 0, n);
      this.#columns.slot.fill(0, 0, n);
      this.#columns.status.fill(0, 0, n);
    } else {
      ({ buffer: this.#buffer, columns: this.#columns } = allocateColumns(Math.max(64, n)));
    }
    this.#length = 0;
    this.#unsplit = 0;
    return buffer;
  }

  /** Shares the time since the last sharing among the records that ended in it. */
  #share(now: Millis, awaited: boolean): void {
    const { compute, wait, runQueue } = this.#columns;
    const from = this.#unsplit;
    const to = this.#length;
    this.#unsplit = to;
    this.#splitAt = now;
    if (!this.#split || from === to) return;
    const stretch = this.#split.stretch(now, awaited);
    let tasks = 0;
    for (let i = from; i < to; i++) tasks += compute[i]!;
    if (tasks <= 0) return;
    // Tasks that overlap sum to more than the thread's time: what its CPU does not explain, they waited.
    const cpuShare = Math.min(1, stretch.onCpu / tasks);
    // Nothing but computing: that is where the lengths stand already.
    if (cpuShare > 1 - 1e-6) return;
    const queueShare = Math.min(1 - cpuShare, stretch.runQueue / tasks);
    for (let i = from; i < to; i++) {
      const length = compute[i]!;
      compute[i] = length * cpuShare;
      runQueue[i] = length * queueShare;
      wait[i] = Math.max(0, length * (1 - cpuShare - queueShare));
    }
  }
}
