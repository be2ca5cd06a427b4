import type { Millis } from '../../base/units';
import type { CoreRows, CoreShares } from '../../profile/core-shares';
import { mostStackedCores, type Rows, rowTop } from '../layout/rows';
import type { Span } from '../layout/span';
import { paintNow } from './paint-lanes';
import { isHatch } from './stack';
import type { Surface } from './surface';
import { mixed, type Theme } from './theme';

export interface CoreScene {
  readonly cores: CoreShares;
  readonly rows: Rows;
  readonly view: Span;
  readonly now: Millis | null;
}

/** Who used each core: this run in colour, other processes hatched, free empty. */
export function paintCores(surface: Surface, { cores, rows, view, now }: CoreScene, theme: Theme): void {
  const shares = cores.columns(view.from, view.to, surface.width);
  surface.pixels.fill(theme.pixel.background);
  const paint = cores.cores > mostStackedCores ? paintHeat : paintStacked;
  for (let core = 0; core < cores.cores; core++) {
    const top = Math.round(rowTop(rows, core) * surface.scale);
    paint(surface, shares, core, top, top + Math.round(rows.height * surface.scale), theme);
  }
  surface.put();
  paintNow(surface, view, now, theme);
}

function paintStacked(surface: Surface, rows: CoreRows, core: number, top: number, bottom: number, { pixel }: Theme): void {
  const { pixels, width } = surface;
  const height = bottom - top;
  surface.fillRows(top, bottom, pixel.idle);
  for (let x = 0; x < width; x++) {
    const cell = core * width + x;
    const ours = Math.round(rows.ours[cell]! * height);
    const busy = Math.min(height, Math.round((rows.ours[cell]! + rows.others[cell]!) * height));
    for (let i = 0; i < busy; i++) {
      const y = bottom - 1 - i;
      if (i < ours) pixels[y * width + x] = pixel.computing;
      else if (!isHatch(x, y)) pixels[y * width + x] = pixel.overhead;
    }
  }
}

/** One colour a cell: the more of either, the stronger. */
function paintHeat(surface: Surface, rows: CoreRows, core: number, top: number, bottom: number, { pixel }: Theme): void {
  const { pixels, width } = surface;
  for (let x = 0; x < width; x++) {
    const ours = Math.min(1, rows.ours[core * width + x]!);
    const others = Math.min(1 - ours, rows.others[core * width + x]!);
    // First what the others took of the rest, then ours over it.
    const behind = ours < 1 ? mixed(pixel.idle, pixel.overhead, others / (1 - ours)) : pixel.idle;
    const colour = mixed(behind, pixel.computing, ours);
    for (let y = top; y < bottom; y++) pixels[y * width + x] = colour;
  }
}
