import type { RunData } from '../../profile/run-data';
import { SummaryAccumulator } from '../../profile/summary';
import type { PanelFigures } from '../../protocol/panel';

/** The figures of runs. Each record is read once, however often a live run's figures are asked for. */
export class Figures {
  readonly #known = new WeakMap<RunData, { readonly concurrency: number; readonly sums: SummaryAccumulator }>();

  of(run: RunData): PanelFigures {
    const sums = this.#sumsOf(run);
    const { tasks, lanes, timing, speedup, efficiency, overhead, latency, peakMemoryMb, loss, workers, cores } =
      sums.summary(run);
    const { throttledMs } = run;
    return {
      ...{ tasks, lanes, timing, speedup, efficiency, overhead, latency, peakMemoryMb, loss, workers, cores, throttledMs },
      verdict: null,
      findings: [],
    };
  }

  #sumsOf(run: RunData): SummaryAccumulator {
    const { concurrency } = run.plan;
    let known = this.#known.get(run);
    // The engine may settle the numbers of a plan after the run's start.
    if (known?.concurrency !== concurrency) known = { concurrency, sums: new SummaryAccumulator(concurrency) };
    this.#known.set(run, known);
    takeNew(run, known.sums);
    return known.sums;
  }
}

/** Adds the records that came since the last time. */
function takeNew(run: RunData, sums: SummaryAccumulator): void {
  let first = 0;
  for (const { columns, length } of run.records.blocks()) {
    const from = Math.max(0, sums.tasks - first);
    if (from < length) sums.add(columns, from, length);
    first += length;
  }
}
