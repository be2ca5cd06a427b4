import { count, duration, percent } from '../words';
import type { Summary } from '../summary';
import type { Finder } from './finding';

/** Share of the tasks' time that they waited for a core, from which more workers than cores are told of. */
const leastQueue = 0.05;
/** Share of the wall time that a quota must have held the run back. */
const leastThrottled = 0.01;

export const findOversubscription: Finder = (run, summary) => {
  const usable = Math.max(1, Math.ceil(run.environment?.usableCores ?? Infinity));
  const queue = queueShare(summary);
  if (run.plan.workers <= usable || queue === null || queue < leastQueue) return null;
  const sentence = `${run.plan.workers} workers shared ${count(usable, 'core')}: tasks waited ${percent(queue)} of their time for one. Try ${count(usable, 'worker')}.`;
  return { kind: 'oversubscribed', from: 0, to: summary.timing.wallMs, value: queue, unit: 'share', sentence };
};

export const findThrottling: Finder = (run, { timing }) => {
  const held = run.throttledMs;
  if (held === null || held < leastThrottled * timing.wallMs || held <= 0) return null;
  const allowed = run.environment ? ` of ${count(run.environment.usableCores, 'core')}` : '';
  const sentence = `The container’s quota${allowed} held the run back for ${duration(held)}, summed over its cores. More workers cannot help.`;
  return { kind: 'throttled', from: 0, to: timing.wallMs, value: held, unit: 'ms', sentence };
};

/** Share of the time inside the user's function that was spent waiting for a core; `null` where it is not known. */
export function queueShare({ timing }: Summary): number | null {
  const { computeMs, runQueueMs } = timing;
  return computeMs === null || runQueueMs === null || computeMs === 0 ? null : runQueueMs / computeMs;
}
