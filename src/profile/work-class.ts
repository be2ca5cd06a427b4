import type { Millis, Share } from '../base/units';
import type { WorkClass } from '../protocol/report';
import type { RunData } from './run-data';
import { sharesLock } from './global-lock';
import type { Summary } from './summary';
import { duration, percent } from './words';

/** On-CPU share of the time that tasks did not wait for a core: from here up CPU-bound, from there down I/O-bound. */
const cpuFrom: Share = 0.9;
const ioUpTo: Share = 0.1;
/**
 * Linux adds a running thread's CPU time to its account in scheduler ticks of up to 4 ms: what is less than this in all
 * cannot be told apart.
 */
const leastMeasured: Millis = 50;
/** CPU time that other threads used while tasks waited, as a share of that wait, from which it counts as their work. */
const helpersFrom: Share = 0.5;
const leastHelped: Millis = 100;

export type WorkFacts = Pick<RunData, 'runQueueKnown' | 'target' | 'plan' | 'environment'> & { readonly cores: Pick<RunData['cores'], 'samples'> };

/** What tasks spend their time on, in a sentence. Presumes that some task succeeded. */
export function workClass(run: WorkFacts, summary: Summary): { readonly class: WorkClass; readonly sentence: string } {
  const unknown = (sentence: string) => ({ class: 'unknown', sentence }) as const;
  const { computeMs, onCpuMs, blockedMs } = summary.timing;
  if (computeMs === null) return unknown('The tasks were not measured.');
  if (onCpuMs === null) return unknown('This system does not tell computing from waiting.');
  if (computeMs < leastMeasured) return unknown(`The tasks took ${duration(computeMs)} in all, too little to tell computing from waiting.`);
  const share = computingShare(summary, computeMs, onCpuMs);
  if (share.least >= cpuFrom) {
    const time = run.runQueueKnown ? 'the time that they had a core' : 'their time';
    return { class: 'cpu-bound', sentence: `CPU-bound: tasks were computing for ${percent(share.least)} of ${time}.` };
  }
  if (blockedMs === null) return unknown('This system does not tell waiting for a core from other waiting.');
  const helped = helpersTime(run, summary, onCpuMs);
  if (helped !== null) {
    const sentence = `Mixed: while tasks were waiting, other threads of the runtime used ${duration(helped)} of CPU time, for compression or cryptography for example.`;
    return { class: 'mixed', sentence };
  }
  if (share.most <= ioUpTo) return { class: 'io-bound', sentence: `I/O-bound: tasks were waiting for ${percent(1 - share.most)} of their time, not computing.` };
  if (share.least <= ioUpTo || share.most >= cpuFrom) {
    const where = sharesLock(run) ? 'at the GIL, which lets one thread compute at a time' : 'in one event loop';
    return unknown(`Tasks waited for each other ${where}, so that their computing and their waiting cannot be told apart. A sequential run can tell.`);
  }
  const computing = percent(share.least) === percent(share.most) ? percent(share.least) : `${percent(share.least)} to ${percent(share.most)}`;
  return { class: 'mixed', sentence: `Mixed: tasks were computing for ${computing} of their time, and waiting for the rest.` };
}

/**
 * Share of their own time that tasks were on a CPU. Where tasks overlap in one thread, or take turns at a lock, some of their waiting is for each
 * other and not their own: how much is not known, so that there is a least and a most.
 */
function computingShare({ timing, workMs }: Summary, computeMs: Millis, onCpuMs: Millis): { readonly least: Share; readonly most: Share } {
  const least = onCpuMs / (timing.blockedMs === null ? computeMs : onCpuMs + timing.blockedMs);
  return { least, most: workMs === null || workMs === 0 ? least : Math.max(least, onCpuMs / workMs) };
}

/** CPU time of the run's other threads while its tasks waited; `null` where it is not known or not much. */
function helpersTime(run: WorkFacts, { timing, workers, ends }: Summary, onCpuMs: Millis): Millis | null {
  const begun = Math.min(...ends.map(({ readyAt }) => readyAt));
  let used = 0;
  for (const { at, span, ours } of run.cores.samples) {
    if (at - span >= begun) used += ours.reduce((sum, share) => sum + share, 0) * span;
  }
  const helpers = used - onCpuMs;
  const waited = workers.reduce((sum, { busyMs }) => sum + busyMs, 0) - onCpuMs - (timing.runQueueMs ?? 0);
  return helpers >= leastHelped && helpers >= helpersFrom * waited ? helpers : null;
}
