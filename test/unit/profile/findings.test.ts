import assert from 'node:assert/strict';
import { findingsOf, type Finding, type FindingKind } from '../../../src/profile/findings';
import type { RunData } from '../../../src/profile/run-data';
import { summarise } from '../../../src/profile/summary';
import { environment, madeRun, target, type MadeTask } from './made-run';

const find = (run: RunData) => findingsOf(run, summarise(run));
const kinds = (run: RunData) => find(run).map(({ kind }) => kind);
const one = (run: RunData, kind: FindingKind): Finding => {
  const found = find(run).filter((finding) => finding.kind === kind);
  assert.equal(found.length, 1, `${kind} in ${kinds(run).join(', ')}`);
  return found[0]!;
};

/** `n` workers that compute from `from` to `to`. */
const busy = (n: number, from: number, to: number, more: MadeTask = {}): MadeTask[] =>
  Array.from({ length: n }, (_, worker) => ({ worker, start: from, compute: to - from, ...more }));

describe('findings', () => {
  it('are none in a run that went well', () => {
    assert.deepEqual(kinds(madeRun(busy(4, 1, 1000), { wallMs: 1000, plan: { workers: 4 }, environment: { ...environment, usableCores: 4 } })), []);
  });

  it('are none while the run goes on', () => {
    const run = madeRun(busy(2, 500, 1000), { wallMs: 1000, readyAt: [500, 500] });
    assert.deepEqual(kinds(run), ['startup']);
    assert.deepEqual(kinds(Object.assign(run, { phase: 'running' })), []);
  });

  it('tell of start-up, with its span', () => {
    const finding = one(madeRun(busy(2, 190, 1000), { wallMs: 1000, readyAt: [180, 190] }), 'startup');
    assert.deepEqual([finding.from, finding.to, finding.value], [0, 190, 190]);
    assert.match(finding.sentence, /^Start-up took 190 ms, 19 % of the workers’ time\./);
    assert.deepEqual(kinds(madeRun(busy(2, 40, 1000), { wallMs: 1000, readyAt: [40, 40] })), []);
  });

  describe('of a tail', () => {
    const seven = busy(7, 0, 800);

    it('name whom the others waited for, and the long task that was the cause', () => {
      const run = madeRun([...seven, { worker: 7, start: 0, compute: 600 }, { worker: 7, id: 12, start: 600, compute: 400 }], { wallMs: 1000, plan: { workers: 8 } });
      const finding = one(run, 'tail');
      assert.equal(finding.sentence, '7 workers were idle 200 ms on average behind W7: its last task, #12, took 400 ms. Put the longest inputs first.');
      assert.deepEqual([finding.from, finding.to, finding.value], [800, 1000, 200]);
    });

    it('blame the chunk size that was chosen, where many tasks were left', () => {
      const many = Array.from({ length: 100 }, (_, i): MadeTask => ({ worker: 7, start: i * 10, compute: 10 }));
      const run = madeRun([...seven, ...many], { wallMs: 1000, plan: { workers: 8, chunk: 100 } });
      assert.match(one(run, 'tail').sentence, /had more tasks left\. Use smaller chunks than 100\.$/);
    });

    it('advise to split an input that is a worker’s only one', () => {
      const run = madeRun([...seven, { worker: 7, start: 0, compute: 1000 }], { wallMs: 1000, plan: { workers: 8 } });
      assert.match(one(run, 'tail').sentence, /Split that input/);
    });

    it('speak of slots where tasks overlap in a worker', () => {
      const tasks = [0, 1, 2, 3].map((slot): MadeTask => ({ slot, start: 0, wait: slot === 3 ? 1000 : 500 }));
      const run = madeRun(tasks, { wallMs: 1000, plan: { model: 'gather', workers: 1, concurrency: 4 } });
      assert.match(one(run, 'tail').sentence, /^3 slots were idle 500 ms on average behind W0, slot 3/);
    });

    it('are none where a worker merely began late', () => {
      const run = madeRun([{ worker: 0, start: 200, compute: 10 }, { worker: 1, start: 900, compute: 10 }], { wallMs: 910, readyAt: [200, 890] });
      assert.deepEqual(kinds(run), ['startup']);
    });

    it('are none where it is short, or the run was cut off', () => {
      const short = madeRun([...busy(7, 0, 990), { worker: 7, start: 0, compute: 1000 }], { wallMs: 1000, plan: { workers: 8 } });
      assert.deepEqual(kinds(short).filter((kind) => kind === 'tail'), []);
      const cancelled = madeRun([...seven, { worker: 7, start: 0, compute: 1000 }], { wallMs: 1000, plan: { workers: 8 }, outcome: 'cancelled' });
      assert.deepEqual(kinds(cancelled).filter((kind) => kind === 'tail'), []);
    });
  });

  it('tell of workers without a task', () => {
    const finding = one(madeRun(busy(3, 0, 1000), { wallMs: 1000, plan: { workers: 8 } }), 'few-tasks');
    assert.equal(finding.sentence, '5 workers had nothing to do: there were only 3 tasks for 8.');
  });

  describe('of other processes', () => {
    const run = (busyShare: number, ours: number, runQueue = 100) => {
      const made = madeRun(busy(2, 0, 900, { runQueue }), { wallMs: 1000 });
      for (let at = 100; at <= 1000; at += 100) {
        const contended = at > 300 && at <= 700;
        made.cores.append({ at, span: 100, busy: [1, contended ? busyShare : 0.9], ours: [1, contended ? ours : 0.9] });
      }
      return made;
    };

    it('say which cores, how much and when', () => {
      const finding = one(run(1, 0.4), 'other-processes');
      assert.deepEqual([finding.from, finding.to], [300, 700]);
      assert.equal(finding.sentence, 'Other processes used 0.6 cores (on core 1) while hardly any was free. Tasks waited 10 % of their time for a core.');
    });

    it('are none where cores were free, where no task waited, or where our share is not known', () => {
      const none = (it: RunData) => assert.equal(kinds(it).includes('other-processes'), false);
      none(run(0.45, 0));
      none(run(1, 0.4, 0));
      none(run(1, Number.NaN));
      const free = run(1, 0.4);
      for (const sample of free.cores.samples) Object.assign(sample, { busy: [...sample.busy, 0], ours: [...sample.ours, 0] });
      none(free);
    });
  });

  it('tell of a quota that held the run back', () => {
    const finding = one(madeRun(busy(2, 0, 1000), { wallMs: 1000, throttledMs: 350 }), 'throttled');
    assert.match(finding.sentence, /quota of 2 cores held the run back for 350 ms/);
    assert.deepEqual(kinds(madeRun(busy(2, 0, 1000), { wallMs: 1000, throttledMs: 5 })), []);
  });

  it('tell of more workers than cores, where tasks did wait for one', () => {
    const crowd = (runQueue: number) => madeRun(busy(8, 0, 1000 - runQueue, { runQueue }), { wallMs: 1000, plan: { workers: 8 } });
    assert.equal(one(crowd(750), 'oversubscribed').sentence, '8 workers shared 2 cores: tasks waited 75 % of their time for one. Try 2 workers.');
    assert.deepEqual(kinds(crowd(10)), []);
    assert.deepEqual(kinds(Object.assign(crowd(750), { runQueueKnown: false })), []);
  });

  it('tell of threads that took turns at Python’s lock', () => {
    const threads = (compute: number, wait: number, runtimeVersion = '3.12.1') =>
      madeRun(busy(4, 0, compute, { wait }), {
        wallMs: 1000,
        plan: { workers: 4 },
        target: { ...target, language: 'python' },
        environment: { ...environment, usableCores: 4, runtime: 'python', runtimeVersion },
      });
    const finding = one(threads(240, 760), 'global-lock');
    assert.deepEqual([finding.from, finding.to, finding.value], [0, 1000, 0.96]);
    assert.match(finding.sentence, /^The GIL lets one thread compute at a time: 4 threads computed for 960 ms of 1\.00 s together, and waited 76 % of their time\./);
    assert.deepEqual(kinds(threads(20, 980)), []);
    assert.deepEqual(kinds(threads(1000, 0, '3.13.0t')), []);
    assert.deepEqual(kinds(madeRun(busy(4, 0, 240, { wait: 760 }), { wallMs: 1000, plan: { workers: 4 } })), []);
  });

  it('tell of data that take long on their way', () => {
    const tasks = [0, 1].flatMap((worker) => [0, 1, 2].map((i): MadeTask => ({ worker, start: i * 300 + 100, transferIn: 100, compute: 150, transferOut: 50 })));
    const finding = one(madeRun(tasks, { wallMs: 900 }), 'transfer');
    assert.match(finding.sentence, /^Transfer took 50 % of the workers’ time, 75\.0 ms each way/);
    const onABusyMachine = tasks.map((task): MadeTask => ({ ...task, compute: 100, runQueue: 50 }));
    assert.equal(kinds(madeRun(onABusyMachine, { wallMs: 900 })).includes('transfer'), false);
  });

  it('tell of tasks that are smaller than handing them over', () => {
    const tasks = Array.from({ length: 1000 }, (_, i): MadeTask => ({ worker: i % 2, start: i * 0.01, compute: 0.001, transferIn: 0.005 }));
    const finding = one(madeRun(tasks, { wallMs: 10 }), 'small-tasks');
    assert.match(finding.sentence, /^Half of the tasks took 1\.00 µs or less, and handing one over 19\.0 µs\./);
    assert.equal(kinds(madeRun(tasks, { wallMs: 10, plan: { model: 'sequential', workers: 1 } })).includes('small-tasks'), false);
  });

  it('tell of much memory', () => {
    const run = madeRun(busy(2, 0, 1000), { wallMs: 1000, peakMemoryMb: 3072 });
    run.workers[1]!.peakMemoryMb = 1536;
    assert.equal(one(run, 'memory').sentence, 'The run took 3.00 GB at its peak. Its largest worker needed 1.50 GB: fewer workers need less.');
  });

  it('come in order of time, each within the run', () => {
    const run = madeRun([...busy(7, 200, 700, { runQueue: 100 }), { worker: 7, start: 200, compute: 800 }], { wallMs: 1000, readyAt: Array<number>(8).fill(200), plan: { workers: 8 }, throttledMs: 90 });
    const found = find(run);
    assert.deepEqual(found.map(({ kind }) => kind), ['startup', 'oversubscribed', 'throttled', 'tail']);
    for (const { from, to, value } of found) assert.ok(from >= 0 && to > from && to <= 1000 && Number.isFinite(value));
  });
});
