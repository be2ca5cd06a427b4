import type { Millis, Share } from '../base/units';

/** Busy shares of every core at one moment, over the time since the sample before it. */
export interface CoreSample {
  /** End of the sampled span, from the run's origin. */
  readonly at: Millis;
  /** Length of the sampled span. */
  readonly span: Millis;
  /** By core: what this run's own threads used; `NaN` where the OS does not tell. */
  readonly ours: readonly Share[];
  /** By core: everything that was busy, ours included. */
  readonly busy: readonly Share[];
}

/** The core samples of a run, in order of time. */
export class CoreTable {
  readonly samples: CoreSample[] = [];

  append(sample: CoreSample): void {
    this.samples.push(sample);
  }

  /** Number of cores; 0 before the first sample. */
  get cores(): number {
    return this.samples[0]?.busy.length ?? 0;
  }
}
