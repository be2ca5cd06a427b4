import type { Millis } from '../base/units';
import type { Lane } from './lane';
import { gallop } from './search';

/**
 * How many of `total` tasks were not yet called at the right edge of each of `width` columns over `[from, to)`.
 * Fewer can be queued in the runner at any time where inputs are read as they are needed; it is what was left to do.
 */
export function queueLine(lanes: readonly Lane[], total: number, from: Millis, to: Millis, width: number): Float64Array {
  const left = new Float64Array(width).fill(total);
  const step = (to - from) / width;
  for (const lane of lanes) {
    let started = 0;
    for (let column = 0; column < width; column++) {
      started = gallop(lane.start, from + (column + 1) * step, started, lane.length);
      left[column]! -= started;
    }
  }
  return left;
}
