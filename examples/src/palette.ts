/** From the deep sky to the brightest star. */
const shades = ' .·:-=+*#%@';

/** The shade for a brightness between 0 and 1. */
export function shade(brightness: number): string {
  const index = Math.min(shades.length - 1, Math.floor(brightness * shades.length));
  return shades[index] ?? ' ';
}
