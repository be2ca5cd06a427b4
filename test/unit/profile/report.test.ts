import assert from 'node:assert/strict';
import * as v from 'valibot';
import { reportSchema } from '../../../src/protocol/report-schema';
import { toReport } from '../../../src/profile/report';
import golden from './report.golden.json';
import { madeRun } from './made-run';

function everything() {
  const run = madeRun(
    [
      { id: 0, worker: 0, start: 25, transferIn: 5, compute: 30, wait: 2, runQueue: 8, transferOut: 1 },
      { id: 1, worker: 1, start: 30, transferIn: 6, compute: 50, transferOut: 3 },
      { id: 2, worker: 0, start: 75, transferIn: 2, compute: 20, transferOut: 1, status: 1 },
    ],
    { wallMs: 100, readyAt: [20, 24], peakMemoryMb: 95.5, throttledMs: 2.5 },
  );
  run.counts = { tasks: 4, succeeded: 2, failed: 1, cancelled: 1 };
  run.outcome = 'cancelled';
  run.message = 'Cancelled. 3 of 4 tasks had finished.';
  run.errors.push({ index: 2, name: 'RangeError', message: 'too many', stack: 'RangeError: too many\n    at f (/project/src/primes.ts:6:9)', phase: 'run' });
  run.warnings.push('A timer outlived task 0.');
  run.results = [
    { index: 0, value: 2262 },
    { index: 1, value: new Map([['big', 12n]]) },
    { index: 3, preview: 'Uint8Array(268435456)', truncated: true },
  ];
  run.workers[0]!.peakMemoryMb = 12.25;
  run.cores.append({ at: 50, span: 50, busy: [1, 0.5], ours: [0.8, Number.NaN] });
  run.cores.append({ at: 100, span: 50, busy: [0.9, 0.5], ours: [0.8, Number.NaN] });
  return run;
}

describe('run report', () => {
  it('is the document that the contract says', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(toReport(everything()))), golden);
  });

  it('has the shape that its schema says', () => {
    v.parse(reportSchema, JSON.parse(JSON.stringify(toReport(everything()))));
    v.parse(reportSchema, golden);
    assert.throws(() => v.parse(reportSchema, { ...golden, timing: { ...golden.timing, wallMs: null } }));
  });

  it('says null where a run failed before anything was measured', () => {
    const run = madeRun([], { environment: null, outcome: 'failed', message: 'No Node.js 20 or newer was found.', workers: [], counts: { tasks: 0, succeeded: 0, failed: 0, cancelled: 0 } });
    const report = toReport(run);
    v.parse(reportSchema, JSON.parse(JSON.stringify(report)));
    assert.equal(report.environment, null);
    assert.equal(report.timing.startupMs, null);
    assert.equal('results' in report || 'throttledMs' in report, false);
  });

  it('gives results that are too large as previews', () => {
    const run = madeRun([{ start: 0, compute: 1 }], { wallMs: 1, results: [{ index: 0, value: 'x'.repeat(2 << 20) }, { index: 1, value: new Array(1e7) }] });
    run.previews.set(0, { input: '1', result: '"xxx…' });
    assert.deepEqual(toReport(run).results, [
      { index: 0, preview: '"xxx…', truncated: true },
      { index: 1, preview: 'an array of 10,000,000', truncated: true },
    ]);
  });

  it('bounds all results together', () => {
    const value = 'y'.repeat(1_000_000);
    const run = madeRun([], { results: Array.from({ length: 100 }, (_, index) => ({ index, value })) });
    const kept = toReport(run).results!.filter((result) => 'value' in result).length;
    assert.equal(kept, 67);
  });
});
