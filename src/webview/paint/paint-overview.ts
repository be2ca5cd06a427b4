import type { Millis } from '../../base/units';
import { type Lane, stateCount } from '../../profile/lane';
import { queueLine } from '../../profile/queue-line';
import { shares } from '../../profile/shares';
import { paintNow, shareBuffer } from './paint-lanes';
import { allShown, paintStack } from './stack';
import type { Surface } from './surface';
import type { Theme } from './theme';

/** All lanes in one row, from the run's origin to `extent`, with the queue line over them. */
export interface OverviewScene {
  readonly lanes: readonly Lane[];
  readonly extent: Millis;
  /** Number of tasks, where it is known: without it there is no queue line. */
  readonly tasks: number | null;
  readonly now: Millis | null;
  /** End of what is known: the queue line stops there. */
  readonly until: Millis;
}

export function paintOverview(surface: Surface, scene: OverviewScene, theme: Theme): void {
  const { lanes, extent } = scene;
  const one = shareBuffer(surface.width);
  const sum = new Float64Array(surface.width * stateCount);
  for (const lane of lanes) {
    shares(lane, 0, extent, surface.width, one);
    for (let i = 0; i < sum.length; i++) sum[i]! += one[i]!;
  }
  paintStack(surface, theme, sum, Math.max(1, lanes.length), 0, surface.height, allShown);
  surface.put();
  if (scene.tasks !== null && scene.tasks > 0) paintQueue(surface, scene, scene.tasks, theme);
  paintNow(surface, { from: 0, to: extent }, scene.now, theme);
}

function paintQueue(surface: Surface, { lanes, extent, until }: OverviewScene, tasks: number, theme: Theme): void {
  const { context, width, height, scale } = surface;
  const left = queueLine(lanes, tasks, 0, extent, width);
  const y = (count: number): number => height - scale - (count / tasks) * (height - 3 * scale);
  const end = Math.min(width, Math.ceil((until / extent) * width));
  const trace = (colour: string, thickness: number, dash: number[]): void => {
    context.strokeStyle = colour;
    context.lineWidth = thickness * scale;
    context.setLineDash(dash.map((length) => length * scale));
    context.beginPath();
    context.moveTo(0, y(tasks));
    for (let x = 0; x < end; x++) context.lineTo(x + 1, y(Math.max(0, left[x]!)));
    context.stroke();
  };
  // A rim, because the line runs over every colour there is.
  context.globalAlpha = 0.6;
  trace(theme.css.background, 2.5, []);
  context.globalAlpha = 1;
  trace(theme.css.foreground, 1.25, [4, 3]);
  context.setLineDash([]);
}
