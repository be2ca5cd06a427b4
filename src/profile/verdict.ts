import type { Share } from '../base/units';
import type { Verdict, WorkClass } from '../protocol/report';
import { queueShare } from './findings/contention';
import { handoverCost } from './findings/handover';
import type { RunData } from './run-data';
import type { Summary } from './summary';
import { workClass, type WorkFacts } from './work-class';
import { count, duration, percent, times } from './words';

/** Share of the tasks' time in the queue for a core, beyond which a run shows the machine's load rather than its plan. */
const mostQueue: Share = 0.1;
export type VerdictFacts = WorkFacts & Pick<RunData, 'counts'>;

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
  const say = (what: WorkClass, ...sentences: string[]): Verdict => ({
    class: what,
    sentence: sentences.filter((sentence) => sentence !== '').join(' '),
    reasons,
  });
  const small = tooSmall(run, summary);
  if (run.counts.succeeded === 0) return say('unknown', 'No task succeeded, so that there is nothing to say of its time.');
  if (small) return say('too-small', small);
  const work = workClass(run, summary);
  return say(work.class, work.sentence, work.class === 'unknown' ? '' : gained(run, summary));
}

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
    return `Tasks waited for a core for ${percent(queue)} of their time, so that this run says little of the gain.`;
  }
  const rate = measuredMs === undefined ? 'an estimated ' : '';
  const with_ = run.plan.concurrency > 1 ? `${run.plan.concurrency} at a time in ${count(run.plan.workers, 'worker')}` : count(run.plan.workers, 'worker');
  return `With ${with_}, this run was ${rate}${times(estimate)} as fast as one task after another.`;
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
