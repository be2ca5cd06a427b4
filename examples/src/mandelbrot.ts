import { shade } from './palette.js';

export const width = 120;
export const height = 48;
const maxSteps = 5000;
/** Each character is the mean of this many points squared. */
const samples = 4;

/**
 * One row of the Mandelbrot set as text; the results of all rows, one below the other, are the picture.
 * Rows through the middle take longest: watch the tail. Try `rows()`.
 */
export function renderRow(row: number): string {
  let text = '';
  for (let column = 0; column < width; column++) text += shade(brightness(column, row));
  return text;
}

/** Every row of the picture. */
export function rows(): number[] {
  return Array.from({ length: height }, (_, row) => row);
}

function brightness(column: number, row: number): number {
  let steps = 0;
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j < samples; j++) {
      const x = -2.2 + (3.2 * (column + i / samples)) / width;
      const y = -1.2 + (2.4 * (row + j / samples)) / height;
      steps += stepsToEscape(x, y);
    }
  }
  const mean = steps / (samples * samples);
  return Math.log(mean) / Math.log(maxSteps);
}

/** How many steps of z ↦ z² + c leave the circle of radius 2; between 1 and `maxSteps`. */
function stepsToEscape(cx: number, cy: number): number {
  let x = 0;
  let y = 0;
  let steps = 0;
  while (x * x + y * y <= 4 && steps < maxSteps) {
    const next = x * x - y * y + cx;
    y = 2 * x * y + cy;
    x = next;
    steps++;
  }
  return steps;
}
