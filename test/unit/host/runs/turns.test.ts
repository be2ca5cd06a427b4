import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Turns } from '../../../../src/host/runs/turns';

describe('turns', () => {
  it('go to one at a time, in the order of asking, whoever gives up', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 20 }), async (givesUp) => {
        const turns = new Turns();
        const first = (await turns.next())!;
        const had: number[] = [];
        let at = 0;
        const waits = givesUp.map(async (leaves, i) => {
          const abort = new AbortController();
          const next = turns.next(abort.signal);
          if (leaves) abort.abort();
          const release = await next;
          assert.equal(release === undefined, leaves);
          if (!release) return;
          assert.equal(++at, 1);
          had.push(i);
          await Promise.resolve();
          at--;
          release();
        });
        first();
        first();
        await Promise.all(waits);
        assert.deepEqual(had, givesUp.flatMap((leaves, i) => (leaves ? [] : [i])));
        (await turns.next())!();
        assert.equal(turns.busy, false);
      }),
      { numRuns: 50 },
    );
  });

  it('are given up at once, also while the one before goes on', async () => {
    const turns = new Turns();
    await turns.next();
    const abort = new AbortController();
    const next = turns.next(abort.signal);
    abort.abort();
    assert.equal(await next, undefined);
    assert.equal(turns.busy, true);
  });

  it('are refused where a hundred wait', async () => {
    const turns = new Turns();
    for (let i = 0; i <= 100; i++) void turns.next();
    await assert.rejects(turns.next(), /100 runs are waiting/);
  });
});
