/** What can be told of single tasks where they are wide enough: separators, the hatch of waiting, and labels. */
import { type Lane } from '../../profile/lane';
import { duration, grouped } from '../../profile/words';
import type { Span } from '../layout/span';
import type { Band, Surface } from './surface';
import type { Theme } from './theme';

/** Widths in CSS pixels from which each is drawn. */
const separatorFrom = 3;
const hatchFrom = 5;
const labelFrom = 64;

export function paintSlices(surface: Surface, lane: Lane, view: Span, band: Band, theme: Theme): void {
  const { context, scale, width } = surface;
  const toX = width / (view.to - view.from);
  const x = (time: number): number => (time - view.from) * toX;
  context.font = `${11 * scale}px ${theme.font}`;
  context.textBaseline = 'middle';
  const first = Math.max(0, lane.startedBefore(view.from) - 1);
  const last = lane.startedBefore(view.to);
  for (let i = first; i < last; i++) {
    const start = x(lane.start[i]!);
    const end = x(lane.bodyEnd(i));
    const waitFrom = x(lane.start[i]! + lane.compute[i]! + lane.runQueue[i]!);
    if (end - waitFrom >= hatchFrom * scale) hatch(surface, Math.max(0, waitFrom), Math.min(width, end), band, theme);
    if (end - start >= separatorFrom * scale) separator(surface, start, band, theme);
    const computing = x(lane.start[i]! + lane.compute[i]!);
    const onWait = end - waitFrom > computing - start;
    const from = Math.max(0, onWait ? waitFrom : start);
    const to = Math.min(width, onWait ? end : computing);
    if (to - from >= labelFrom * scale) {
      context.fillStyle = onWait ? theme.on.waiting : theme.on.computing;
      label(surface, lane, i, from, to, band, onWait ? theme.css.waiting : null);
    }
  }
}

function separator({ context, scale }: Surface, x: number, { top, bottom }: Band, theme: Theme): void {
  context.fillStyle = theme.css.background;
  context.fillRect(Math.round(x), top, Math.max(1, Math.round(scale * 0.75)), bottom - top);
}

function hatch({ context, scale }: Surface, from: number, to: number, { top, bottom }: Band, theme: Theme): void {
  const height = bottom - top;
  context.save();
  context.beginPath();
  context.rect(from, top, to - from, height);
  context.clip();
  context.strokeStyle = theme.css.background;
  context.globalAlpha = 0.4;
  context.lineWidth = scale;
  context.beginPath();
  // On a grid of the canvas, so that the lines stand still while panning brings tasks in.
  const step = 5 * scale;
  for (let x = Math.floor((from - height) / step) * step; x < to; x += step) {
    context.moveTo(x, bottom);
    context.lineTo(x + height, top);
  }
  context.stroke();
  context.restore();
}

/** Number and length of a task, or its number alone, where they fit. */
function label(surface: Surface, lane: Lane, i: number, from: number, to: number, { top, bottom }: Band, plate: string | null): void {
  const { context, scale } = surface;
  const room = to - from - 10 * scale;
  const number = `#${grouped(lane.id[i]!)}`;
  const text = [`${number}  ${duration(lane.duration(i))}`, number].find((each) => context.measureText(each).width <= room);
  if (text === undefined) return;
  const ink = context.fillStyle;
  if (plate !== null) {
    // Letters are hard to read across a hatch.
    context.fillStyle = plate;
    context.fillRect(from + 3 * scale, top + 3 * scale, context.measureText(text).width + 4 * scale, bottom - top - 6 * scale);
    context.fillStyle = ink;
  }
  context.fillText(text, from + 5 * scale, (top + bottom) / 2 + scale * 0.5);
}
