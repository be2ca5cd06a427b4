/**
 * Far too small to be worth a worker: sending the number takes longer than clamping it.
 * Try `Array.from({ length: 100000 }, (_, i) => [i, 500, 9500])`.
 */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
