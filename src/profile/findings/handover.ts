import type { Millis } from '../../base/units';
import type { Summary } from '../summary';
import { duration, percent } from '../words';
import { queueShare } from './contention';
import type { Finder } from './finding';

/** Share of the lanes' time from which transfer is told of, and the mean length from which data are its cause. */
const leastTransfer = 0.1;
const leastMean: Millis = 1;
/** So few tasks say nothing of what one costs. */
const fewest = 10;

/** Where tasks waited longer than this for a core, messages did so too, and their way says nothing of what they carry. */
const mostQueue = 0.1;

/** Data that take long on their way. */
export const findTransfer: Finder = (_run, summary) => {
  const { overhead, transfers, timing } = summary;
  if ((queueShare(summary) ?? 0) > mostQueue) return null;
  if (!overhead || overhead.transfer < leastTransfer || transfers.meanMs === null || transfers.meanMs < leastMean) return null;
  const sentence = `Transfer took ${percent(overhead.transfer)} of the workers’ time, ${duration(transfers.meanMs)} each way on average. Send less: a path, a range or a key in place of the data.`;
  return { kind: 'transfer', from: 0, to: timing.wallMs, value: overhead.transfer, unit: 'share', sentence };
};

/** Tasks that are shorter than what handing one over costs. */
export const findSmallTasks: Finder = (run, summary) => {
  const cost = handoverCost(summary);
  const median = summary.latency.p50Ms;
  if (run.plan.model === 'sequential' || cost === null || median === null || median > cost) return null;
  const sentence = `Half of the tasks took ${duration(median)} or less, and handing one over ${duration(cost)}. Make each task larger, or call it in a plain loop.`;
  return { kind: 'small-tasks', from: 0, to: summary.timing.wallMs, value: cost, unit: 'ms', sentence };
};

/**
 * Lane time that one task costs beside its own: from when a lane could take tasks to its last task's end, less the
 * tasks themselves, by task. `null` for so few tasks that it would mean nothing.
 */
export function handoverCost({ ends, tasks }: Summary): Millis | null {
  if (tasks < fewest) return null;
  const beside = ends.reduce((sum, { readyAt, endedAt, busyMs }) => sum + Math.max(0, endedAt - readyAt - busyMs), 0);
  return beside / tasks;
}
