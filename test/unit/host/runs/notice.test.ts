import assert from 'node:assert/strict';
import { noticeOf } from '../../../../src/host/runs/notice';
import { previewOf } from '../../../../src/host/runs/preview-of';
import { progressText } from '../../../../src/host/runs/progress-text';
import { RunData } from '../../../../src/profile/run-data';

function run(change: Partial<RunData>): RunData {
  const target = { language: 'javascript', file: '/w/a.js', function: 'f', line: 1, column: 1 } as const;
  const plan = { model: 'threads', workers: 2, concurrency: 1, chunk: 'auto', tasks: 64 } as const;
  return Object.assign(new RunData('a', 0, target, { kind: 'repeat', times: 64 }, plan), change);
}

const counts = (succeeded: number, failed: number) => ({ tasks: 64, succeeded, failed, cancelled: 0 });

describe('notice at the end of a run', () => {
  it('is none where all went well, and none where the person cancelled', () => {
    assert.equal(noticeOf(run({ outcome: 'completed', counts: counts(64, 0) })), null);
    assert.equal(noticeOf(run({ outcome: 'cancelled', message: 'Cancelled.', counts: counts(3, 0) })), null);
  });

  it('names the first call that failed', () => {
    const data = run({
      outcome: 'completed',
      counts: counts(61, 3),
      errors: [{ index: 4, name: 'TypeError', message: 'n is [not](command:x)', stack: '', phase: 'run' }],
    });
    data.previews.set(4, { input: '20004', result: null });
    assert.deepEqual(noticeOf(data), {
      severity: 'warning',
      text: '3 of 64 calls of `f` failed. The first: f(20004): TypeError: n is [not] (command:x)',
    });
  });

  it('says that all failed', () => {
    assert.match(noticeOf(run({ outcome: 'completed', counts: counts(0, 64) }))!.text, /^All 64 calls of `f` failed\.$/);
  });

  it('says what went wrong with the only call', () => {
    const errors = [{ index: 0, name: 'ValueError', message: 'no 7', stack: '', phase: 'run' }] as const;
    const data = run({ outcome: 'completed', counts: { tasks: 1, succeeded: 0, failed: 1, cancelled: 0 }, errors: [...errors] });
    data.previews.set(0, { input: '7', result: null });
    assert.equal(noticeOf(data)!.text, 'The call of `f` failed. f(7): ValueError: no 7');
  });

  it('tells a time-out from a run that broke', () => {
    const notice = noticeOf(run({ outcome: 'failed', timedOut: true, message: 'Timed out after 2 s. 12 of 64 calls finished.', counts: counts(12, 0) }));
    assert.deepEqual(notice, { severity: 'warning', text: '`f`: Timed out after 2 s. 12 of 64 calls finished.' });
  });

  it('is an error where the run failed', () => {
    const notice = noticeOf(run({ outcome: 'failed', message: 'Cannot find module "./gone" (a.js:3)' }));
    assert.deepEqual(notice, { severity: 'error', text: '`f`: Cannot find module "./gone" (a.js:3)' });
  });
});

describe('progress of a run', () => {
  it('says what it does', () => {
    assert.equal(progressText(run({ phase: 'starting' })), 'starting Node');
    const python = { language: 'python', file: '/w/a.py', function: 'f', line: 1, column: 1 } as const;
    assert.equal(progressText(run({ phase: 'starting', target: python })), 'starting Python');
    assert.equal(progressText(run({ phase: 'running', counts: counts(12, 3) })), '15 of 64 calls, 3 failed');
    const unknown = run({ phase: 'running', counts: counts(1200, 0) });
    unknown.plan = { ...unknown.plan, tasks: null };
    assert.equal(progressText(unknown), '1,200 calls');
  });
});

describe('preview out of a run', () => {
  it('has the first calls, as many as were told of', () => {
    const ended = run({ outcome: 'completed', counts: counts(64, 0) });
    for (const index of [0, 1, 2, 3]) ended.previews.set(index, { input: String(index), result: null });
    assert.deepEqual(previewOf(ended), { count: 64, first: ['0', '1', '2'] });
  });

  it('is none where the run never came to its inputs', () => {
    assert.equal(previewOf(run({ outcome: 'failed', message: 'There is no Node.js' })), null);
  });
});
