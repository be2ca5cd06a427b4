import type { Millis, Share } from '../../../base/units';
import { monotonic } from '../thread/clock';
import { openCoreTimes } from './core-times';
import { OurThreads } from './our-threads';

export interface CoreShares {
  /** Length of the sampled time. */
  readonly span: Millis;
  /** By core; `null` where the OS does not tell whose time it was. */
  readonly ours: (Share | null)[];
  /** By core, everybody's. Clamped to 1: ticks are counted in tens of milliseconds. */
  readonly busy: Share[];
}

/** Samples how busy each core was since the sample before, and with whom. */
export class CoreSampler {
  readonly #read = openCoreTimes();
  readonly #threads = new OurThreads();
  #at = monotonic();
  #cores = this.#read();

  constructor() {
    this.#threads.used(this.#cores.length);
  }

  /** `null` where no time has passed. */
  sample(): CoreShares | null {
    const now = monotonic();
    const span = now - this.#at;
    if (span < 1) return null;
    const before = this.#cores;
    this.#at = now;
    this.#cores = this.#read();
    const used = this.#threads.used(this.#cores.length);
    const ours = this.#cores.map((_, core) => (used ? Math.min(1, used[core]! / span) : null));
    const busy = this.#cores.map((core, i) => {
      const was = before[i] ?? core;
      const took = core.busy - was.busy;
      const total = took + core.idle - was.idle;
      return Math.min(1, Math.max(total > 0 ? took / total : 0, ours[i] ?? 0));
    });
    return { span, ours, busy };
  }
}
