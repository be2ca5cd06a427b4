import type { Lane } from '../../profile/lane';
import type { Span } from '../layout/span';
import type { Band, Surface } from './surface';
import type { Theme } from './theme';

/** Marks failed tasks with a bar along the row's top, and a cross where there is room. Costs no more than its columns. */
export function paintFailures(surface: Surface, lane: Lane, view: Span, { top, bottom }: Band, theme: Theme): void {
  const { context, scale, width } = surface;
  const toX = width / (view.to - view.from);
  const thickness = Math.round(3 * scale);
  let at = firstFrom(lane, Math.max(0, lane.startedBefore(view.from) - 1));
  for (; at < lane.failures.length; ) {
    const index = lane.failures[at]!;
    const left = Math.round(Math.max(0, (lane.start[index]! - view.from) * toX));
    if (left >= width) return;
    const right = Math.max(left + 2 * scale, (lane.bodyEnd(index) - view.from) * toX);
    context.fillStyle = theme.css.failure;
    context.fillRect(left, top, Math.min(width, right) - left, thickness);
    if (right - left >= 16 * scale && bottom - top >= 12 * scale) cross(surface, Math.min(right, width) - 8 * scale, (top + thickness + bottom) / 2, theme);
    // The next one that is not in the same pixels.
    const beyond = lane.startedBefore(view.from + (Math.floor(left) + 1) / toX);
    at = Math.max(at + 1, firstFrom(lane, beyond));
  }
}

/** Position among the failures of the first that is task `index` or a later one. */
function firstFrom({ failures }: Lane, index: number): number {
  let low = 0;
  let high = failures.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (failures[middle]! < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A cross in a disc, as the error icon. */
function cross({ context, scale }: Surface, x: number, y: number, theme: Theme): void {
  const radius = 4.5 * scale;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.strokeStyle = theme.css.background;
  context.lineWidth = 1.25 * scale;
  const arm = 1.9 * scale;
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
}
