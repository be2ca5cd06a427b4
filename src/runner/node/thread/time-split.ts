import type { Millis } from '../../../base/units';
import type { CpuMeter, CpuReading } from './cpu-meter';

/**
 * What a stretch of a thread's time went to; `onCpu + runQueue + blocked` is its length.
 */
export interface Stretch {
  readonly onCpu: Millis;
  /** Runnable, without a core. */
  readonly runQueue: Millis;
  readonly blocked: Millis;
}

/**
 * Splits a thread's time into on-CPU, run-queue and blocked, from a meter that lags.
 *
 * Linux adds a running thread's CPU time to its account at each scheduler tick and when the thread leaves its core, so a
 * reading may miss up to `lag` of the newest. Taken as it is, a pure loop of 2 ms tasks would read as half blocked. So
 * the blocked time is kept as a running total B, which must lie within [hi - lag, hi], where
 * hi = wall - onCpu - runQueue as metered since the base; each stretch gets what B grew by.
 *
 * Time that nothing accounts for need not be waiting: on a virtual machine the host may have run others meanwhile. A
 * thread that waits leaves its core of its own accord; where it never did, such time counts as waiting for a core.
 */
export class TimeSplit {
  #base: CpuReading;
  #baseAt: Millis;
  #last: CpuReading;
  #lastAt: Millis;
  #blocked: Millis = 0;
  #yields: number;
  /** What may have been blocked before the thread was last asked for its yields, and has not come to light yet. */
  #late: Millis = 0;

  constructor(
    private readonly meter: CpuMeter,
    now: Millis,
    private readonly lag: Millis,
  ) {
    this.#base = this.#last = meter();
    this.#baseAt = this.#lastAt = now;
    this.#yields = meter.yields();
  }

  /** Leaves out the time up to `now`: no task ran in it. */
  skip(now: Millis): void {
    const reading = this.meter();
    if (reading.slices === this.#last.slices) {
      // The thread never left its core: it worked on something else, and its account may not show that yet.
      const gap = now - this.#lastAt;
      this.#base = { ...this.#base, onCpu: this.#base.onCpu + gap };
      this.#baseAt += gap;
    } else {
      this.#base = reading;
      this.#baseAt = now;
      this.#blocked = 0;
      this.#late = 0;
    }
    this.#last = reading;
    this.#lastAt = now;
  }

  /**
   * What the time since the last call went to. `woken`: the stretch ends right after the thread was woken, as an awaited
   * task does, so that the account is nearly exact; otherwise it may lag, and only what must have been blocked counts.
   */
  stretch(now: Millis, woken: boolean): Stretch {
    const length = now - this.#lastAt;
    const reading = this.meter();
    const runQueue = clamp(reading.runQueue - this.#last.runQueue || 0, 0, length);
    const hi = now - this.#baseAt - (reading.onCpu - this.#base.onCpu) - (reading.runQueue - this.#base.runQueue || 0);
    const stayed = reading.slices === this.#last.slices;
    const target = stayed ? this.#blocked : woken ? hi : clamp(this.#blocked, hi - this.lag, hi);
    const missing = clamp(target - this.#blocked, 0, length - runQueue);
    this.#blocked += missing;
    this.#last = reading;
    this.#lastAt = now;
    const blocked = missing === 0 || woken ? missing : this.#waited(missing, hi);
    return { onCpu: length - runQueue - missing, runQueue: runQueue + missing - blocked, blocked };
  }

  /** The part of time that is missing in which the thread itself had left its core. */
  #waited(missing: Millis, hi: Millis): Millis {
    const blocked = this.#hasYielded() ? missing : Math.min(missing, this.#late);
    this.#late = blocked < missing ? 0 : Math.max(0, hi - this.#blocked);
    return blocked;
  }

  /** Whether the thread may have waited since this was asked last. */
  #hasYielded(): boolean {
    const before = this.#yields;
    this.#yields = this.meter.yields();
    return this.#yields !== before;
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
