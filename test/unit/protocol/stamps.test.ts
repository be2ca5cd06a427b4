import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkStamped, expandStamped, type StampedRecords } from '../../../src/protocol/stamps';

const bytes = (array: Float64Array | Uint32Array | Uint16Array): Uint8Array => new Uint8Array(array.buffer);
const inTurn: StampedRecords = {
  n: 3,
  worker: 2,
  first: 10,
  zero: 100,
  begin: 100.01,
  chunks: [10, 3, 4, 0.5],
  transferOut: 0.25,
  shares: [1, 0.5, 0.25, 2, 1, 0],
  failed: [1],
  ends: 0,
};

describe('stamped records', () => {
  it('become columns where calls follow each other', () => {
    const columns = expandStamped(inTurn, [bytes(Float64Array.of(100.02, 100.03, 100.05))]);
    const near = (array: ArrayLike<number>): number[] => Array.from(array, (value) => Math.round(value * 1000) / 1000);
    assert.deepEqual(near(columns.start), [10, 20, 30]);
    assert.deepEqual(near(columns.compute), [5, 10, 20]);
    assert.deepEqual(near(columns.runQueue), [2.5, 0, 0]);
    assert.deepEqual(near(columns.wait), [2.5, 0, 0]);
    assert.deepEqual([...columns.id], [10, 11, 12]);
    assert.deepEqual([...columns.worker], [2, 2, 2]);
    assert.deepEqual([...columns.queued], [4, 4, 4]);
    assert.deepEqual([...columns.transferIn], [0.5, 0, 0]);
    assert.deepEqual([...columns.transferOut], [0, 0, 0.25]);
    assert.deepEqual([...columns.status], [0, 1, 0]);
  });

  it('become columns where calls overlap, each with what its chunk says', () => {
    const columns = expandStamped(
      { ...inTurn, chunks: [0, 2, 1, 0.5, 2, 2, 3, 0.125], shares: [3, 1, 0], failed: [], starts: 1, ids: 2, slots: 3 },
      [bytes(Float64Array.of(100.3, 100.2, 100.4)), bytes(Float64Array.of(100.1, 100.1, 100.2)), bytes(Uint32Array.of(2, 0, 3)), bytes(Uint16Array.of(7, 0, 1))],
    );
    assert.deepEqual(Array.from(columns.start, Math.round), [100, 100, 200]);
    assert.deepEqual([...columns.id], [2, 0, 3]);
    assert.deepEqual([...columns.slot], [7, 0, 1]);
    assert.deepEqual([...columns.queued], [3, 1, 3]);
    assert.deepEqual([...columns.transferIn], [0.125, 0.5, 0]);
  });

  it('keep the whole time of every task, however it divides', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.record({ length: fc.double({ min: 0, max: 10, noNaN: true }), onCpu: share, queue: share }), { minLength: 1, maxLength: 50 }), (tasks) => {
        let at = 1;
        const ends = Float64Array.from(tasks, ({ length }) => (at += length));
        const shares = tasks.flatMap(({ onCpu, queue }) => [1, onCpu, queue * (1 - onCpu)]);
        const records = { ...inTurn, n: tasks.length, zero: 0, begin: 1, shares, failed: [], chunks: [] };
        const { compute, wait, runQueue } = expandStamped(records, [bytes(ends)]);
        for (const [i, { length }] of tasks.entries()) assert.ok(Math.abs(compute[i]! + wait[i]! + runQueue[i]! - length * 1000) < 0.01);
      }),
    );
  });

  it('are refused where a blob is missing or of another size', () => {
    checkStamped(inTurn, [new Uint8Array(24)]);
    for (const blobs of [[], [new Uint8Array(23)], [new Uint8Array(32)]]) assert.throws(() => checkStamped(inTurn, blobs), RangeError);
    assert.throws(() => checkStamped({ ...inTurn, slots: 1 }, [new Uint8Array(24), new Uint8Array(5)]), /slots of another size/);
  });
});
