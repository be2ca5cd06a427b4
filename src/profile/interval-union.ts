/**
 * The total length that intervals cover together, however they overlap. Made for intervals that come roughly in the
 * order of their ends, as the tasks of one worker do: then each costs constant time; in any other order it is still right.
 */
export class IntervalUnion {
  /** Disjoint pieces in order of time: `#starts[i] < #ends[i] < #starts[i + 1]`. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(start: number, end: number): void {
    if (!(end > start)) return;
    const last = this.#ends.length - 1;
    if (last < 0 || start > this.#ends[last]!) {
      this.#starts.push(start);
      this.#ends.push(end);
      this.#total += end - start;
    } else if (end >= this.#starts[last]! && (last === 0 || start > this.#ends[last - 1]!)) {
      this.#stretchLast(last, start, end);
    } else {
      this.#merge(start, end);
    }
  }

  /** The common case, without moving anything: the interval touches the last piece and no other. */
  #stretchLast(last: number, start: number, end: number): void {
    const before = this.#starts[last]! - start;
    const after = end - this.#ends[last]!;
    if (before > 0) this.#starts[last] = start;
    if (after > 0) this.#ends[last] = end;
    this.#total += Math.max(0, before) + Math.max(0, after);
  }

  /** Replaces every piece that touches `[start, end]` by one that covers them all. */
  #merge(start: number, end: number): void {
    let to = this.#ends.length;
    while (to > 0 && this.#starts[to - 1]! > end) to--;
    let from = to;
    let covered = 0;
    while (from > 0 && this.#ends[from - 1]! >= start) {
      from--;
      covered += this.#ends[from]! - this.#starts[from]!;
    }
    if (from < to) {
      start = Math.min(start, this.#starts[from]!);
      end = Math.max(end, this.#ends[to - 1]!);
    }
    this.#starts.splice(from, to - from, start);
    this.#ends.splice(from, to - from, end);
    this.#total += end - start - covered;
  }
}
