// The task files of Piscina's tests, run by Piscina and by Corewise: both must answer alike.
//   npm run build && node test/peer/through-runner.mjs
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Piscina } from 'piscina';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const fixtures = join(root, 'node_modules/piscina/test/fixtures');
const run = promisify(execFile);

/** Code that Piscina's own tests hand to their `eval` tasks, and its like. */
const evaluated = [
  '42',
  'Promise.resolve(42)',
  'new Promise((resolve) => setTimeout(resolve, 5, "late"))',
  '({ a: [1, "two", null, { deep: true }] })',
  'undefined',
  'throw new Error("failed")',
  'throw new TypeError("of its own kind")',
  'Promise.reject(new RangeError("rejected"))',
  'missing.name',
  '{ this is no code',
];

const cases = [
  { file: 'eval.js', target: 'default', inputs: evaluated },
  { file: 'esm-export.mjs', target: 'default', inputs: evaluated },
  { file: 'eval-params.js', target: 'default', inputs: evaluated.map((code) => ({ code })) },
  { file: 'multiple.js', target: 'a', inputs: [{}, {}] },
  { file: 'multiple.js', target: 'b', inputs: [{}, {}] },
  { file: 'sleep.js', target: 'default', inputs: [{ time: 1, a: 0 }, { a: 0 }] },
  {
    file: 'vm.js',
    target: 'default',
    inputs: [
      { payload: 'a + b', context: { a: 1, b: 2 } },
      { payload: 'throw new Error("inside")', context: {} },
    ],
  },
];

/** `{ value }` or `{ error: "Name: message" }`. */
async function byPiscina({ file, target }, inputs) {
  const name = target === 'default' ? {} : { name: target };
  const pool = new Piscina({ filename: join(fixtures, file), ...name, maxThreads: 1 });
  const outcomes = await Promise.allSettled(inputs.map((input) => pool.run(input)));
  await pool.destroy();
  return outcomes.map(({ value, reason }) => (reason ? { error: `${reason.name}: ${reason.message}` } : { value: asJson(value) }));
}

async function byCorewise({ file, target }, inputs) {
  const command = [join(root, 'dist/cli.js'), 'run', `${join(fixtures, file)}#${target}`];
  const options = ['--inputs', JSON.stringify(inputs), '--model', 'threads', '--json', '--results'];
  // Exit code 1 says that some task failed, as some are meant to.
  const { stdout } = await run(process.execPath, [...command, ...options]).catch((fault) => {
    if (fault.code !== 1) throw fault;
    return fault;
  });
  const { results, errors } = JSON.parse(stdout);
  return inputs.map((_, i) => {
    const error = errors.find(({ index }) => index === i);
    return error ? { error: `${error.name}: ${error.message}` } : { value: results.find(({ index }) => index === i)?.value };
  });
}

/** As a report writes what JSON cannot say. */
const asJson = (value) => (value === undefined ? { $type: 'undefined' } : value);

for (const one of cases) {
  test(`${one.file}#${one.target}`, { timeout: 60_000 }, async () => {
    assert.deepEqual(await byCorewise(one, one.inputs), await byPiscina(one, one.inputs));
  });
}

test('where they differ by intent: what is thrown is never taken for a success, and what cannot be sent is explained', { timeout: 60_000 }, async () => {
  const one = { file: 'eval.js', target: 'default' };
  const inputs = ['throw null', '() => {}'];
  const [thrown, uncloneable] = await byPiscina(one, inputs);
  assert.deepEqual(thrown, { value: null });
  const [ours, explained] = await byCorewise(one, inputs);
  assert.match(ours.error, /null/);
  assert.match(explained.error, /^DataCloneError: .*function/);
  assert.notDeepEqual(explained, uncloneable);
});
