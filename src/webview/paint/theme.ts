/**
 * The theme's colours for the canvases, which know no CSS variables. Each is read from an element that the style sheet
 * colours, so that mixes and fallbacks are said once, there.
 */
const names = ['computing', 'waiting', 'overhead', 'idle', 'background', 'failure', 'foreground', 'muted', 'focus', 'grid'] as const;
type Name = (typeof names)[number];

export interface Theme {
  /** As CSS. */
  readonly css: Readonly<Record<Name, string>>;
  /** As a pixel of `ImageData` read as a little-endian integer: alpha, blue, green, red. */
  readonly pixel: Readonly<Record<Name, number>>;
  /** What can be read on each filling: the theme's background or its foreground, whichever stands out more. */
  readonly on: Readonly<Record<Name, string>>;
  readonly font: string;
}

export function readTheme(document: Document): Theme {
  const swatches = document.createElement('div');
  swatches.className = 'swatches';
  const elements = names.map((name) => {
    const swatch = document.createElement('i');
    swatch.className = `swatch-${name}`;
    return swatches.appendChild(swatch);
  });
  document.body.append(swatches);
  const css = toRecord((i) => getComputedStyle(elements[i]!).backgroundColor);
  const font = getComputedStyle(document.body).fontFamily || 'sans-serif';
  swatches.remove();
  const pixels = pixelReader(document);
  const pixel = toRecord((i) => pixels(css[names[i]!]));
  const on = toRecord((i) => readableOn(pixel[names[i]!], css, pixel));
  return { css, pixel, on, font };
}

const toRecord = <T>(value: (i: number) => T): Record<Name, T> =>
  Object.fromEntries(names.map((name, i) => [name, value(i)])) as Record<Name, T>;

/** The browser itself turns any notation of a colour into bytes. */
function pixelReader(document: Document): (css: string) => number {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  return (css) => {
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    return new Uint32Array(context.getImageData(0, 0, 1, 1).data.buffer)[0]!;
  };
}

function readableOn(filling: number, css: Record<Name, string>, pixel: Record<Name, number>): string {
  return contrast(filling, pixel.background) >= contrast(filling, pixel.foreground) ? css.background : css.foreground;
}

/** Contrast ratio of WCAG 2, 1 to 21. */
function contrast(a: number, b: number): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(pixel: number): number {
  const channel = (shift: number): number => {
    const value = ((pixel >>> shift) & 0xff) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(16);
}

/** `share` of `b` and the rest of `a`, channel by channel. */
export function mixed(a: number, b: number, share: number): number {
  const channel = (shift: number): number => {
    const from = (a >>> shift) & 0xff;
    return Math.round(from + (((b >>> shift) & 0xff) - from) * share) << shift;
  };
  return (channel(0) | channel(8) | channel(16) | (0xff << 24)) >>> 0;
}
