import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IntervalUnion } from '../../../src/profile/interval-union';

const unionOf = (intervals: readonly (readonly [number, number])[]) => {
  const union = new IntervalUnion();
  for (const [start, end] of intervals) union.add(start, end);
  return union.total;
};

/** Counted the slow way: every unit of time by itself. */
const covered = (intervals: readonly (readonly [number, number])[]) => {
  const units = new Set<number>();
  for (const [start, end] of intervals) for (let at = start; at < end; at++) units.add(at);
  return units.size;
};

describe('interval union', () => {
  it('counts overlapping time once', () => {
    assert.equal(unionOf([[0, 2], [1, 3], [5, 6]]), 4);
  });

  it('fills the gaps that a long interval covers after short ones', () => {
    assert.equal(unionOf([[1, 2], [3, 4], [5, 6], [0, 7]]), 7);
  });

  it('is the time covered, in any order', () => {
    const interval = fc.tuple(fc.nat(60), fc.nat(12)).map(([start, length]) => [start, start + length] as const);
    fc.assert(fc.property(fc.array(interval), (intervals) => assert.equal(unionOf(intervals), covered(intervals))));
  });
});
