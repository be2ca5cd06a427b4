import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TaskStatus } from '../../../src/protocol/columns';
import type { Timing } from '../../../src/protocol/report';
import { summarise, SummaryAccumulator, type Summary } from '../../../src/profile/summary';
import { columnsOf, madeRun, type MadeTask } from './made-run';

/** Two workers, 100 ms; see the picture in each test. */
const pair: readonly MadeTask[] = [
  // W0: start-up 20, transfer 5, task 40 (30 + 4 + 6), transfer 2 of a gap of 10, task 20, tail 5
  { worker: 0, start: 25, transferIn: 5, compute: 30, wait: 4, runQueue: 6 },
  { worker: 1, start: 30, transferIn: 6, compute: 50, transferOut: 3 },
  { worker: 0, start: 75, transferIn: 2, compute: 20, transferOut: 1 },
];

const close = (actual: number | null | undefined, expected: number, what = '') =>
  assert.ok(actual != null && Math.abs(actual - expected) < 1e-4, `${what} ${actual} is not ${expected}`);

describe('summary', () => {
  it('divides the lanes’ wall time as worked out by hand', () => {
    const { timing } = summarise(madeRun(pair, { wallMs: 100, readyAt: [20, 24] }));
    close(timing.startupMs, 44);
    close(timing.computeMs, 110);
    close(timing.onCpuMs, 100);
    close(timing.blockedMs, 4);
    close(timing.runQueueMs, 6);
    close(timing.transferMs, 5 + 2 + 1 + 6 + 3);
    close(timing.idleMs, 200 - 44 - 110 - 17);
  });

  it('takes work without contention for the sequential time', () => {
    const summary = summarise(madeRun(pair, { wallMs: 100, readyAt: [20, 24] }));
    close(summary.speedup.estimate, 1.04);
    close(summary.efficiency, 0.52);
    close(summary.overhead?.startup, 0.22);
    close(summary.overhead?.transfer, 0.085);
    close(summary.overhead?.total, 0.305);
  });

  it('prefers a sequential run that was measured', () => {
    const { speedup } = summarise(madeRun(pair, { wallMs: 100 }), 180);
    assert.deepEqual(speedup, { measuredMs: 180, estimate: 1.8, basis: 'A sequential run over the same inputs took 180 ms.' });
  });

  it('puts the loss bar into lanes that add up', () => {
    const { loss } = summarise(madeRun(pair, { wallMs: 100, readyAt: [20, 24] }));
    assert.deepEqual(loss?.map(({ kind }) => kind), ['code', 'runQueue', 'transfer', 'startup', 'idle']);
    close(loss?.[0]?.times, 1.04);
    close(loss?.[1]?.times, 0.06);
    close(loss?.reduce((sum, { times }) => sum + times, 0), 2);
  });

  it('sums up each worker', () => {
    const { workers } = summarise(madeRun(pair, { wallMs: 100 }));
    assert.deepEqual(workers.map(({ id, tasks }) => [id, tasks]), [[0, 2], [1, 1]]);
    close(workers[0]?.busyMs, 60);
    close(workers[0]?.onCpuMs, 50);
    close(workers[0]?.utilisation, 0.6);
  });

  it('averages core samples by their spans', () => {
    const run = madeRun([], { wallMs: 40 });
    run.cores.append({ at: 10, span: 10, busy: [1, 0.5], ours: [1, Number.NaN] });
    run.cores.append({ at: 40, span: 30, busy: [0.2, 0.5], ours: [0, 0] });
    const { cores } = summarise(run);
    close(cores[0]?.utilisation, 0.4);
    close(cores[0]?.ours, 0.25);
    assert.equal(cores[1]?.ours, null);
  });

  it('does not count transfer that a worker did not wait for', () => {
    const tasks = [
      { start: 0, compute: 50, transferOut: 20 },
      { start: 50, compute: 50, transferOut: 5 },
    ];
    const { timing } = summarise(madeRun(tasks, { wallMs: 105, plan: { workers: 1 } }));
    close(timing.transferMs, 5);
    close(timing.idleMs, 0);
  });

  it('counts the time until the first input as start-up', () => {
    const { timing } = summarise(madeRun([{ start: 30, transferIn: 1, compute: 9 }], { wallMs: 39, plan: { workers: 1 }, readyAt: [5] }));
    close(timing.startupMs, 29);
    close(timing.transferMs, 1);
  });

  it('counts a worker that never was ready as starting, and one that replaces another from its thread on', () => {
    const run = madeRun([{ start: 10, compute: 20 }], { wallMs: 100, plan: { workers: 2 }, readyAt: [10, null, 90] });
    run.workers[1]!.endedAt = 60;
    run.workers[2]!.spawnedAt = 70;
    close(summarise(run).timing.startupMs, 10 + 60 + 20);
  });

  it('leaves tasks that were stopped for their time out of the latency, not out of the time', () => {
    const tasks = [{ start: 0, compute: 1 }, { start: 1, compute: 99, status: TaskStatus.timedOut }];
    const { latency, timing } = summarise(madeRun(tasks, { wallMs: 100, plan: { workers: 1 } }));
    assert.equal(latency.maxMs, 1);
    close(timing.computeMs, 100);
  });

  describe('tasks that overlap in one worker', () => {
    const overlapping = (compute: number, wait: number) =>
      Array.from({ length: 10 }, (_, slot): MadeTask => ({ slot, start: 0, compute, wait }));
    const gather = { plan: { model: 'gather', workers: 1, concurrency: 10 } as const, splitShared: true };

    it('counts waits that overlap as gained', () => {
      const { speedup, workers } = summarise(madeRun(overlapping(0, 100), { wallMs: 100, ...gather }));
      close(speedup.estimate, 10);
      close(workers[0]?.busyMs, 100);
    });

    it('gains nothing where the event loop was busy all the time', () => {
      // Ten tasks of 10 ms of computing, begun at once: each is open for 100 ms.
      const { speedup } = summarise(madeRun(overlapping(10, 90), { wallMs: 100, ...gather }));
      close(speedup.estimate, 1);
    });
  });

  describe('what is not known', () => {
    const unknown = (timing: Timing) => Object.entries(timing).filter(([, value]) => value === null).map(([name]) => name);

    it('is null where nothing was recorded', () => {
      const run = madeRun([], { wallMs: 100, counts: { tasks: 9, succeeded: 9, failed: 0, cancelled: 0 } });
      const summary = summarise(run);
      assert.equal(summary.timing.wallMs, 100);
      assert.deepEqual(unknown(summary.timing), ['startupMs', 'computeMs', 'onCpuMs', 'blockedMs', 'runQueueMs', 'transferMs', 'idleMs']);
      assert.deepEqual([summary.speedup.estimate, summary.efficiency, summary.overhead, summary.loss], [null, null, null, null]);
      assert.deepEqual(summary.latency, { p50Ms: null, p95Ms: null, p99Ms: null, maxMs: null });
    });

    it('is null where a run was cut off before any task ended, and nothing where there was none', () => {
      const none = { tasks: 4, succeeded: 0, failed: 0, cancelled: 4 };
      assert.equal(summarise(madeRun([], { wallMs: 100, outcome: 'cancelled', counts: none })).timing.computeMs, null);
      assert.equal(summarise(madeRun([], { wallMs: 100 })).timing.computeMs, 0);
    });

    it('is the split where the OS does not tell', () => {
      const summary = summarise(madeRun(pair, { wallMs: 100, splitKnown: false, runQueueKnown: false }));
      assert.deepEqual(unknown(summary.timing), ['onCpuMs', 'blockedMs', 'runQueueMs']);
      assert.equal(summary.workers[0]?.onCpuMs, null);
      assert.match(summary.speedup.basis, /may be too high/);
    });

    it('is blocked time too where the OS tells CPU time alone', () => {
      const { timing } = summarise(madeRun(pair, { wallMs: 100, runQueueKnown: false }));
      assert.deepEqual(unknown(timing), ['blockedMs', 'runQueueMs']);
    });

    it('is the start of workers that nobody told of', () => {
      const { timing } = summarise(madeRun(pair, { wallMs: 100, workers: [] }));
      assert.deepEqual(unknown(timing), ['startupMs', 'transferMs', 'idleMs']);
    });
  });

  describe('for any run', () => {
    const length = fc.float({ min: 0, max: 20, noNaN: true });
    const piece = fc.record({ gap: length, compute: length, wait: length, runQueue: length, transferIn: length, transferOut: length, slot: fc.nat(2), worker: fc.nat(2) });
    const made = fc.record({ pieces: fc.array(piece, { maxLength: 60 }), ready: fc.array(fc.option(fc.nat(30)), { maxLength: 3 }), after: fc.nat(20) });

    /** Tasks that follow each other within their lanes, in order of their ends. */
    const layOut = ({ pieces, ready, after }: typeof made extends fc.Arbitrary<infer T> ? T : never, concurrency: number) => {
      const free = new Map<number, number>();
      const tasks = pieces.map(({ gap, slot, ...piece }) => {
        const lane = piece.worker * 3 + (concurrency === 1 ? 0 : slot);
        const start = (free.get(lane) ?? ready[piece.worker] ?? 0) + gap;
        // Half a millisecond for the rounding of 32-bit lengths.
        free.set(lane, start + piece.compute + piece.wait + piece.runQueue + 0.0005);
        return { ...piece, start, slot: concurrency === 1 ? 0 : slot, id: 0 };
      });
      tasks.sort((a, b) => a.start + a.compute + a.wait + a.runQueue - (b.start + b.compute + b.wait + b.runQueue));
      const wallMs = Math.max(0, ...free.values()) + after;
      const run = madeRun(tasks, { wallMs, readyAt: ready, plan: { workers: 3, concurrency }, splitShared: concurrency > 1 });
      return { tasks, run };
    };

    for (const concurrency of [1, 3]) {
      it(`adds up, ${concurrency} at a time`, () => {
        fc.assert(
          fc.property(made, (it) => {
            const { run } = layOut(it, concurrency);
            const { timing, loss, lanes } = summarise(run);
            const { startupMs, computeMs, transferMs, idleMs, onCpuMs, blockedMs, runQueueMs } = timing;
            for (const part of [startupMs, computeMs, transferMs, idleMs]) assert.ok(part! >= 0);
            close(startupMs! + computeMs! + transferMs! + idleMs!, lanes * timing.wallMs, 'lanes × wall');
            close(onCpuMs! + blockedMs! + runQueueMs!, computeMs!, 'compute');
            if (loss) close(loss.reduce((sum, { times }) => sum + times, 0), lanes, 'loss bar');
          }),
        );
      });

      it(`is the same however the records are split into batches, ${concurrency} at a time`, () => {
        fc.assert(
          fc.property(made, fc.array(fc.nat(60)), (it, cuts) => {
            const { tasks, run } = layOut(it, concurrency);
            assert.deepEqual(inBatches(tasks, cuts, concurrency).summary(run), summarise(run));
          }),
        );
      });
    }

    function inBatches(tasks: readonly MadeTask[], cuts: readonly number[], concurrency: number): SummaryAccumulator {
      const accumulator = new SummaryAccumulator(concurrency);
      const columns = columnsOf(tasks);
      const bounds = [0, ...cuts.filter((cut) => cut < tasks.length), tasks.length].sort((a, b) => a - b);
      for (let i = 1; i < bounds.length; i++) accumulator.add(columns, bounds[i - 1]!, bounds[i]!);
      return accumulator;
    }
  });

  it('tells the same while a run goes on as a fresh look does', () => {
    const accumulator = new SummaryAccumulator();
    const run = madeRun([], { phase: 'running', outcome: null, wallMs: 30 });
    const all: Summary[] = [];
    for (const [i, task] of pair.entries()) {
      const columns = columnsOf([{ id: i, ...task }]);
      accumulator.add(columns, 0, 1);
      run.records.append(columns, 1);
      run.wallMs += 25;
      run.cores.append({ at: run.wallMs, span: 25, busy: [1, i / 4], ours: [0.5, 0] });
      all.push(accumulator.summary(run));
      assert.deepEqual(all.at(-1), summarise(run));
    }
    assert.ok(all.every(({ provisional }) => provisional));
  });
});
