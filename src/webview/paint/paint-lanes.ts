import type { Millis } from '../../base/units';
import { type Lane, stateCount } from '../../profile/lane';
import { shares } from '../../profile/shares';
import { type Rows, rowsInSight, rowTop } from '../layout/rows';
import type { Span } from '../layout/span';
import { paintFailures } from './failures';
import { paintSlices } from './slices';
import { paintStack, type Shown } from './stack';
import type { Band, Surface } from './surface';
import type { Theme } from './theme';

export interface Mark {
  readonly row: number;
  readonly index: number;
}

export interface LaneScene {
  readonly lanes: readonly Lane[];
  readonly rows: Rows;
  /** CSS pixels that the rows are scrolled down by. */
  readonly scrolled: number;
  readonly view: Span;
  readonly shown: Shown;
  readonly selected: Mark | null;
  readonly hovered: Mark | null;
  /** The present while the run goes on; `null` afterwards. */
  readonly now: Millis | null;
}

let buffer = new Float64Array(0);

/** Room for the shares of `width` columns; one buffer for all rows. */
export function shareBuffer(width: number): Float64Array {
  if (buffer.length < width * stateCount) buffer = new Float64Array(width * stateCount);
  return buffer;
}

export function paintLanes(surface: Surface, scene: LaneScene, theme: Theme): void {
  const { lanes, rows, scrolled, view } = scene;
  const sight = rowsInSight(rows, scrolled);
  const few: number[] = [];
  surface.pixels.fill(theme.pixel.background);
  const out = shareBuffer(surface.width);
  for (let row = sight.from; row < sight.to; row++) {
    const lane = lanes[row];
    if (!lane) continue;
    const { top, bottom } = band(surface, scene, row);
    const visible = shares(lane, view.from, view.to, surface.width, out);
    paintStack(surface, theme, out, 1, top, bottom, scene.shown);
    // Fewer than a task every 5 pixels can be told apart.
    if (visible < surface.width / 5) few.push(row);
  }
  surface.put();
  for (const row of few) paintSlices(surface, lanes[row]!, view, band(surface, scene, row), theme);
  for (let row = sight.from; row < sight.to; row++) {
    const lane = lanes[row];
    if (lane && lane.failures.length > 0) paintFailures(surface, lane, view, band(surface, scene, row), theme);
  }
  if (scene.hovered) outline(surface, scene, scene.hovered, 1, theme);
  if (scene.selected) outline(surface, scene, scene.selected, 2, theme);
  paintNow(surface, view, scene.now, theme);
}

/** Where a row is, in device pixels. */
function band(surface: Surface, { rows, scrolled }: LaneScene, row: number): Band {
  const top = Math.round((rowTop(rows, row) - scrolled) * surface.scale);
  return { top, bottom: top + Math.round(rows.height * surface.scale) };
}

/** A box around a task, at least 4 pixels wide, with a rim of the background's colour where it is thick. */
function outline(surface: Surface, scene: LaneScene, { row, index }: Mark, thickness: number, theme: Theme): void {
  const lane = scene.lanes[row];
  if (!lane || index >= lane.length) return;
  const { context, scale } = surface;
  const toX = surface.width / (scene.view.to - scene.view.from);
  const begin = (lane.start[index]! - scene.view.from) * toX;
  const end = (lane.bodyEnd(index) - scene.view.from) * toX;
  const left = Math.max(-8, Math.min(begin, (begin + end) / 2 - 2 * scale));
  const right = Math.min(surface.width + 8, Math.max(end, (begin + end) / 2 + 2 * scale));
  const { top, bottom } = band(surface, scene, row);
  const line = thickness * scale;
  const box = (inset: number, width: number, colour: string): void => {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(left + inset, top + inset, right - left - 2 * inset, bottom - top - 2 * inset);
  };
  if (thickness > 1) box(line / 2, line + 2 * scale, theme.css.background);
  box(line / 2, line, theme.css.foreground);
}

/** A line at the present. */
export function paintNow(surface: Surface, view: Span, now: Millis | null, theme: Theme): void {
  if (now === null || now >= view.to || now < view.from) return;
  const x = ((now - view.from) / (view.to - view.from)) * surface.width;
  surface.context.fillStyle = theme.css.focus;
  surface.context.fillRect(x, 0, 1.5 * surface.scale, surface.height);
}
