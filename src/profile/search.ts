/** Index of the first of `sorted[from, to)` that is not below `value`; `to` where there is none. */
export function lowerBound(sorted: Float64Array, value: number, from = 0, to = sorted.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As {@link lowerBound}, in a time that grows with the distance from `from`: for walks from left to right. */
export function gallop(sorted: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let reach = from;
  for (let step = 1; reach < to && sorted[reach]! < value; step *= 2) {
    low = reach + 1;
    reach += step;
  }
  return lowerBound(sorted, value, low, Math.min(reach, to));
}
