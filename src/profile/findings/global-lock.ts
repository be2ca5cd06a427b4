import type { Share } from '../../base/units';
import { sharesLock } from '../global-lock';
import { count, duration, percent } from '../words';
import type { Finder } from './finding';

/** Of the time in which any task ran, the share that some task was on a CPU, from which the lock is what held the others. */
const alwaysHeld: Share = 0.8;
/** Waiting of tasks, as a share of their time, that makes it worth telling. */
const leastWaiting: Share = 0.2;

/** Threads that took turns at Python's global interpreter lock. */
export const findGlobalLock: Finder = (run, { timing, ends }) => {
  const { computeMs, onCpuMs } = timing;
  if (!sharesLock(run) || ends.length < 2 || computeMs === null || onCpuMs === null) return null;
  const from = Math.min(...ends.map(({ readyAt }) => readyAt));
  const to = Math.max(...ends.map(({ endedAt }) => endedAt));
  const held = onCpuMs / (to - from);
  const waiting = 1 - onCpuMs / computeMs;
  if (!(held >= alwaysHeld) || waiting < leastWaiting) return null;
  const sentence = `The GIL lets one thread compute at a time: ${count(ends.length, 'thread')} computed for ${duration(onCpuMs)} of ${duration(to - from)} together, and waited ${percent(waiting)} of their time. Processes do not share it.`;
  return { kind: 'global-lock', from, to, value: held, unit: 'cores', sentence };
};
