/** Evidence for rewrites, through the built runner. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { applyPlan } from '../../src/rewrite/apply';
import type { EditPlan } from '../../src/rewrite/edit-plan';
import { createEngine } from '../../src/session/create-engine';
import type { RunRequest } from '../../src/session/run-request';
import { verifyRewrite, type Evidence } from '../../src/session/rewrite/verify';

const text = `import { setTimeout as later } from 'node:timers/promises';

const get = async (n) => {
  const twice = await later(40, n * 2);
  if (n < 0) throw new RangeError('negative');
  return twice;
};

export async function doubles(numbers) {
  const all = [];
  for (const n of numbers) {
    all.push(await get(n));
  }
  return all;
}
`;

describe('verifying a rewrite', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'corewise-verify-'));
  const file = join(folder, 'doubles.mjs');
  const engine = createEngine({
    dist: resolve('dist'),
    cache: join(folder, 'cache'),
    spare: false,
    env: process.env,
    nodePath: process.env['COREWISE_TEST_NODE'] ?? process.execPath,
    log: () => {},
  });
  before(() => writeFileSync(file, text));
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const request = (inputs: string): RunRequest => ({
    target: { language: 'javascript', file, function: 'doubles', line: 9, column: 23 },
    unsaved: new Map([[file, text]]),
    inputs: { kind: 'expression', text: inputs },
    plan: { model: 'sequential' },
  });
  const gather = async (): Promise<EditPlan> => {
    const at = text.indexOf('all.push');
    const plan = await engine.rewrite('loop-to-gather', { file, text, selection: { start: at, end: at } });
    assert(plan.ok);
    return plan.value;
  };
  const same = ({ sameResults, sameArguments, sameErrors, differences }: Evidence) => ({ sameResults, sameArguments, sameErrors, differences });

  it('finds the same results, arguments and errors, and less time', async () => {
    const evidence = await verifyRewrite(engine, request('[[1, 2, 3, 4, 5], [], [1, -1]]'), await gather());
    assert.deepEqual(same(evidence), { sameResults: true, sameArguments: true, sameErrors: true, differences: [] });
    assert.equal(evidence.calls, 3);
    // Five waits of 40 ms in a row against one: far from what a busy machine could turn around.
    assert(evidence.afterMs < evidence.beforeMs, `${evidence.beforeMs} to ${evidence.afterMs} ms`);
  });

  it('sees results, arguments and errors that differ', async () => {
    const plan = await gather();
    const start = text.indexOf('const all');
    const broken: EditPlan = { ...plan, edits: [{ start, end: start, newText: "numbers.reverse(); if (numbers.length === 1) throw new TypeError('one');" }] };
    assert.match(applyPlan(text, broken.edits), /numbers\.reverse/);
    const evidence = await verifyRewrite(engine, request('[[1, 2], [7], []]'), broken);
    assert.deepEqual(same(evidence), {
      sameResults: false,
      sameArguments: false,
      sameErrors: false,
      differences: ['Call 1: another result.', 'Call 2: another result.', 'Call 1: its arguments are left in another state.', 'Call 2: another type of error, or none.'],
    });
  });

  it('is refused for what needs a file that is not there yet', async () => {
    const plan = { ...(await gather()), newFiles: [{ name: 'a.worker.mjs', text: '' }] };
    await assert.rejects(verifyRewrite(engine, request('[[1]]'), plan), /before it is applied/);
  });
});
