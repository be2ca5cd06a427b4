/** Shares of a column as a stack of pixels, bottom-up. */
import { State, stateCount } from '../../profile/lane';
import type { Surface } from './surface';
import type { Theme } from './theme';

/** From the bottom: the user's code first, so that its level can be compared along the row. */
const order = [State.computing, State.waitingForCore, State.waiting, State.overhead] as const;

/** Which states are shown; a hidden one leaves its room empty. */
export type Shown = readonly boolean[];
export const allShown: Shown = [true, true, true, true];

/**
 * Draws the row `[top, bottom)`, in device pixels.
 * @param unit what a full column is in `shares`
 */
export function paintStack(surface: Surface, theme: Theme, shares: Float64Array, unit: number, top: number, bottom: number, shown: Shown): void {
  const { pixels, width } = surface;
  const height = bottom - top;
  surface.fillRows(top, bottom, theme.pixel.idle);
  const first = Math.max(0, top);
  const end = Math.min(bottom, surface.height);
  for (let x = 0; x < width; x++) {
    let level = 0;
    let y = bottom;
    for (const state of order) {
      level += (shares[x * stateCount + state]! / unit) * height;
      // Rounding the running level, not each part, carries what one part lost over to the next.
      const next = Math.max(top, bottom - Math.round(level));
      if (shown[state]) fillColumn(pixels, width, x, Math.max(first, next), Math.min(end, y), colourOf(state, theme));
      y = next;
    }
  }
}

/** Two colours take turns where they differ: a diagonal hatch. */
interface Colour {
  readonly one: number;
  readonly other: number;
}

function colourOf(state: State, { pixel }: Theme): Colour {
  if (state === State.computing) return { one: pixel.computing, other: pixel.computing };
  if (state === State.waiting) return { one: pixel.waiting, other: pixel.waiting };
  if (state === State.waitingForCore) return { one: pixel.overhead, other: pixel.idle };
  return { one: pixel.overhead, other: pixel.overhead };
}

function fillColumn(pixels: Uint32Array, width: number, x: number, from: number, to: number, colour: Colour): void {
  for (let y = from; y < to; y++) pixels[y * width + x] = isHatch(x, y) ? colour.other : colour.one;
}

/** Every third diagonal. */
export const isHatch = (x: number, y: number): boolean => (x + y) % 3 === 0;
