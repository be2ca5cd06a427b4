import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exactLimit, LatencyHistogram } from '../../../src/profile/latency';

const histogramOf = (lengths: Iterable<number>) => {
  const histogram = new LatencyHistogram();
  for (const length of lengths) histogram.add(length);
  return histogram;
};
const float = fc.float({ min: Math.fround(1e-5), max: Math.fround(1e7), noNaN: true });

describe('latency', () => {
  it('is unknown without tasks', () => {
    assert.deepEqual(new LatencyHistogram().latency(), { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null });
    assert.equal(new LatencyHistogram().percentile(0.5), null);
  });

  it('is exactly the nearest rank for a moderate number of tasks', () => {
    fc.assert(
      fc.property(fc.array(float, { minLength: 1, maxLength: 200 }), (lengths) => {
        const sorted = Float32Array.from(lengths).sort();
        const rank = (q: number) => sorted[Math.ceil(q * sorted.length) - 1];
        assert.deepEqual(histogramOf(lengths).latency(), {
          p50Ms: rank(0.5),
          p95Ms: rank(0.95),
          p99Ms: rank(0.99),
          maxMs: sorted.at(-1),
        });
      }),
    );
  });

  it('is within 0.2 % of the nearest rank for any number of tasks', () => {
    fc.assert(
      fc.property(fc.array(float, { minLength: 3, maxLength: 50 }), fc.nat(1e6), (some, seed) => {
        const n = exactLimit + 1 + (seed % 1000);
        const lengths = Float32Array.from({ length: n }, (_, i) => some[(i * 7919 + seed) % some.length]!);
        const sorted = lengths.slice().sort();
        const histogram = histogramOf(lengths);
        for (const q of [0.01, 0.5, 0.95, 0.99, 1]) {
          const right = sorted[Math.ceil(q * n) - 1]!;
          assert.ok(Math.abs(histogram.percentile(q)! - right) <= right / 512 + 1e-12, `${q}: ${histogram.percentile(q)} for ${right}`);
        }
        assert.equal(histogram.latency().maxMs, sorted.at(-1));
      }),
      { numRuns: 30 },
    );
  });

  it('counts lengths outside its range at the ends', () => {
    const lengths = Array.from({ length: exactLimit * 2 }, (_, i) => (i % 2 === 0 ? 0 : 1e12));
    const { p50Ms, maxMs } = histogramOf(lengths).latency();
    assert.ok(p50Ms! < 1e-5);
    assert.equal(maxMs, 1e12);
  });
});
