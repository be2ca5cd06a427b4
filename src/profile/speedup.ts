import type { Millis } from '../base/units';
import type { Speedup } from '../protocol/report';
import { sharesLock } from './global-lock';
import type { RunFacts } from './summary';
import { duration } from './words';

export interface SpeedupSources {
  readonly run: RunFacts;
  readonly wall: Millis;
  /** How long the tasks would take one after another, without contention. */
  readonly alone: Millis;
  readonly recorded: boolean;
  /** Wall time of a measured sequential run over the same inputs. */
  readonly sequentialMs: Millis | null;
}

/** Sequential time ÷ wall time: measured where there is a sequential run, otherwise estimated from the tasks. */
export function speedupOf({ run, wall, alone, recorded, sequentialMs }: SpeedupSources): Speedup {
  if (sequentialMs !== null && wall > 0) {
    const basis = `A sequential run over the same inputs took ${duration(sequentialMs)}.`;
    return { measuredMs: sequentialMs, estimate: sequentialMs / wall, basis };
  }
  const unfinished = run.outcome === 'cancelled' || run.outcome === 'failed';
  if (run.plan.model === 'sequential' && run.phase === 'ended' && !unfinished) {
    return { measuredMs: wall, estimate: 1, basis: 'This run was the sequential one.' };
  }
  if (!recorded || wall === 0) return { estimate: null, basis: 'No task was measured.' };
  const end = unfinished ? ' Only tasks that finished are counted.' : '';
  return { estimate: alone / wall, basis: `${basisOf(run, alone)}${end}` };
}

function basisOf(run: RunFacts, alone: Millis): string {
  const overlaps = run.plan.concurrency > 1;
  const oneAtATime = sharesLock(run);
  if (!run.splitKnown) {
    const contention = overlaps || oneAtATime ? 'for each other or for a core' : 'for a core';
    return `The tasks took ${duration(alone)} in all. Time that they waited ${contention} is in it: the estimate may be too high.`;
  }
  if (oneAtATime) {
    return `The tasks took ${duration(alone)} in all, less what they may have waited for each other at the GIL.`;
  }
  if (overlaps) {
    return `The tasks took ${duration(alone)} in all, less what they may have waited for each other in one event loop.`;
  }
  if (!run.runQueueKnown) {
    return `The tasks took ${duration(alone)} in all. Time that they waited for a core is in it: the estimate may be too high.`;
  }
  return `The tasks were on a CPU or waiting for ${duration(alone)} in all; time in the queue for a core is left out.`;
}
