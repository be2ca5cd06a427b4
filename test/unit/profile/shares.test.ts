import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Lane, State, stateCount } from '../../../src/profile/lane';
import { shares, sharesFromSums, sharesInOnePass } from '../../../src/profile/shares';
import { recordsOf, seeded, type MadeUpTask } from '../../made-up/records';

/** A lane of `n` tasks with some of everything, and idle gaps. */
function busyLane(n: number, seed: number): Lane {
  const random = seeded(seed);
  const tasks: MadeUpTask[] = [];
  let at = 5;
  for (let id = 0; id < n; id++) {
    const task = {
      transferIn: random() < 0.2 ? random() * 0.3 : 0,
      compute: random() ** 3 * 4,
      runQueue: random() < 0.1 ? random() : 0,
      wait: random() < 0.3 ? random() * 3 : 0,
      transferOut: random() < 0.2 ? random() * 0.3 : 0,
    };
    const start = at + random() * 0.6;
    tasks.push({ ...task, start, id });
    at = start + task.compute + task.runQueue + task.wait;
  }
  const lane = new Lane(0, 0);
  const records = recordsOf(tasks);
  tasks.forEach((_, i) => lane.push(records, i, i + 1));
  lane.seal();
  lane.setStartUp(1, 4.5);
  return lane;
}

type Slice = readonly [from: number, to: number, state: State];

function slicesOf(lane: Lane): Slice[] {
  const slices: Slice[] = [[lane.startUpFrom, lane.startUpTo, State.overhead]];
  for (let i = 0; i < lane.length; i++) {
    const a = lane.start[i]!;
    const b = a + lane.compute[i]!;
    const c = b + lane.runQueue[i]!;
    const d = c + lane.wait[i]!;
    slices.push([a - lane.transferIn[i]!, a, State.overhead], [a, b, State.computing], [b, c, State.waitingForCore]);
    slices.push([c, d, State.waiting], [d, d + lane.transferOut[i]!, State.overhead]);
  }
  return slices;
}

/** The definition, word for word: overlap of every slice with every column. */
function naive(lane: Lane, from: number, to: number, width: number): Float64Array {
  const out = new Float64Array(width * stateCount);
  const step = (to - from) / width;
  for (const [begin, end, state] of slicesOf(lane)) {
    for (let column = 0; column < width; column++) {
      const overlap = Math.min(end, from + (column + 1) * step) - Math.max(begin, from + column * step);
      if (overlap > 0) out[column * stateCount + state]! += overlap / step;
    }
  }
  return out;
}

function assertNear(actual: Float64Array, expected: Float64Array, what: string): void {
  for (const [i, value] of expected.entries()) {
    assert.ok(Math.abs(actual[i]! - value) < 1e-5, `${what}, entry ${i}: ${actual[i]} instead of ${value}`);
  }
}

const scene = fc.record({
  tasks: fc.integer({ min: 0, max: 600 }),
  seed: fc.nat(),
  width: fc.integer({ min: 1, max: 90 }),
  a: fc.double({ min: 0, max: 1, noNaN: true }),
  b: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** A window somewhere within (and a little around) the lane. */
function windowOf(lane: Lane, a: number, b: number): [number, number] {
  const end = lane.end + 10;
  const from = Math.min(a, b) * end - 2;
  return [from, Math.max(from + 1e-3, Math.max(a, b) * end)];
}

describe('shares of a lane by column', () => {
  it('are those of the definition, in one pass and from sums alike', () => {
    fc.assert(
      fc.property(scene, ({ tasks, seed, width, a, b }) => {
        const lane = busyLane(tasks, seed);
        const [from, to] = windowOf(lane, a, b);
        const expected = naive(lane, from, to, width);
        const out = new Float64Array(width * stateCount);
        sharesInOnePass(lane, from, to, width, out);
        assertNear(out, expected, 'in one pass');
        sharesFromSums(lane, from, to, width, out.fill(9));
        assertNear(out, expected, 'from sums');
      }),
      { numRuns: 100 },
    );
  });

  it('never exceed a column', () => {
    fc.assert(
      fc.property(scene, ({ tasks, seed, width, a, b }) => {
        const lane = busyLane(tasks, seed);
        const out = new Float64Array(width * stateCount);
        shares(lane, ...windowOf(lane, a, b), width, out);
        for (let column = 0; column < width; column++) {
          const sum = out.subarray(column * stateCount, (column + 1) * stateCount).reduce((x, y) => x + y, 0);
          assert.ok(sum <= 1 + 1e-5, `column ${column} holds ${sum}`);
        }
      }),
    );
  });

  it('add up to the lane, whatever the number of columns', () => {
    fc.assert(
      fc.property(scene, ({ tasks, seed, width }) => {
        const lane = busyLane(tasks, seed);
        const to = lane.end + 1;
        const out = new Float64Array(width * stateCount);
        shares(lane, 0, to, width, out);
        const total = new Float64Array(stateCount);
        lane.sumBefore(Infinity, total);
        for (let state = 0; state < stateCount; state++) {
          let sum = 0;
          for (let column = 0; column < width; column++) sum += (out[column * stateCount + state]! * to) / width;
          assert.ok(Math.abs(sum - total[state]!) < 1e-4 * Math.max(1, to), `state ${state}: ${sum}, not ${total[state]}`);
        }
      }),
    );
  });

  it('show a true 63 % where longest-slice pictures would show all or nothing', () => {
    const lane = new Lane(0, 0);
    const tasks = Array.from({ length: 10_000 }, (_, i) => ({ start: i, compute: 0.63, wait: 0.37 }));
    const records = recordsOf(tasks);
    tasks.forEach((_, i) => lane.push(records, i, i + 1));
    lane.seal();
    const out = new Float64Array(100 * stateCount);
    shares(lane, 0, 10_000, 100, out);
    for (let column = 0; column < 100; column++) {
      assert.ok(Math.abs(out[column * stateCount + State.computing]! - 0.63) < 1e-6);
    }
  });

  it('count the tasks called in the span', () => {
    const lane = busyLane(300, 4);
    const out = new Float64Array(10 * stateCount);
    assert.equal(shares(lane, 0, lane.end + 1, 10, out), 300);
    assert.equal(shares(lane, lane.start[10]!, lane.start[20]!, 10, out), 10);
  });
});
