import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LogHistogram } from '../../../src/profile/histogram';
import { Lanes } from '../../../src/profile/lanes';
import { ascending } from '../../../src/profile/order';
import { queueLine } from '../../../src/profile/queue-line';
import { gallop, lowerBound } from '../../../src/profile/search';
import { niceStep, ticks } from '../../../src/profile/ticks';
import { recordsOf } from '../../made-up/records';

describe('the latency histogram', () => {
  it('counts every length in a bar that holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 2e-4, max: 1e6, noNaN: true }), { minLength: 1 }), (lengths) => {
        const histogram = new LogHistogram();
        for (const length of lengths) histogram.add(length);
        const bars = histogram.bars(50);
        assert.equal(bars.reduce((sum, { count }) => sum + count, 0), lengths.length);
        for (const length of lengths) {
          assert.ok(bars.some(({ from, to, count }) => count > 0 && length >= from * 0.9999 && length <= to * 1.0001));
        }
      }),
    );
  });

  it('tells which share is shorter, to within a bucket', () => {
    const histogram = new LogHistogram();
    for (let i = 1; i <= 1000; i++) histogram.add(i);
    assert.ok(Math.abs(histogram.shareBelow(500) - 0.5) < 0.05);
    assert.equal(histogram.shareBelow(1e9), 1);
    assert.equal(histogram.shareBelow(1e-9), 0);
  });

  it('takes what a clock may give: nothing, and very long', () => {
    const histogram = new LogHistogram();
    for (const length of [0, -1e-7, NaN, 1e12]) histogram.add(length);
    assert.equal(histogram.bars(60).reduce((sum, { count }) => sum + count, 0), 4);
  });
});

describe('the queue line', () => {
  it('is what was not yet called', () => {
    const lanes = new Lanes();
    lanes.append(recordsOf([{ start: 0 }, { start: 10 }, { start: 5, worker: 1 }, { start: 25, worker: 1 }]), 4);
    assert.deepEqual([...queueLine(lanes.all, 5, 0, 30, 3)], [3, 2, 1]);
  });
});

describe('searching', () => {
  const sorted = fc
    .array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }))
    .map((values) => Float64Array.from(values).sort());

  it('finds the first that is not below, galloping or halving', () => {
    fc.assert(
      fc.property(sorted, fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.nat(), (values, value, at) => {
        const expected = values.findIndex((each) => each >= value);
        const found = expected < 0 ? values.length : expected;
        assert.equal(lowerBound(values, value), found);
        const from = Math.min(at, found);
        assert.equal(gallop(values, value, from, values.length), found);
      }),
    );
  });
});

describe('ordering by a key', () => {
  it('is what a stable comparing sort gives', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(0, -0, 1, 1))), (values) => {
        const keys = Float32Array.from(values);
        const expected = [...keys.keys()].sort((a, b) => keys[a]! - keys[b]! || a - b);
        // Infinity − Infinity is NaN, which `||` takes for equal: as wanted.
        assert.deepEqual([...ascending(keys)], expected);
      }),
    );
  });

  it('puts what is not a number last', () => {
    assert.deepEqual([...ascending(Float32Array.of(NaN, 2, -NaN, 1, Infinity))], [3, 1, 4, 0, 2]);
  });
});

describe('axis ticks', () => {
  it('are round, inside, evenly spaced, and no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 20 }),
        (from, span, most) => {
          const { step, values } = ticks(from, from + span, most);
          assert.ok(values.length <= most + 1);
          for (const [i, value] of values.entries()) {
            assert.ok(value >= from - step * 1e-6 && value <= from + span + step * 1e-6);
            if (i > 0) assert.ok(Math.abs(value - values[i - 1]! - step) < step * 1e-6);
          }
        },
      ),
    );
  });

  it('step by 1, 2 or 5', () => {
    assert.deepEqual([0.03, 1, 1.1, 3, 7, 150].map(niceStep).map((step) => Number(step.toPrecision(6))), [0.05, 1, 2, 5, 10, 200]);
  });
});
