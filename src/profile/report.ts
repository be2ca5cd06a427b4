import type { Millis } from '../base/units';
import type { CoreSummary, RunReport, Speedup, WorkerSummary } from '../protocol/report';
import { reportResults } from './report-results';
import type { RunData } from './run-data';
import { summarise, type Summary } from './summary';
import { verdictOf } from './verdict';

/**
 * The run report, version 1: what commands resolve to and what `--json` prints. It is plain JSON.
 * Times are rounded to nanoseconds: more digits than that are those of the arithmetic.
 * @param sequentialMs wall time of a measured sequential run over the same inputs
 */
export function toReport(run: RunData, sequentialMs: Millis | null = null): RunReport {
  const summary = summarise(run, sequentialMs);
  const verdict = verdictOf(run, summary);
  const { language, file, function: name, line } = run.target;
  const message = run.message ?? (run.phase === 'ended' ? null : 'The run has not ended.');
  return {
    version: 1,
    target: { language, file, function: name, line },
    plan: run.plan,
    environment: run.environment,
    outcome: run.outcome ?? 'failed',
    ...(message === null ? {} : { message }),
    counts: { ...run.counts },
    ...(run.results ? { results: reportResults(run.results, run.previews) } : {}),
    errors: [...run.errors],
    ...figures(summary),
    ...(run.throttledMs === null ? {} : { throttledMs: rounded(run.throttledMs) }),
    warnings: [...run.warnings],
    ...(verdict ? { verdict } : {}),
  };
}

function figures({ timing, speedup, latency, workers, cores }: Summary): Pick<RunReport, 'timing' | 'speedup' | 'latency' | 'workers' | 'cores'> {
  return {
    timing: allRounded(timing),
    speedup: allRounded<Speedup>(speedup),
    latency: allRounded(latency),
    workers: workers.map((worker) => allRounded<WorkerSummary>(worker)),
    cores: cores.map((core) => allRounded<CoreSummary>(core)),
  };
}

const rounded = (value: number) => Math.round(value * 1e6) / 1e6;

/** The same figures, each number rounded. */
function allRounded<T extends object>(figures: T): T {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value])) as T;
}
