import type { RunData } from './run-data';

/**
 * Whether the run's threads share Python's global interpreter lock, by which one of them computes at a time: what a
 * thread waits then may be for the others and none of its own. Builds without the lock have a `t` behind their version.
 */
export const sharesLock = ({ target, plan, environment }: Pick<RunData, 'target' | 'plan' | 'environment'>): boolean =>
  target.language === 'python' && plan.model === 'threads' && !(environment?.runtimeVersion ?? '').endsWith('t');
