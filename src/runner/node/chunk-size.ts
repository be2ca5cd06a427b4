import type { Millis } from '../../base/units';

/** A chunk should keep a worker busy about this long: 20 times and more the cost of its message (20 to 100 µs). */
const goal: Millis = 5;
/** Bounds memory: a chunk's inputs, results and records are all alive at once. */
const largest = 4096;

/**
 * How many tasks to send at once. Starts with one and doubles while chunks are quick, halves where they are slow, and
 * shrinks near the end so that no worker is left alone with a tail.
 */
export class ChunkSize {
  #size = 1;
  /** Time of one task, ms, from the newest chunk; `null` before the first answer. */
  #perTask: Millis | null = null;

  constructor(
    private readonly wish: number | 'auto',
    private readonly workers: number,
  ) {}

  /** Size of the next chunk. `remaining`: inputs not sent yet, `null` where nobody knows. */
  next(remaining: number | null): number {
    if (this.wish !== 'auto') return Math.max(1, Math.min(this.wish, remaining ?? this.wish));
    const fair = remaining === null ? this.#size : Math.ceil(remaining / (4 * this.workers));
    return Math.max(1, Math.min(this.#size, fair));
  }

  /** Learns from a chunk of `count` tasks that its worker had for `span`. */
  learn(count: number, span: Millis): void {
    this.#perTask = span / count;
    if (span < goal / 2 && count >= this.#size) this.#size = Math.min(this.#size * 2, largest);
    else if (span > goal * 2 && count <= this.#size) this.#size = Math.max(1, this.#size >> 1);
  }

  /**
   * Chunks that one worker should hold: one to run and one to follow without a wait for the next message; but only one
   * where a chunk is long, since whatever waits behind it could start on another worker.
   */
  get depth(): number {
    if (this.#perTask === null) return 1;
    return this.#perTask * this.#size > 4 * goal ? 1 : 2;
  }
}
