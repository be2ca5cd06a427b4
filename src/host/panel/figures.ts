import { findingsOf } from '../../profile/findings';
import { sharesLock } from '../../profile/global-lock';
import type { RunData } from '../../profile/run-data';
import { SummaryAccumulator } from '../../profile/summary';
import { verdictOf } from '../../profile/verdict';
import type { PanelFigures } from '../../protocol/panel';

/** The figures of runs. Each record is read once, however often a live run's figures are asked for. */
export class Figures {
  readonly #known = new WeakMap<RunData, { readonly concurrency: number; readonly oneAtATime: boolean; readonly sums: SummaryAccumulator }>();

  of(run: RunData): PanelFigures {
    const summary = this.#sumsOf(run).summary(run);
    const { tasks, lanes, timing, speedup, efficiency, overhead, latency, peakMemoryMb, loss, workers, cores } = summary;
    return {
      ...{ tasks, lanes, timing, speedup, efficiency, overhead, latency, peakMemoryMb, loss, workers, cores },
      throttledMs: run.throttledMs,
      verdict: verdictOf(run, summary),
      findings: findingsOf(run, summary).map(({ sentence, from, to }) => ({ text: sentence, from, to })),
    };
  }

  #sumsOf(run: RunData): SummaryAccumulator {
    const { concurrency } = run.plan;
    const oneAtATime = sharesLock(run);
    let known = this.#known.get(run);
    // The engine may settle the numbers of a plan after the run's start, and the runner says later whether it has a lock.
    if (known?.concurrency !== concurrency || known.oneAtATime !== oneAtATime) {
      known = { concurrency, oneAtATime, sums: new SummaryAccumulator(concurrency, oneAtATime) };
    }
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
