import type { Millis } from '../base/units';

/** Buckets a decade: neighbours differ by 10 %. */
const perDecade = 24;
/** 100 ns; shorter ones fall into the first bucket. */
const least: Millis = 1e-4;
const decades = 12;
const lastBucket = perDecade * decades - 1;
const perNeper = perDecade / Math.LN10;

/** Counts lengths of time in buckets of equal ratio, so that 1 µs and 10 min fit one picture. */
export class LogHistogram {
  readonly counts = new Uint32Array(perDecade * decades);
  total = 0;

  add(length: Millis): void {
    // The natural logarithm is several times faster than the decimal one; `|| 0` is for what is not a number.
    const bucket = Math.floor(Math.log(length / least) * perNeper) || 0;
    this.counts[bucket < 0 ? 0 : bucket > lastBucket ? lastBucket : bucket]!++;
    this.total++;
  }

  /** About which share of the lengths is below `length`: exact to within one bucket, 10 %. */
  shareBelow(length: Millis): number {
    if (this.total === 0) return 0;
    const position = Math.max(0, Math.log10(length / least) * perDecade);
    const bucket = Math.min(this.counts.length - 1, Math.floor(position));
    let below = this.counts[bucket]! * Math.min(1, position - bucket);
    for (let i = 0; i < bucket; i++) below += this.counts[i]!;
    return below / this.total;
  }

  /** The filled range as bars: at most about `most` of them, neighbouring buckets joined where there are more. */
  bars(most: number): Bar[] {
    let first = this.counts.findIndex((count) => count > 0);
    if (first < 0) return [];
    let last = this.counts.findLastIndex((count) => count > 0);
    // A picture of one bar tells nothing of the scale: show half a decade at least.
    const missing = perDecade / 2 - (last - first + 1);
    if (missing > 0) {
      first = Math.max(0, first - Math.ceil(missing / 2));
      last = Math.min(this.counts.length - 1, first + perDecade / 2 - 1);
    }
    const joined = Math.ceil((last - first + 1) / most);
    const bars: Bar[] = [];
    for (let i = first; i <= last; i += joined) {
      const count = this.counts.subarray(i, i + joined).reduce((sum, each) => sum + each, 0);
      bars.push({ from: edge(i), to: edge(i + joined), count });
    }
    return bars;
  }
}

export interface Bar {
  readonly from: Millis;
  readonly to: Millis;
  readonly count: number;
}

const edge = (bucket: number): Millis => least * 10 ** (bucket / perDecade);
