import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { text, toCsv } from '../../../../src/profile/exports/csv';
import type { RunData } from '../../../../src/profile/run-data';
import { madeRun } from '../made-run';

const csv = (run: RunData) => [...toCsv(run)].join('');
const rowsOf = (run: RunData) => parse(csv(run), { columns: true }) as Record<string, string>[];

function small() {
  const run = madeRun([
    { id: 1, worker: 1, start: 20.5, compute: 4, wait: 1, runQueue: 0.5, queued: 20, transferIn: 0.25, transferOut: 0.125 },
    { id: 0, worker: 0, slot: 3, start: 21, compute: 10, status: 1 },
  ]);
  run.previews.set(1, { input: '"a, b"', result: '=1+1' });
  run.errors.push({ index: 0, name: 'Error', message: 'two\nlines', stack: '', phase: 'run' });
  return run;
}

describe('CSV', () => {
  it('has a row a task', () => {
    assert.deepEqual(rowsOf(small()), [
      {
        task: '1', status: 'succeeded', worker: '1', slot: '0', start_ms: '20.5', length_ms: '5.5', on_cpu_ms: '4', blocked_ms: '1',
        run_queue_ms: '0.5', queued_ms: '20', transfer_in_ms: '0.25', transfer_out_ms: '0.125', input: '"a, b"', result: "'=1+1", error: '',
      },
      {
        task: '0', status: 'failed', worker: '0', slot: '3', start_ms: '21', length_ms: '10', on_cpu_ms: '10', blocked_ms: '0',
        run_queue_ms: '0', queued_ms: '0', transfer_in_ms: '0', transfer_out_ms: '0', input: '', result: '', error: 'Error: two\nlines',
      },
    ]);
  });

  it('leaves empty what is not known', () => {
    const [first] = rowsOf(Object.assign(small(), { splitKnown: false }));
    assert.deepEqual([first?.on_cpu_ms, first?.blocked_ms, first?.run_queue_ms], ['', '', '']);
  });

  it('ends every line with CRLF', () => {
    const quoted = csv(small()).replace(/"(?:[^"]|"")*"/g, '');
    assert.equal(quoted.split('\r\n').length, 4);
    assert.ok(!/[^\r]\n/.test(quoted));
  });

  it('gives any text back, marked where it could be a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", 'a', 'é') }), (value) => {
        const [[cell]] = parse(`${text(value)},x\r\n`, { relax_column_count: true, skip_empty_lines: false }) as [[string]];
        assert.equal(cell, /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value);
        assert.ok(!/^[=+\-@\t\r\n]/.test(cell));
      }),
    );
  });
});
