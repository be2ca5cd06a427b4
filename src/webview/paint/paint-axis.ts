import type { Millis } from '../../base/units';
import { ticks } from '../../profile/ticks';
import type { Span } from '../layout/span';
import type { Surface } from './surface';
import type { Theme } from './theme';

/** CSS pixels that a label needs, with room around it. */
const labelRoom = 84;

export function paintAxis(surface: Surface, view: Span, theme: Theme): void {
  const { context, width, height, scale } = surface;
  context.fillStyle = theme.css.background;
  context.fillRect(0, 0, width, height);
  context.font = `${11 * scale}px ${theme.font}`;
  context.textBaseline = 'middle';
  const { step, values } = ticks(view.from, view.to, width / scale / labelRoom);
  for (const value of values) {
    const x = ((value - view.from) / (view.to - view.from)) * width;
    context.fillStyle = theme.css.grid;
    context.fillRect(Math.round(x), height - 4 * scale, Math.max(1, Math.round(scale)), 4 * scale);
    const text = tickLabel(value, step);
    const room = context.measureText(text).width;
    context.fillStyle = theme.css.muted;
    context.fillText(text, Math.max(0, Math.min(width - room, x - room / 2)), height / 2 - scale);
  }
}

/** The unit follows the step, so that neighbouring labels differ: `1.5 s`, `1,403 ms`, `12.25 ms`. */
export function tickLabel(value: Millis, step: Millis): string {
  if (value === 0) return '0';
  const [unit, size] = step >= 99 ? (['s', 1000] as const) : step >= 0.00099 ? (['ms', 1] as const) : (['µs', 1e-3] as const);
  const decimals = Math.max(0, -Math.floor(Math.log10(step / size) + 1e-9));
  const number = (value / size).toFixed(decimals);
  const [whole, fraction] = number.split('.') as [string, string?];
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fraction === undefined ? groups : `${groups}.${fraction}`} ${unit}`;
}
