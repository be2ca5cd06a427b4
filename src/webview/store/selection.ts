import type { Millis } from '../../base/units';
import type { Lane } from '../../profile/lane';
import type { Lanes } from '../../profile/lanes';

/** A chosen task. Named by what does not change while records come in: its place in the lane may. */
export interface Selection {
  readonly worker: number;
  readonly slot: number;
  readonly start: Millis;
  readonly id: number;
}

export interface TaskPlace {
  /** Position among the lanes. */
  readonly row: number;
  readonly lane: Lane;
  /** Position in the lane. */
  readonly index: number;
}

export const selectionOf = (lane: Lane, index: number): Selection => ({
  worker: lane.worker,
  slot: lane.slot,
  start: lane.start[index]!,
  id: lane.id[index]!,
});

/** Where the task is now; `null` where the run does not have it. */
export function placeOf({ worker, slot, start, id }: Selection, lanes: Lanes): TaskPlace | null {
  const row = lanes.all.findIndex((lane) => lane.worker === worker && lane.slot === slot);
  const lane = lanes.all[row];
  if (!lane) return null;
  for (let index = lane.startedBefore(start); index < lane.length && lane.start[index] === start; index++) {
    if (lane.id[index] === id) return { row, lane, index };
  }
  return null;
}

/** The task that lane `row` ran at `time`, or the last one before; the first where none was. */
export function taskNear(lanes: Lanes, row: number, time: Millis): TaskPlace | null {
  const lane = lanes.all[row];
  if (!lane || lane.length === 0) return null;
  const index = Math.max(0, lane.startedBefore(time + 1e-9) - 1);
  return { row, lane, index };
}

/** The task `by` further in the same lane. */
export function taskBeside({ row, lane, index }: TaskPlace, by: number): TaskPlace {
  return { row, lane, index: Math.max(0, Math.min(lane.length - 1, index + by)) };
}

/** The next lane, up or down, that has a task; `null` where there is none. */
export function laneBeside(lanes: Lanes, row: number, by: 1 | -1): number | null {
  for (let other = row + by; other >= 0 && other < lanes.all.length; other += by) {
    if (lanes.all[other]!.length > 0) return other;
  }
  return null;
}

/** The task that took longest from call to return. Looks at every task. */
export function slowestOf(lanes: Lanes): TaskPlace | null {
  let slowest: TaskPlace | null = null;
  let longest = -1;
  for (const [row, lane] of lanes.all.entries()) {
    for (let index = 0; index < lane.length; index++) {
      const length = lane.duration(index);
      if (length <= longest) continue;
      longest = length;
      slowest = { row, lane, index };
    }
  }
  return slowest;
}
