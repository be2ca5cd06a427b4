import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { toChromeTrace } from '../../../../src/profile/exports/chrome-trace';
import type { RunData } from '../../../../src/profile/run-data';
import { madeRun } from '../made-run';
import { overlaps, traceSchema, type TraceEvents } from './trace-schema';

const read = (run: RunData) => v.parse(traceSchema, JSON.parse([...toChromeTrace(run)].join('')));
const slices = (events: TraceEvents) => events.filter((event) => event.ph === 'X');

function small() {
  const run = madeRun(
    [
      { id: 1, worker: 1, start: 20.5, compute: 4, wait: 1, runQueue: 0.5, queued: 20, transferIn: 0.25, transferOut: 0.125 },
      { id: 0, worker: 0, start: 21, compute: 10, status: 1 },
    ],
    { wallMs: 40, readyAt: [20, 19] },
  );
  run.previews.set(1, { input: '20000', result: '2262' });
  run.cores.append({ at: 20, span: 20, busy: [1, 0.5], ours: [0.75, Number.NaN] });
  run.cores.append({ at: 40, span: 20, busy: [0.5, 0.5], ours: [0.5, Number.NaN] });
  return run;
}

describe('Chrome trace', () => {
  it('has one slice a task, in microseconds, with what is known of it', () => {
    const tasks = slices(read(small()).traceEvents).filter(({ cat }) => cat === 'task');
    assert.deepEqual(tasks[0], {
      ph: 'X',
      cat: 'task',
      name: 'countPrimes',
      pid: 1,
      tid: 2,
      ts: 20_500,
      dur: 5500,
      args: {
        task: 1,
        status: 'succeeded',
        onCpuUs: 4000,
        blockedUs: 1000,
        runQueueUs: 500,
        queuedUs: 20_000,
        transferInUs: 250,
        transferOutUs: 125,
        input: '20000',
        result: '2262',
      },
    });
    assert.deepEqual([tasks[1]?.tid, tasks[1]?.cname, tasks[1]?.args?.status], [1, 'terrible', 'failed']);
  });

  it('names the run, its workers and their start-up', () => {
    const { traceEvents } = read(small());
    const names = traceEvents.filter((event) => event.ph === 'M' && 'name' in event.args).map((event) => (event.args as { name: string }).name);
    assert.deepEqual(names, ['countPrimes (threads)', 'Worker 0', 'Worker 1', 'Cores']);
    assert.deepEqual(slices(traceEvents).filter(({ cat }) => cat === 'startup').map(({ tid, dur }) => [tid, dur]), [[1, 20_000], [2, 19_000]]);
  });

  it('counts the tasks not begun, and what used each core', () => {
    const counters = read(small()).traceEvents.filter((event) => event.ph === 'C');
    const of = (name: string) => counters.filter((event) => event.name === name).map(({ ts, args }) => [ts, args]);
    assert.deepEqual(of('tasks not begun').map(([, args]) => args), [{ tasks: 2 }, { tasks: 1 }, { tasks: 0 }]);
    assert.deepEqual(of('core 0 (%)'), [[0, { ours: 75, others: 25 }], [20_000, { ours: 50, others: 0 }], [40_000, { ours: 0, others: 0 }]]);
    assert.deepEqual(of('core 1 (%)').map(([, args]) => args), [{ busy: 50 }, { busy: 50 }, { busy: 0 }]);
  });

  it('leaves out what is not known', () => {
    const run = Object.assign(small(), { splitKnown: false, runQueueKnown: false });
    const [task] = slices(read(run).traceEvents).filter(({ cat }) => cat === 'task');
    assert.equal('onCpuUs' in task!.args! || 'blockedUs' in task!.args! || 'runQueueUs' in task!.args!, false);
  });

  it('is JSON whatever function and inputs are called', () => {
    const run = small();
    Object.assign(run, { target: { ...run.target, function: '"</script>\u2028\ud800' } });
    run.previews.set(0, { input: '__proto__\u0000"\\', result: null });
    read(run);
  });

  it('has an empty run too', () => {
    assert.deepEqual(slices(read(madeRun([], { wallMs: 0, workers: [] })).traceEvents), []);
  });

  it('never lets slices of a thread overlap, though lengths are rounded', () => {
    const lengths = fc.array(fc.double({ min: 1e-4, max: 50, noNaN: true }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(lengths, fc.double({ min: 0, max: 1e6, noNaN: true }), (made, origin) => {
        let at = origin;
        const run = madeRun(
          made.map((compute) => ({ start: (at += compute) - compute, compute })),
          { wallMs: origin + 5000, plan: { workers: 1 } },
        );
        assert.deepEqual(overlaps(read(run).traceEvents), []);
      }),
    );
  });

  it('comes in pieces, none of them large', () => {
    const run = madeRun(Array.from({ length: 20_000 }, (_, i) => ({ start: i / 10, compute: 0.1 })), { wallMs: 2000, plan: { workers: 1 } });
    const sizes = [...toChromeTrace(run)].map((piece) => piece.length);
    assert.ok(sizes.length > 20 && Math.max(...sizes) < 100_000);
  });
});
