import type { Millis } from '../base/units';
import type { Timing } from '../protocol/report';
import type { LaneStart } from './lane-starts';
import type { RunFacts } from './summary';
import type { WorkerSums } from './worker-sums';

export interface TimingSources {
  readonly run: RunFacts;
  readonly wall: Millis;
  readonly lanes: number;
  readonly sums: readonly WorkerSums[];
  readonly recorded: boolean;
  readonly starts: ReadonlyMap<number, LaneStart>;
}

/** Divides the lanes' wall time. `null` where nothing was recorded, or the workers' starts are not known. */
export function timingOf(sources: TimingSources): Timing {
  const { run, wall, lanes, sums, recorded } = sources;
  const none = { startupMs: null, computeMs: null, onCpuMs: null, blockedMs: null, runQueueMs: null, transferMs: null, idleMs: null };
  if (!recorded) return { wallMs: wall, ...none };
  const sum = (of: (worker: WorkerSums) => Millis): Millis => sums.reduce((total, worker) => total + of(worker), 0);
  const computeMs = sum((worker) => worker.length);
  const split = {
    onCpuMs: run.splitKnown ? sum((worker) => worker.compute) : null,
    // Without the run queue, what is not on a CPU may be either.
    blockedMs: run.splitKnown && run.runQueueKnown ? sum((worker) => worker.wait) : null,
    runQueueMs: run.splitKnown && run.runQueueKnown ? sum((worker) => worker.runQueue) : null,
  };
  if (run.workers.length === 0) return { wallMs: wall, ...none, computeMs, ...split };
  const free = Math.max(0, lanes * wall - computeMs);
  const startupMs = Math.min(free, startup(sources));
  const transferMs = Math.min(free - startupMs, transfer(sources));
  return { wallMs: wall, startupMs, computeMs, ...split, transferMs, idleMs: free - startupMs - transferMs };
}

/** Lane time until the lanes' workers could take tasks, less what a lane was given before. */
function startup({ run, sums, starts }: TimingSources): Millis {
  let total = 0;
  for (const [id, { from, readyAt }] of starts) {
    const used = sums.find((worker) => worker.id === id)?.lanes.filter((lane) => lane !== undefined) ?? [];
    for (const lane of used) total += Math.max(0, Math.min(readyAt, lane.firstStart) - from);
    total += Math.max(0, run.plan.concurrency - used.length) * (readyAt - from);
  }
  return total;
}

function transfer({ sums, wall, starts }: TimingSources): Millis {
  let total = 0;
  for (const { id, lanes } of sums) {
    const readyAt = starts.get(id)?.readyAt ?? 0;
    for (const lane of lanes) total += lane?.transfer(readyAt, wall) ?? 0;
  }
  return total;
}
