import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Lane, State, stateCount } from '../../../src/profile/lane';
import { recordsOf, type MadeUpTask } from '../../made-up/records';

function laneOf(tasks: readonly MadeUpTask[]): Lane {
  const lane = new Lane(0, 0, 1);
  const records = recordsOf(tasks);
  tasks.forEach((_, i) => lane.push(records, i, i + 1));
  lane.seal();
  return lane;
}

function sums(lane: Lane, time: number): number[] {
  const out = new Float64Array(stateCount);
  lane.sumBefore(time, out);
  return [...out].map((value) => Math.round(value * 1e6) / 1e6);
}

/** Tasks of one lane that do not overlap, in order, with gaps around them. */
const apart = fc.array(
  fc.record({
    gap: fc.float({ min: 0, max: 3, noNaN: true }),
    transferIn: fc.float({ min: 0, max: 2, noNaN: true }),
    compute: fc.float({ min: 0, max: 5, noNaN: true }),
    runQueue: fc.float({ min: 0, max: 2, noNaN: true }),
    wait: fc.float({ min: 0, max: 5, noNaN: true }),
    transferOut: fc.float({ min: 0, max: 2, noNaN: true }),
  }),
  { maxLength: 400 },
).map((tasks) => {
  let at = 2;
  return tasks.map(({ gap, ...task }, id): MadeUpTask => {
    const start = at + gap;
    at = start + task.compute + task.runQueue + task.wait + 1e-3;
    return { ...task, start, id };
  });
});

describe('a lane', () => {
  it('sums a task slice by slice: transfer, computing, waiting for a core, waiting, transfer', () => {
    const lane = laneOf([{ start: 10, transferIn: 2, compute: 4, runQueue: 1, wait: 3, transferOut: 2 }]);
    assert.deepEqual(sums(lane, 8), [0, 0, 0, 0]);
    assert.deepEqual(sums(lane, 9), [1, 0, 0, 0]);
    assert.deepEqual(sums(lane, 12), [2, 2, 0, 0]);
    assert.deepEqual(sums(lane, 14.5), [2, 4, 0, 0.5]);
    assert.deepEqual(sums(lane, 16), [2, 4, 1, 1]);
    assert.deepEqual(sums(lane, 19), [3, 4, 3, 1]);
    assert.deepEqual(sums(lane, 99), [4, 4, 3, 1]);
  });

  it('cuts transfers that would overlap: the way in comes first, the way out gets the rest of the gap', () => {
    const lane = laneOf([
      { start: 0, compute: 10, transferOut: 5 },
      { start: 14, transferIn: 3, compute: 1 },
    ]);
    assert.equal(lane.transferIn[1], 3);
    assert.equal(lane.transferOut[0], 1);
  });

  it('cuts a body that reaches into the next task, from its end', () => {
    const lane = laneOf([
      { start: 0, compute: 6, runQueue: 2, wait: 3, transferOut: 1 },
      { start: 7, transferIn: 1, compute: 1 },
    ]);
    assert.deepEqual([lane.compute[0], lane.runQueue[0], lane.wait[0], lane.transferOut[0]], [6, 1, 0, 0]);
    assert.equal(lane.transferIn[1], 0);
  });

  it('shows start-up until the worker was ready, and the first transfer after it', () => {
    const lane = laneOf([{ start: 30, transferIn: 25, compute: 5 }]);
    lane.setStartUp(-4, 20);
    assert.deepEqual([lane.startUpFrom, lane.startUpTo, lane.transferIn[0]], [0, 20, 10]);
    assert.deepEqual(sums(lane, 25), [25, 0, 0, 0]);
  });

  it('shows no start-up for a worker that was warm before the run', () => {
    const lane = laneOf([{ start: 3, compute: 5 }]);
    lane.setStartUp(-40, -2);
    assert.deepEqual(sums(lane, 3), [0, 0, 0, 0]);
  });

  it('keeps the places of failures through a sort', () => {
    const lane = laneOf([{ start: 5, status: 1 }, { start: 9 }, { start: 2, status: 2 }]);
    assert.deepEqual([...lane.id.subarray(0, 3)], [2, 0, 1]);
    assert.deepEqual(lane.failures, [0, 1]);
  });

  it('ends up the same in whatever order and batches its tasks come, but for transfers that were cut too early', () => {
    fc.assert(
      fc.property(apart, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 50 }), (tasks, numbers, batch) => {
        const shuffled = tasks.map((task) => ({ task, key: numbers.next().value! })).sort((a, b) => a.key - b.key);
        const lane = new Lane(0, 0, 1);
        const records = recordsOf(shuffled.map(({ task }) => task));
        shuffled.forEach((_, i) => {
          lane.push(records, i, i + 1);
          if (i % batch === 0) lane.seal();
        });
        lane.seal();
        const inOrder = laneOf(tasks);
        for (let i = 0; i < lane.length; i++) {
          for (const column of ['start', 'id', 'compute', 'wait', 'runQueue'] as const) {
            assert.equal(lane[column][i], inOrder[column][i], `${column} of task ${i}`);
          }
          // A transfer that gave way to a task's stays short when another task comes in between.
          for (const column of ['transferIn', 'transferOut'] as const) {
            // A length that is cut twice is rounded to 32 bits twice.
            const over = lane[column][i]! - inOrder[column][i]!;
            assert.ok(over <= 1e-5, `${column} of task ${i} is longer by ${over}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('sums to its tasks whatever is asked in between', () => {
    fc.assert(
      fc.property(apart, fc.array(fc.float({ min: 0, max: 2000, noNaN: true })), (tasks, times) => {
        const lane = laneOf(tasks);
        for (const time of times) {
          const [overhead, computing, waiting, queueing] = sums(lane, time) as [number, number, number, number];
          assert.ok(overhead + computing + waiting + queueing <= time + 1e-3);
        }
        const total = (name: 'compute' | 'wait' | 'runQueue') => tasks.reduce((sum, task) => sum + task[name]!, 0);
        const all = sums(lane, Infinity);
        near(all[State.computing]!, total('compute'));
        near(all[State.waiting]!, total('wait'));
        near(all[State.waitingForCore]!, total('runQueue'));
      }),
    );
  });
});

function near(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= 1e-3 + expected * 1e-4, `${actual} is not near ${expected}`);
}
