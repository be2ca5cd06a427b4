import assert from 'node:assert/strict';
import type { RunData } from '../../../src/profile/run-data';
import { summarise } from '../../../src/profile/summary';
import { verdictOf } from '../../../src/profile/verdict';
import { environment, madeRun, target, type MadeTask } from './made-run';

const judge = (run: RunData) => verdictOf(run, summarise(run));
const tasks = (task: MadeTask): MadeTask[] => [0, 1].map((worker) => ({ worker, start: 0, ...task }));
const run = (task: MadeTask, wallMs = 1000) => madeRun(tasks(task), { wallMs });

describe('verdict of one run', () => {
  it('is none while the run goes on', () => {
    assert.equal(judge(Object.assign(run({ compute: 1000 }), { phase: 'running' })), null);
  });

  for (const [what, task, expected] of [
    ['computes', { compute: 950, wait: 50 }, 'cpu-bound'],
    ['computes where it has a core, and mostly has none', { compute: 100, runQueue: 890, wait: 10 }, 'cpu-bound'],
    ['waits', { compute: 20, wait: 980 }, 'io-bound'],
    ['does both', { compute: 400, wait: 600 }, 'mixed'],
    ['is too short to tell', { compute: 20, wait: 1 }, 'unknown'],
  ] as const) {
    it(`calls work that ${what} ${expected}`, () => assert.equal(judge(run(task))?.class, expected));
  }

  it('says what was measured, and names no winner', () => {
    const verdict = judge(run({ compute: 900, wait: 30, runQueue: 70 }));
    assert.equal(verdict?.sentence, 'CPU-bound: tasks were computing for 97 % of the time that they had a core. With 2 workers, this run was an estimated 1.86× as fast as one task after another.');
    assert.deepEqual(verdict?.reasons.slice(0, 4), [
      '2 tasks measured in a run with 2 workers.',
      'On a CPU: 1.80 s.',
      'Waiting: 60.0 ms.',
      'In the queue for a core: 140 ms, 7 % of the tasks’ time.',
    ]);
  });

  it('says nothing of the gain where there were no cores to gain from', () => {
    const verdict = judge(run({ compute: 100, runQueue: 900 }));
    assert.equal(verdict?.sentence, 'CPU-bound: tasks were computing for 100 % of the time that they had a core. Tasks waited for a core for 90 % of their time, so that this run says little of the gain.');
  });

  it('does not call waiting what other threads worked on', () => {
    const made = run({ compute: 20, wait: 980 });
    for (let at = 100; at <= 1000; at += 100) made.cores.append({ at, span: 100, busy: [1, 1], ours: [0.9, 0.9] });
    const verdict = judge(made);
    assert.equal(verdict?.class, 'mixed');
    assert.match(verdict?.sentence ?? '', /^Mixed: while tasks were waiting, other threads of the runtime used 1\.76 s of CPU time/);
  });

  describe('where tasks overlap in one event loop', () => {
    const gather = (compute: number, wait: number) => {
      const tasks = Array.from({ length: 10 }, (_, slot): MadeTask => ({ slot, start: 0, compute, wait }));
      return madeRun(tasks, { wallMs: 1000, plan: { model: 'gather', workers: 1, concurrency: 10 }, splitShared: true });
    };

    it('calls waiting what cannot have been waiting for each other', () => {
      const verdict = judge(gather(5, 995));
      assert.equal(verdict?.class, 'io-bound');
      assert.match(verdict?.sentence ?? '', /waiting for 99 % of their time, not computing\. With 10 at a time in 1 worker, this run was an estimated 9\.55×/);
    });

    it('calls nothing waiting in a loop that was always busy', () => {
      const verdict = judge(gather(100, 900));
      assert.equal(verdict?.class, 'unknown');
      assert.match(verdict?.sentence ?? '', /waited for each other in one event loop/);
    });

    it('knows work of other threads from waiting', () => {
      const made = gather(5, 995);
      for (let at = 100; at <= 1000; at += 100) made.cores.append({ at, span: 100, busy: [1, 1], ours: [0.9, 0.9] });
      assert.equal(judge(made)?.class, 'mixed');
    });
  });

  describe('of threads that share Python’s lock', () => {
    const threads = (n: number, compute: number, wait: number, version = '3.11.7') =>
      madeRun(
        Array.from({ length: n }, (_, worker): MadeTask => ({ worker, start: 0, compute, wait })),
        {
          wallMs: 1000,
          plan: { model: 'threads', workers: n },
          target: { ...target, language: 'python' },
          environment: { ...environment, runtime: 'python', runtimeVersion: version },
        },
      );

    it('does not call waiting what was for each other, nor a gain what was none', () => {
      const made = threads(4, 250, 750);
      const verdict = judge(made);
      assert.equal(verdict?.class, 'unknown');
      assert.match(verdict?.sentence ?? '', /^Tasks waited for each other at the GIL, which lets one thread compute at a time/);
      assert.equal(summarise(made).speedup.estimate, 1);
      assert.equal(summarise(made).workMs, 1000);
    });

    it('still knows waiting for anything else, and what overlapping it gained', () => {
      const made = threads(4, 5, 995);
      assert.equal(judge(made)?.class, 'io-bound');
      // Each may have waited for the 5 ms of the three others.
      assert.equal(summarise(made).speedup.estimate, (4 * 1000 - 3 * 4 * 5) / 1000);
    });

    it('takes the threads of a build without the lock for what they are', () => {
      const made = threads(4, 950, 50, '3.13.0t');
      assert.equal(judge(made)?.class, 'cpu-bound');
      assert.equal(summarise(made).speedup.estimate, 4);
    });
  });

  it('calls tasks too small that cost more than they are worth', () => {
    const small = Array.from({ length: 1000 }, (_, i): MadeTask => ({ worker: i % 2, start: 100 + i * 0.01, compute: 0.001 }));
    const verdict = judge(madeRun(small, { wallMs: 110 }));
    assert.equal(verdict?.class, 'too-small');
    assert.match(verdict?.sentence ?? '', /a task takes 1\.00 µs, and handing one over costs/);
  });

  it('calls work too small that takes less than starting workers for it', () => {
    const verdict = judge(madeRun(tasks({ start: 170, compute: 6 }), { wallMs: 176, readyAt: [170, 170] }));
    assert.equal(verdict?.class, 'too-small');
    assert.match(verdict?.sentence ?? '', /all tasks together took 12\.0 ms, and starting the workers 170 ms of 176 ms/);
  });

  describe('where the system tells less', () => {
    it('still knows computing by CPU time alone', () => {
      assert.equal(judge(Object.assign(run({ compute: 950, wait: 50 }), { runQueueKnown: false }))?.class, 'cpu-bound');
    });

    it('does not take waiting for a core for other waiting', () => {
      assert.equal(judge(Object.assign(run({ compute: 100, wait: 900 }), { runQueueKnown: false }))?.class, 'unknown');
    });

    it('knows nothing without CPU time', () => {
      assert.equal(judge(Object.assign(run({ compute: 1000 }), { splitKnown: false, runQueueKnown: false }))?.class, 'unknown');
    });
  });

  it('says nothing of tasks that all failed', () => {
    const made = run({ compute: 1000, status: 1 });
    made.counts = { tasks: 2, succeeded: 0, failed: 2, cancelled: 0 };
    assert.equal(judge(made)?.class, 'unknown');
  });
});
