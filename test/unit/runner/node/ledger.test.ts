import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Ledger, ranges } from '../../../../src/runner/node/ledger';
import type { Chunk } from '../../../../src/runner/node/messages';

const chunk = (first: number, count: number): Chunk => ({ type: 'chunk', first, count, inputs: null, madeAt: 0, sentAt: 0 });

describe('Ledger', () => {
  it('knows what of a chunk was never answered', () => {
    const ledger = new Ledger();
    const mine = chunk(100, 10);
    ledger.open(mine);
    ledger.answer(100, 3, null);
    ledger.answer(0, 2, Uint32Array.of(107, 105));
    assert.deepEqual(ledger.close(mine), [103, 104, 106, 108, 109]);
    assert.equal(ledger.size, 0);
  });

  it('misses nothing of a chunk that was answered whole', () => {
    const ledger = new Ledger();
    const mine = chunk(0, 4);
    ledger.open(mine);
    ledger.answer(0, 4, null);
    assert.deepEqual(ledger.close(mine), []);
  });

  it('sorts answers of overlapping chunks to their chunks', () => {
    fc.assert(
      fc.property(fc.subarray(Array.from({ length: 30 }, (_, i) => i)), fc.integer(), (answered, seed) => {
        const ledger = new Ledger();
        const chunks = [chunk(0, 10), chunk(10, 10), chunk(20, 10)];
        chunks.forEach((each) => ledger.open(each));
        const mixed = [...answered].sort((a, b) => ((a * 7919 + seed) % 31) - ((b * 7919 + seed) % 31));
        ledger.answer(0, mixed.length, Uint32Array.from(mixed));
        const missing = chunks.flatMap((each) => ledger.close(each));
        assert.deepEqual([...missing, ...answered].sort((a, b) => a - b), Array.from({ length: 30 }, (_, i) => i));
      }),
    );
  });
});

describe('ranges', () => {
  it('joins neighbours', () => {
    assert.deepEqual(ranges([1, 2, 3, 7, 9, 10]), [[1, 3], [7, 1], [9, 2]]);
    assert.deepEqual(ranges([]), []);
  });
});
