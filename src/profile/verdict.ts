import type { Millis, Share } from '../base/units';
import type { Verdict, WorkClass } from '../protocol/report';
import { queueShare } from './findings/contention';
import { handoverCost } from './findings/handover';
import type { RunData } from './run-data';
import type { Summary } from './summary';
import { count, duration, percent, times } from './words';

/** On-CPU share of the time that tasks did not wait for a core: from here up CPU-bound, from there down I/O-bound. */
const cpuFrom: Share = 0.9;
const ioUpTo: Share = 0.1;
/**
 * Linux counts a running thread's CPU time in scheduler ticks of up to 4 ms, so that less than this in all cannot be
 * told apart.
 */
const leastMeasured: Millis = 50;
/** Share of the tasks' time in the queue for a core, beyond which a run shows the machine's load rather than its plan. */
const mostQueue: Share = 0.1;
/** CPU time that other threads used while tasks waited, as a share of that wait, from which it counts as their work. */
const helpersFrom: Share = 0.5;
const leastHelped: Millis = 100;

export type VerdictFacts = Pick<RunData, 'plan' | 'counts' | 'splitKnown' | 'runQueueKnown' | 'workers'> & {
  readonly cores: Pick<RunData['cores'], 'samples'>;
};

/**
 * What one run supports saying of its tasks: what they spend their time on. Which model is best is not for one run to
 * say. `null` while it goes on, and where no task ran.
 *
 * CPU time ÷ wall time is no test: on a busy machine a pure loop has little of either. Time in the queue for a core is
 * taken out first; where the OS does not tell it, only a high share of CPU time says anything.
 */
export function verdictOf(run: VerdictFacts, summary: Summary): Verdict | null {
  if (summary.provisional || (summary.tasks === 0 && run.counts.succeeded === 0)) return null;
  const reasons = reasonsOf(run, summary);
  const say = (workClass: WorkClass, ...sentences: string[]): Verdict => ({
    class: workClass,
    sentence: sentences.filter((sentence) => sentence !== '').join(' '),
    reasons,
  });
  const small = tooSmall(run, summary);
  if (run.counts.succeeded === 0) return say('unknown', 'No task succeeded, so that there is nothing to say of its time.');
  if (small) return say('too-small', small);
  const { computeMs, onCpuMs, blockedMs } = summary.timing;
  if (computeMs === null) return say('unknown', 'The tasks were not measured.');
  if (onCpuMs === null) return say('unknown', 'This system does not tell computing from waiting.');
  if (computeMs < leastMeasured) return say('unknown', `The tasks took ${duration(computeMs)} in all, too little to tell computing from waiting.`);
  const share = onCpuMs / (onCpuMs + (blockedMs ?? computeMs - onCpuMs));
  if (share >= cpuFrom) return say('cpu-bound', `CPU-bound: tasks were computing for ${percent(share)} of ${theirTime(run)}.`, gained(run, summary));
  if (blockedMs === null) return say('unknown', 'This system does not tell waiting for a core from other waiting.');
  const helped = helpersShare(run, summary, blockedMs);
  if (helped !== null) {
    return say('mixed', `Mixed: tasks were waiting for ${percent(1 - share)} of their time, but ${helped} of CPU time was used meanwhile by other threads of the runtime, for compression or cryptography for example.`, gained(run, summary));
  }
  if (share <= ioUpTo) return say('io-bound', `I/O-bound: tasks were waiting for ${percent(1 - share)} of their time, not computing.`, gained(run, summary));
  return say('mixed', `Mixed: tasks were computing for ${percent(share)} of their time, and waiting for ${percent(1 - share)}.`, gained(run, summary));
}

const theirTime = (run: VerdictFacts) => (run.runQueueKnown ? 'the time that they had a core' : 'their time');

/** Why the work is not worth a pool; empty where it may be. */
function tooSmall(run: VerdictFacts, summary: Summary): string {
  const cost = handoverCost(summary);
  const { p50Ms } = summary.latency;
  if (run.plan.model === 'sequential' || p50Ms === null) return '';
  if (cost !== null && p50Ms <= cost) {
    return `Too small for a pool: a task takes ${duration(p50Ms)}, and handing one over costs ${duration(cost)}.`;
  }
  const { wallMs, computeMs, startupMs } = summary.timing;
  const starting = startupMs === null ? 0 : startupMs / summary.lanes;
  if (computeMs === null || computeMs >= starting || (summary.speedup.estimate ?? 1) >= 1) return '';
  return `Too small for a pool: all tasks together took ${duration(computeMs)}, and starting the workers ${duration(starting)} of ${duration(wallMs)}.`;
}

/** What this run gained, where it ran tasks at once, and had cores to run them on. */
function gained(run: VerdictFacts, summary: Summary): string {
  const { estimate, measuredMs } = summary.speedup;
  if (run.plan.model === 'sequential' || estimate === null) return '';
  const queue = queueShare(summary);
  if (measuredMs === undefined && queue !== null && queue > mostQueue) {
    return `They waited for a core for ${percent(queue)} of their time, so that this run says little of the gain.`;
  }
  const rate = measuredMs === undefined ? 'an estimated ' : '';
  const with_ = run.plan.concurrency > 1 ? `${run.plan.concurrency} at a time in ${count(run.plan.workers, 'worker')}` : count(run.plan.workers, 'worker');
  return `With ${with_}, this run was ${rate}${times(estimate)} as fast as one task after another.`;
}

/** CPU time of the run's other threads while its tasks waited, in words; `null` where it is not known or not much. */
function helpersShare(run: VerdictFacts, { timing, ends }: Summary, blockedMs: Millis): string | null {
  const begun = Math.min(...ends.map(({ readyAt }) => readyAt));
  let used = 0;
  for (const { at, span, ours } of run.cores.samples) {
    if (at - span >= begun) used += ours.reduce((sum, share) => sum + share, 0) * span;
  }
  const helpers = used - (timing.onCpuMs ?? 0);
  return helpers >= leastHelped && helpers >= helpersFrom * blockedMs ? duration(helpers) : null;
}

function reasonsOf(run: VerdictFacts, summary: Summary): string[] {
  const { onCpuMs, blockedMs, runQueueMs } = summary.timing;
  const queue = queueShare(summary);
  return [
    `${count(summary.tasks, 'task')} measured in a run with ${count(run.plan.workers, 'worker')}.`,
    ...(onCpuMs === null ? [] : [`On a CPU: ${duration(onCpuMs)}.`]),
    ...(blockedMs === null ? [] : [`Waiting: ${duration(blockedMs)}.`]),
    ...(runQueueMs === null || queue === null ? [] : [`In the queue for a core: ${duration(runQueueMs)}, ${percent(queue)} of the tasks’ time.`]),
    summary.speedup.basis,
  ];
}
