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
  /** What is counted as it. */
  readonly meaning: string;
}

/** The states that a run can tell apart, under the names that are true of it. */
export function stateNames({ splitKnown, runQueueKnown }: { splitKnown: boolean; runQueueKnown: boolean }): StateName[] {
  const overhead: StateName = {
    state: State.overhead,
    name: 'overhead',
    filling: 'overhead',
    meaning: 'start-up of the worker, and transfer of inputs and results',
  };
  if (!splitKnown) return [{ state: State.computing, name: 'in your code', filling: 'computing', meaning: 'inside the function, computing or waiting: this system does not tell' }, overhead];
  return [
    { state: State.computing, name: 'computing', filling: 'computing', meaning: 'inside the function, on a core' },
    { state: State.waiting, name: runQueueKnown ? 'waiting' : 'not on a core', filling: 'waiting', meaning: runQueueKnown ? 'inside the function, for I/O, timers or locks' : 'inside the function, waiting for I/O, timers, locks or a core' },
    ...(runQueueKnown ? [{ state: State.waitingForCore, name: 'waiting for a core', filling: 'queueing', meaning: 'inside the function and ready, while others had the cores' } as const] : []),
    overhead,
  ];
}
