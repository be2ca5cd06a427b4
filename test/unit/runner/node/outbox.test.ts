import assert from 'node:assert/strict';
import type { FromRunner } from '../../../../src/protocol/runner';
import { Outbox } from '../../../../src/runner/node/outbox';

/** An outbox at a clock that the test moves, and what has left it. */
function open(): { outbox: Outbox; left: FromRunner[]; at: (ms: number) => void } {
  let now = 0;
  const left: FromRunner[] = [];
  const sink = { send: (message: FromRunner, _blobs: readonly Uint8Array[], written?: () => void) => (left.push(message), written?.()) };
  return { outbox: new Outbox(sink, () => now), left, at: (ms) => (now = ms) };
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let i = 0; !holds(); i++) {
    assert.ok(i < 2_000, 'It never came to hold.');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const hurryWith = (outbox: Outbox, first: number): void => {
  outbox.add((batch) => batch.sent.push(first, 1));
  outbox.hurry();
};

describe('Outbox', () => {
  it('sends what is urgent at once, at first', () => {
    const { outbox, left } = open();
    for (let i = 0; i < 5; i++) hurryWith(outbox, i);
    assert.deepEqual(left.map((it) => it.type === 'batch' && it.sent), [[0, 1], [1, 1], [2, 1], [3, 1], [4, 1]]);
  });

  it('lets a steady stream of urgent things wait for each other', () => {
    const { outbox, left, at } = open();
    for (let ms = 0; ms < 1000; ms += 5) {
      at(ms);
      hurryWith(outbox, ms);
    }
    assert.ok(left.length >= 30 && left.length <= 45, `${left.length} batches for 200 urgent things in a second`);
    outbox.flush();
    const sent = left.flatMap((it) => (it.type === 'batch' ? it.sent.filter((_, i) => i % 2 === 0) : []));
    assert.deepEqual(sent, Array.from({ length: 200 }, (_, i) => i * 5), 'Nothing is lost, and all is in order.');
  });

  it('gathers what comes together, and lets the first after a pause wait for nothing', async () => {
    const { outbox, left, at } = open();
    const counted = (): number[] => left.map((it) => (it.type === 'batch' ? it.counts.succeeded : -1));
    const addOne = (): void => outbox.add((batch) => batch.counts.succeeded++);
    addOne();
    addOne();
    await eventually(() => left.length === 1);
    assert.deepEqual(counted(), [2]);
    at(10);
    const before = performance.now();
    addOne();
    addOne();
    await eventually(() => left.length === 2);
    assert.ok(performance.now() - before >= 14, 'The second waits until 25 ms have passed since the first.');
    assert.deepEqual(counted(), [2, 2]);
  });

  it('sends what is seldom and urgent at once, always', () => {
    const { outbox, left, at } = open();
    for (let i = 0; i < 100; i++) {
      at(i * 60);
      hurryWith(outbox, i);
    }
    assert.equal(left.length, 100);
  });
});
