import type { Millis } from '../../base/units';
import { type Lane, State, stateCount } from '../../profile/lane';
import { shareOfSpan } from '../../profile/shares';

const one = new Float64Array(stateCount);

/** Mean shares of the lanes' time in each state over `[from, to)`, and what is left idle, as the last entry. */
export function meanShares(lanes: readonly Lane[], from: Millis, to: Millis): number[] {
  const sums = new Array<number>(stateCount + 1).fill(0);
  if (to <= from || lanes.length === 0) return sums;
  for (const lane of lanes) {
    shareOfSpan(lane, from, to, one);
    for (let state = 0; state < stateCount; state++) sums[state]! += one[state]! / lanes.length;
  }
  sums[stateCount] = Math.max(0, 1 - sums.slice(0, stateCount).reduce((sum, share) => sum + share, 0));
  return sums;
}

export interface StateName {
  readonly state: State;
  readonly name: string;
  readonly filling: 'computing' | 'waiting' | 'queueing' | 'overhead';
}

/** The states that a run can tell apart, under the names that are true of it. */
export function stateNames({ splitKnown, runQueueKnown }: { splitKnown: boolean; runQueueKnown: boolean }): StateName[] {
  const overhead: StateName = { state: State.overhead, name: 'transfer, start-up', filling: 'overhead' };
  if (!splitKnown) return [{ state: State.computing, name: 'in your code', filling: 'computing' }, overhead];
  return [
    { state: State.computing, name: 'computing', filling: 'computing' },
    { state: State.waiting, name: runQueueKnown ? 'waiting on I/O' : 'not on a core', filling: 'waiting' },
    ...(runQueueKnown ? [{ state: State.waitingForCore, name: 'waiting for a core', filling: 'queueing' } as const] : []),
    overhead,
  ];
}
