/** What the tooltip says of a moment in a lane. */
import type { Millis } from '../../base/units';
import { type Lane, State, stateCount } from '../../profile/lane';
import { shareOfSpan } from '../../profile/shares';
import { duration, grouped, percent } from '../../profile/words';

export interface Hover {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
  /** Task under the pointer, where it is wide enough to be pointed at. */
  readonly task: number | null;
}

/** Pixels that a task must have to be pointed at. */
const pointable = 3;

/** @param perPixel length of time that a pixel shows */
export function hoverAt(lane: Lane, time: Millis, perPixel: Millis): Hover {
  const task = lane.startedBefore(time + 1e-12) - 1;
  const isOn = task >= 0 && time < lane.bodyEnd(task) + lane.transferOut[task]!;
  if (isOn && lane.duration(task) >= pointable * perPixel) return overTask(lane, task, time);
  return overStretch(lane, time, perPixel);
}

function overTask(lane: Lane, task: number, time: Millis): Hover {
  const states: [string, number][] = [
    ['transfer in', lane.transferIn[task]!],
    ['computing', lane.compute[task]!],
    ['waiting for a core', lane.runQueue[task]!],
    ['waiting', lane.wait[task]!],
    ['transfer out', lane.transferOut[task]!],
  ];
  return {
    task,
    title: `#${grouped(lane.id[task]!)} · ${duration(lane.duration(task))}`,
    lines: [
      ...states.filter(([, length]) => length > 0).map(([name, length]): [string, string] => [name, duration(length)]),
      ['worker', laneName(lane)],
      ['at', duration(time)],
    ],
  };
}

const out = new Float64Array(stateCount);

function overStretch(lane: Lane, time: Millis, perPixel: Millis): Hover {
  const from = Math.max(0, time - perPixel);
  const to = time + perPixel;
  shareOfSpan(lane, from, to, out);
  const idle = Math.max(0, 1 - out.reduce((sum, share) => sum + share, 0));
  const shares: [string, number][] = [
    ['computing', out[State.computing]!],
    ['waiting for a core', out[State.waitingForCore]!],
    ['waiting', out[State.waiting]!],
    ['overhead', out[State.overhead]!],
    ['idle', idle],
  ];
  return {
    task: null,
    title: `${laneName(lane)} · ${duration(time)} ± ${duration(perPixel)}`,
    lines: [
      ...shares.filter(([, share]) => share >= 0.0005).map(([name, share]): [string, string] => [name, percent(share)]),
      ['tasks called', grouped(lane.startedBefore(to) - lane.startedBefore(from))],
    ],
  };
}

/** `W3`; with its slot where a worker has several. */
export const laneName = ({ worker, slot }: Lane): string => (slot === 0 ? `W${worker}` : `W${worker}·${slot}`);
