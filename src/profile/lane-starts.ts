import type { Millis } from '../base/units';
import type { WorkerLife } from './run-data';

/** When the lanes of a worker came to be, and when they could take tasks. */
export interface LaneStart {
  /** With the run; for a worker that replaces a dead one, with its thread. */
  readonly from: Millis;
  /** Its module was loaded, and the first input was there. */
  readonly readyAt: Millis;
}

interface StartFacts {
  readonly workers: readonly WorkerLife[];
  readonly plan: { readonly workers: number };
}

/**
 * By worker. The first workers of a run have the first numbers; later numbers replace the dead.
 * A worker that never came so far was starting until it ended, or still is.
 * @param firstMade when the first input was there; `Infinity` where no task has told
 */
export function laneStarts(run: StartFacts, wall: Millis, firstMade: Millis): Map<number, LaneStart> {
  const within = (time: Millis): Millis => Math.min(wall, Math.max(0, time));
  const inputsAt = Number.isFinite(firstMade) ? firstMade : 0;
  return new Map(
    run.workers.map(({ id, spawnedAt, readyAt, endedAt }) => {
      const from = id < run.plan.workers ? 0 : within(spawnedAt);
      return [id, { from, readyAt: Math.max(from, within(Math.max(inputsAt, readyAt ?? endedAt ?? wall))) }];
    }),
  );
}
