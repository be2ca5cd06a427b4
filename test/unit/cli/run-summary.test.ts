import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bar, runSummary, wrapped } from '../../../src/cli/run-summary';
import { plain, terminalOf } from '../../../src/cli/terminal';
import { findingsOf } from '../../../src/profile/findings';
import type { RunData } from '../../../src/profile/run-data';
import { summarise } from '../../../src/profile/summary';
import { verdictOf } from '../../../src/profile/verdict';
import { madeRun, type MadeTask } from '../profile/made-run';

const shown = (run: RunData) => {
  const summary = summarise(run);
  return { run, summary, verdict: verdictOf(run, summary), findings: findingsOf(run, summary) };
};
const summaryOf = (run: RunData) => runSummary(shown(run), { isTty: true, columns: 80, style: plain });

const long = (worker: number): MadeTask => ({ worker, start: 100, compute: 890, wait: 2, runQueue: 8, transferIn: 1 });

describe('summary on the command line', () => {
  it('reads as a whole', () => {
    const run = madeRun([{ id: 0, ...long(0) }, { id: 1, ...long(1) }], { wallMs: 1000, readyAt: [90, 95], peakMemoryMb: 81.4 });
    assert.equal(
      summaryOf(run),
      `✔ countPrimes /project/src/primes.ts:4
  All 2 tasks succeeded in 1.00 s
  threads · 2 workers · chunks auto · Node.js 20.11.0 on 2 usable cores

CPU-bound: tasks were computing for 100 % of the time that they had a core. With
2 workers, this run was an estimated 1.78× as fast as one task after another.

████████████████████████████████████████████████████████████████▓░░░░░░░
2 workers: 1.78× ran your code; waited for a core −0.02×, start-up −0.20×

Wall time    1.00 s
Speed-up     1.78× of 2 possible (estimated)
Efficiency   89 %
Overhead     10 %: start-up 9.9 %, transfer 0.1 %
Latency      p50 900 ms, p95 900 ms, p99 900 ms, max 900 ms
Peak memory  81.4 MB

1  Start-up took 99.0 ms, 9.9 % of the workers’ time. It is paid once: more
   inputs make it weigh less.
`,
    );
  });

  it('tells what failed, with the frames nearest to it, and what user text could do is undone', () => {
    const run = madeRun([{ id: 0, ...long(0) }, { id: 7, ...long(1), status: 1 }], { wallMs: 1000 });
    run.counts = { tasks: 9, succeeded: 1, failed: 8, cancelled: 0 };
    run.errors.push({ index: 7, name: 'RangeError', message: 'bad\u001b[2J\nthing', stack: 'RangeError: bad\n    at f (/p/a.ts:6:9)\n    at g (/p/a.ts:2:1)', phase: 'receive' });
    run.warnings.push('A timer outlived task 3.');
    const text = summaryOf(run);
    assert.match(text, /^✘ countPrimes .*\n {2}8 of 9 tasks failed in 1\.00 s\n/);
    assert.match(text, /\n#7 \(receive\) RangeError: bad thing\n {4}at f \(\/p\/a\.ts:6:9\)\n {4}at g .*\nand 7 failed tasks more; --json has them\n/);
    assert.match(text, /\nWarning: A timer outlived task 3\.\n$/);
  });

  it('says why a run did not come to anything', () => {
    const run = madeRun([], { outcome: 'failed', message: 'SyntaxError: Unexpected token', environment: null, workers: [], counts: { tasks: 0, succeeded: 0, failed: 0, cancelled: 0 } });
    assert.equal(summaryOf(run), '✘ countPrimes /project/src/primes.ts:4\n  SyntaxError: Unexpected token\n  threads · 2 workers · chunks auto\n');
  });

  it('says what is not known', () => {
    const run = madeRun([], { wallMs: 5, counts: { tasks: 1, succeeded: 1, failed: 0, cancelled: 0 } });
    run.records.append({ ...summaryRecord }, 1);
    Object.assign(run, { workers: [], peakMemoryMb: null });
    assert.match(summaryOf(run), /Overhead {5}not known\n/);
    assert.match(summaryOf(run), /Peak memory {2}not known\n/);
  });

  it('has no bar and no colours in a pipe', () => {
    const run = madeRun([{ id: 0, ...long(0) }, { id: 1, ...long(1) }], { wallMs: 1000 });
    const text = runSummary(shown(run), terminalOf({ isTTY: false, columns: 0 }, {}));
    assert.doesNotMatch(text, /█|\u001b/);
    assert.match(text, /1\.78× ran your code/);
  });
});

const summaryRecord = (() => {
  const run = madeRun([{ start: 1, compute: 2 }]);
  return [...run.records.blocks()][0]!.columns;
})();

describe('loss bar', () => {
  it('is always full', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }), fc.integer({ min: 10, max: 100 }), (shares, width) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        fc.pre(total > 0.01);
        const kinds = ['code', 'runQueue', 'transfer', 'startup', 'idle'] as const;
        const parts = kinds.map((kind, i) => ({ kind, times: (shares[i]! / total) * 8 }));
        assert.equal(bar(parts, 8, width, plain).length, width);
      }),
    );
  });
});

describe('wrapped text', () => {
  it('keeps a number with its unit', () => {
    assert.deepEqual(wrapped('it took 100 % of 12.5 ms and more', 12), ['it took', '100 % of', '12.5 ms and', 'more']);
  });
});
