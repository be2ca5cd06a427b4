/** The least of 1, 2 and 5 times a power of ten that is not below `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** Round values within `[from, to]`, at most `most` of them (or two), with the step between them. */
export function ticks(from: number, to: number, most: number): { readonly step: number; readonly values: number[] } {
  const step = niceStep((to - from) / Math.max(1, most));
  const values: number[] = [];
  const first = Math.ceil(from / step - 1e-9);
  // Multiples, not sums: sums drift.
  for (let i = first; i * step <= to + step * 1e-9; i++) values.push(i * step);
  return { step, values };
}
