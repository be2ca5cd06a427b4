import type { Millis } from '../../base/units';

/** A chunk should keep a worker busy about this long: 20 times and more the cost of its message (20 to 100 µs). */
const shortestGoal: Millis = 5;
/** Longer chunks cost less still, as far as nobody notices: this share of the time since the run began, up to so long. */
const goalShare = 0.02;
const longestGoal: Millis = 25;
/** Bounds memory: a chunk's inputs, results and records are all alive at once. */
const largest = 4096;

/**
 * How many tasks to send at once. Starts with one and doubles while chunks are quick, halves where they are slow, and
 * shrinks near the end so that no worker is left alone with a tail. Where nobody knows the end, the tail is one chunk:
 * about a fiftieth of the run, or 5 ms.
 */
export class ChunkSize {
  #size = 1;
  #goal = shortestGoal;
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

  /** Learns from a chunk of `count` tasks that its worker had for `span`; `elapsed` since the first chunk left. */
  learn(count: number, span: Millis, elapsed: Millis): void {
    this.#goal = Math.min(longestGoal, Math.max(shortestGoal, elapsed * goalShare));
    this.#perTask = span / count;
    if (span < this.#goal / 2 && count >= this.#size) this.#size = Math.min(this.#size * 2, largest);
    else if (span > this.#goal * 2 && count <= this.#size) this.#size = Math.max(1, this.#size >> 1);
  }

  /**
   * Chunks that one worker should hold: one to run and one to follow without a wait for the next message; but only one
   * where a chunk is long, since whatever waits behind it could start on another worker.
   */
  get depth(): number {
    if (this.#perTask === null) return 1;
    const long = this.#size === 1 ? 4 * shortestGoal : Math.max(4 * shortestGoal, 2 * this.#goal);
    return this.#perTask * this.#size > long ? 1 : 2;
  }
}
