import type { RunData } from '../../../src/profile/run-data';
import { summarise } from '../../../src/profile/summary';
import type { HistoryItem } from '../../../src/protocol/panel';

/** The line of a run in the history, as the host would make it. */
export function historyItem(run: RunData): HistoryItem {
  return {
    id: run.id,
    requestedAt: run.requestedAt,
    functionName: run.target.function,
    fileLabel: 'risk/pricing.ts',
    inputs: run.inputs.kind === 'expression' ? run.inputs.text : run.inputs.kind,
    model: run.plan.model,
    workers: run.plan.workers,
    outcome: run.outcome ?? 'running',
    message: run.message,
    wallMs: run.wallMs,
    speedup: summarise(run).speedup.estimate,
    counts: { ...run.counts },
    kept: true,
  };
}
