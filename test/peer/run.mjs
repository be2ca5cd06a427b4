// Runs Piscina's own tests on the Piscina inside dist/runner:   npm run build && node test/peer/run.mjs [FILE...]
// With --stock it runs them on Piscina's own code instead, as a control: there everything must pass.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exclusions } from './exclusions.mjs';
import { preparePackage } from './prepare.mjs';

const here = fileURLToPath(import.meta.url);
const root = dirname(dirname(dirname(here)));
const preparedFolder = 'PEER_PACKAGE';
const { values, positionals } = parseArgs({ allowPositionals: true, options: { stock: { type: 'boolean', default: false } } });

/** tsx must be in the process that runs the tests: it hands its own options down to theirs, and they to their threads. */
function runAgainWithTsx() {
  const folder = preparePackage(root, values);
  const env = { ...process.env, [preparedFolder]: folder };
  const again = ['--import=tsx', here, ...process.argv.slice(2)];
  return spawnSync(process.execPath, again, { cwd: folder, stdio: 'inherit', env }).status ?? 1;
}

/** The whole point: pool and threads come from the built runner. */
async function checkAdapter(folder) {
  const { Piscina } = createRequire(join(folder, 'test/'))('..');
  const pool = new Piscina({ filename: join(folder, 'test/fixtures/eval.js'), maxThreads: 1 });
  const threadFile = await pool.run('process.argv[1]');
  await pool.destroy();
  assert.equal(threadFile, join(root, 'dist/runner/worker.js'));
}

async function runTests(folder) {
  if (!values.stock) await checkAdapter(folder);
  const files = readdirSync(join(folder, 'test'))
    .filter((name) => name.endsWith('.test.ts') && (positionals.length === 0 || positionals.includes(name)))
    .map((name) => join(folder, 'test', name));
  const outcomes = await collect(run({ files, concurrency: 1, timeout: 120_000 }));
  return judge(outcomes, files, values.stock ? [] : exclusions);
}

/** Every test and suite: `{ file, name, passed, skipped, error }`. */
async function collect(events) {
  const outcomes = [];
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass';
    // Node 20 reports each file as a test too; that one matters only where the file itself fails.
    if (passed && data.name.endsWith('.test.ts')) continue;
    outcomes.push({
      file: basename(data.file ?? data.name),
      name: data.name,
      passed,
      skipped: data.skip !== undefined,
      error: data.details?.error?.cause ?? data.details?.error,
    });
  }
  return outcomes;
}

/** Prints what passed and what did not; 0 where each test did as it should. */
function judge(outcomes, files, exclusions) {
  const isExcluded = ({ file, name }) => exclusions.some((one) => one.file === file && one.test === name);
  const ran = outcomes.filter(({ skipped }) => !skipped);
  const wrong = ran.filter((outcome) => outcome.passed === isExcluded(outcome));
  const excluded = ran.filter((outcome) => !outcome.passed && isExcluded(outcome));
  const whole = files.map((file) => basename(file)).filter((file) => ran.every((one) => one.file !== file || one.passed));

  console.log(`Files that pass as a whole (${whole.length} of ${files.length}):\n  ${whole.join('\n  ')}`);
  for (const { file, name } of excluded) console.log(`Excluded: ${file}: ${name}`);
  for (const { file, name, passed, error } of wrong) {
    console.log(passed ? `Passes, but is excluded: ${file}: ${name}` : `Fails: ${file}: ${name}\n${error?.stack ?? error}`);
  }
  const passed = ran.filter((outcome) => outcome.passed && !isExcluded(outcome)).length;
  console.log(`${passed} passed, ${wrong.length} failed, ${outcomes.length - ran.length + excluded.length} skipped`);
  return wrong.length === 0 && passed > 0 ? 0 : 1;
}

const folder = process.env[preparedFolder];
process.exitCode = folder ? await runTests(folder) : runAgainWithTsx();
