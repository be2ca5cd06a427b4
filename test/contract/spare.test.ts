/** Runs on a spare runner: whatever it did while it waited, a run must not feel anything of it but speed. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunData } from '../../src/profile/run-data';
import { createEngine } from '../../src/session/create-engine';
import { eventually, processesMarked } from './processes';

describe('A run on the spare', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'corewise-spare-'));
  const file = join(folder, 'program.mjs');
  const mark = randomUUID();
  const engine = createEngine({
    dist: resolve('dist'),
    cache: join(folder, 'cache'),
    spare: true,
    env: { ...process.env, COREWISE_CONTRACT: mark },
    nodePath: process.env['COREWISE_TEST_NODE'] ?? process.execPath,
    log: () => {},
  });

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs as soon as there is a spare process, whatever it is at. */
  async function onSpare(text: string, inputs: string): Promise<RunData> {
    writeFileSync(file, text);
    engine.warm(file);
    await eventually('there is a spare', 10_000, () => processesMarked(`COREWISE_CONTRACT=${mark}`).length > 0);
    const data = await engine.start({
      target: { language: 'javascript', file, function: 'f', line: 1, column: 1 },
      inputs: { kind: 'expression', text: inputs },
      plan: { model: 'threads', workers: 2 },
      wantResults: true,
    }).ended;
    assert.equal(data.processStartMs, null, 'It was a spare.');
    return data;
  }

  const indices = (data: RunData): number[] =>
    [...data.records.blocks()].flatMap(({ columns, length }) => [...columns.id.subarray(0, length)]).sort((a, b) => a - b);

  it('has its own tasks and no others, at whatever moment it comes', async () => {
    for (let round = 0; round < 6; round++) {
      const data = await onSpare(`export function f(n) { return n + ${round}; }`, '(function* () { for (let i = 0; i < 500; i++) yield i; })()');
      assert.equal(data.outcome, 'completed', data.message ?? '');
      assert.deepEqual(data.counts, { tasks: 500, succeeded: 500, failed: 0, cancelled: 0 });
      assert.deepEqual(data.results!.map((result) => 'value' in result && result.value), Array.from({ length: 500 }, (_, i) => i + round));
      assert.deepEqual(indices(data), Array.from({ length: 500 }, (_, i) => i));
      assert.deepEqual(data.workers.map(({ id }) => id), [0, 1]);
      assert.deepEqual(data.warnings, []);
      assert.deepEqual(data.output.lines, []);
    }
  });

  it('blames the task that ends its worker, and no other', async () => {
    const data = await onSpare('export function f(n) { if (n === 7) process.exit(3); return n; }', 'Array.from({ length: 20 }, (_, i) => i)');
    assert.deepEqual(data.errors.map(({ index }) => index), [7]);
    assert.deepEqual(data.counts, { tasks: 20, succeeded: 19, failed: 1, cancelled: 0 });
    assert.deepEqual(data.warnings, [], 'Nothing is said to have begun that had not.');
  });

  it('stops at once when it is cancelled', async () => {
    writeFileSync(file, 'export function f() { for (;;); }');
    engine.warm(file);
    await eventually('there is a spare', 10_000, () => processesMarked(`COREWISE_CONTRACT=${mark}`).length > 0);
    const run = engine.start({
      target: { language: 'javascript', file, function: 'f', line: 1, column: 1 },
      inputs: { kind: 'repeat', times: 2 },
      plan: { model: 'threads', workers: 2 },
    });
    await eventually('it runs', 10_000, () => run.data.phase === 'running');
    run.cancel();
    assert.equal((await run.ended).outcome, 'cancelled');
  });
});
