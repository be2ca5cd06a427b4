import type { Millis } from '../base/units';
import type { CoreSummary } from '../protocol/report';
import type { CoreSample } from './core-table';

/** Means over the core samples of a run, each weighed by its span. */
export class CoreSums {
  #samples = 0;
  #span: Millis = 0;
  readonly #busy: number[] = [];
  /** `NaN` for a core once a sample did not tell. */
  readonly #ours: number[] = [];

  /** The means over `samples`, of which only those that came since the last call are read. */
  upTo(samples: readonly CoreSample[]): CoreSummary[] {
    for (; this.#samples < samples.length; this.#samples++) this.#add(samples[this.#samples]!);
    if (this.#span === 0) return [];
    return this.#busy.map((busy, core) => ({
      core,
      utilisation: busy / this.#span,
      ours: Number.isNaN(this.#ours[core]) ? null : this.#ours[core]! / this.#span,
    }));
  }

  #add({ span, busy, ours }: CoreSample): void {
    this.#span += span;
    for (const [core, share] of busy.entries()) {
      this.#busy[core] = (this.#busy[core] ?? 0) + share * span;
      this.#ours[core] = (this.#ours[core] ?? 0) + (ours[core] ?? Number.NaN) * span;
    }
  }
}
