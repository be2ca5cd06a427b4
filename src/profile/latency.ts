import type { Millis } from '../base/units';
import type { Latency } from '../protocol/report';

/** Up to this many lengths are kept as they are, and percentiles are exact. */
export const exactLimit = 8192;

/** Each octave is split into 2^8 buckets: beyond `exactLimit` a percentile is off by at most 2^-9 of itself (0.2 %). */
const splitBits = 8;
/** 2^-20 ms is a nanosecond; 2^33 ms is 99 days. What lies outside is counted in the outermost bucket. */
const lowestExponent = -20;
const highestExponent = 33;
const firstBucket = (lowestExponent + 127) << splitBits;
const bucketCount = (highestExponent - lowestExponent) << splitBits;

const scratch = new Float32Array(1);
const scratchBits = new Uint32Array(scratch.buffer);

/**
 * Percentiles of task lengths in one pass and 86 KB, whatever their number. A 32-bit float's exponent and leading
 * mantissa bits, read as one integer, grow with the logarithm of the number: they are the bucket.
 */
export class LatencyHistogram {
  readonly #counts = new Uint32Array(bucketCount);
  readonly #kept = new Float32Array(exactLimit);
  #count = 0;
  #max = 0;

  /** Number of lengths counted. */
  get count(): number {
    return this.#count;
  }

  add(length: Millis): void {
    if (this.#count < exactLimit) this.#kept[this.#count] = length;
    this.#count++;
    if (length > this.#max) this.#max = length;
    this.#counts[bucketOf(length)]!++;
  }

  /** Nearest rank: the least length that a share `q` of all does not exceed. `null` without any. */
  percentile(q: number): Millis | null {
    return this.#count === 0 ? null : this.#ranked([Math.max(1, Math.ceil(q * this.#count))])[0]!;
  }

  latency(): Latency {
    if (this.#count === 0) return { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null };
    const ranks = [0.5, 0.95, 0.99].map((q) => Math.ceil(q * this.#count));
    const [p50Ms, p95Ms, p99Ms] = this.#ranked(ranks) as [Millis, Millis, Millis];
    return { p50Ms, p95Ms, p99Ms, maxMs: this.#max };
  }

  /** The lengths of those ranks, which are 1-based and rise. */
  #ranked(ranks: readonly number[]): Millis[] {
    if (this.#count <= exactLimit) {
      const sorted = this.#kept.slice(0, this.#count).sort();
      return ranks.map((rank) => sorted[rank - 1]!);
    }
    let bucket = -1;
    let below = 0;
    return ranks.map((rank) => {
      while (below < rank) below += this.#counts[++bucket]!;
      return Math.min(middleOf(bucket), this.#max);
    });
  }
}

function bucketOf(length: Millis): number {
  scratch[0] = length;
  const bucket = (scratchBits[0]! >>> (23 - splitBits)) - firstBucket;
  // A negative length (which no clock gives) has its sign bit set and would count as the longest.
  if (!(length > 0) || bucket < 0) return 0;
  return bucket < bucketCount ? bucket : bucketCount - 1;
}

function middleOf(bucket: number): Millis {
  scratchBits[0] = ((bucket + firstBucket) << (23 - splitBits)) | (1 << (22 - splitBits));
  return scratch[0]!;
}
