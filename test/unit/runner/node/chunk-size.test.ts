import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChunkSize } from '../../../../src/runner/node/chunk-size';

/** Feeds a policy with tasks that each take `perTaskMs`, until its size settles; `elapsed` ms into the run. */
function settled(perTaskMs: number, workers = 2, elapsed = 100): ChunkSize {
  const sizes = new ChunkSize('auto', workers);
  for (let i = 0; i < 40; i++) {
    const count = sizes.next(null);
    sizes.learn(count, count * perTaskMs, elapsed);
  }
  return sizes;
}

describe('ChunkSize', () => {
  it('starts with one task', () => {
    assert.equal(new ChunkSize('auto', 8).next(1_000_000), 1);
  });

  it('settles where a chunk takes 2.5 to 10 ms', () => {
    for (const perTask of [0.001, 0.01, 0.1, 1, 2]) {
      const span = settled(perTask).next(null) * perTask;
      assert.ok(span >= 2.5 && span <= 10, `${perTask} ms a task: ${span} ms a chunk`);
    }
  });

  it('lets chunks grow with the run: about a fiftieth of it, between 2.5 and 50 ms', () => {
    for (const [elapsed, least, most] of [[100, 2.5, 10], [1_000, 10, 40], [60_000, 12.5, 50]] as const) {
      const span = settled(0.05, 2, elapsed).next(null) * 0.05;
      assert.ok(span >= least && span <= most, `after ${elapsed} ms: ${span} ms a chunk`);
    }
  });

  it('stays at one where a task is long, and holds nothing back behind it', () => {
    const sizes = settled(50);
    assert.equal(sizes.next(null), 1);
    assert.equal(sizes.depth, 1);
  });

  it('lets no long task wait behind another, however long the run lasts', () => {
    const sizes = settled(60, 2, 60_000);
    assert.equal(sizes.next(null), 1);
    assert.equal(sizes.depth, 1);
  });

  it('lets a second chunk wait behind a short one', () => {
    assert.equal(settled(0.01).depth, 2);
  });

  it('shrinks again when tasks become slow', () => {
    const sizes = settled(0.01);
    const before = sizes.next(null);
    for (let i = 0; i < 20; i++) {
      const count = sizes.next(null);
      sizes.learn(count, count * 5, 100);
    }
    assert.ok(before > 100);
    assert.ok(sizes.next(null) <= 2);
  });

  it('leaves no worker alone with a tail: never more than what remains, shared by four times the workers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 0, max: 100_000 }), (workers, remaining) => {
        const size = settled(0.001, workers).next(remaining);
        assert.ok(size >= 1);
        assert.ok(size <= Math.max(1, Math.ceil(remaining / (4 * workers))));
      }),
    );
  });

  it('obeys a number of the user, but for the end', () => {
    const sizes = new ChunkSize(10, 2);
    assert.equal(sizes.next(1000), 10);
    assert.equal(sizes.next(null), 10);
    assert.equal(sizes.next(4), 4);
  });
});
