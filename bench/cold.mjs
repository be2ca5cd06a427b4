// Time to the first result, cold and on a spare, against Node with Piscina.   npm run build && node bench/cold.mjs [--rounds 15]
import { transform } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildEngine } from './lib/build-engine.mjs';
import { fixture, openEngine, request } from './lib/corewise.mjs';
import { describeMachine, describeQuiet } from './lib/machine.mjs';
import { installPeers } from './lib/peers.mjs';
import { digits, spread, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(options.rounds);
const base = 'Node and Piscina, compiled';
const virgin = 'Corewise, the first start ever';
const cold = 'Corewise, the first run of an editor';
const open = 'Corewise, with its analysis awake';
const warm = 'Corewise, on the spare';
const folder = mkdtempSync(join(tmpdir(), 'corewise-cold-'));

/** The function already compiled: what a person would have who set up a pool by hand. */
async function compiledFunction() {
  const { code } = await transform(readFileSync(fixture('first.ts'), 'utf8'), { loader: 'ts' });
  const file = join(folder, 'first.mjs');
  writeFileSync(file, code);
  return file;
}

/** Milliseconds from starting Node to its first byte. */
function nodeWithPiscina(file) {
  const script = fileURLToPath(new URL('contestants/first-result.mjs', import.meta.url));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(performance.now() - startedAt));
    child.once('exit', (code) => code !== 0 && reject(new Error(`exit code ${code}`)));
  });
}

let edits = 0;

/** The function in a file that no one has seen: each run is of edited code. */
function editedFile() {
  const file = join(folder, 'first.ts');
  writeFileSync(file, `${readFileSync(fixture('first.ts'), 'utf8')}// edit ${++edits}\n`);
  return file;
}

/** When the phases of our runs began, ms from the request: by kind of start, one entry a run. */
const phases = {};

/** Milliseconds from the request to the first result known to the session. Looked at every millisecond. */
async function firstResult(engine, kind, expectSpare) {
  const wish = request({ file: editedFile(), language: 'typescript', task: 'triangle', inputs: '[1000]' });
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const run = engine.start(wish);
  const began = {};
  const listening = run.onUpdate(({ phase }) => (began[phase] ??= elapsed()));
  while (run.data.counts.succeeded === 0 && run.data.phase !== 'ended') await sleep(1);
  const ms = elapsed();
  listening.dispose();
  const { outcome, message, processStartMs } = await run.ended;
  if (outcome !== 'completed') throw new Error(`The run ${outcome}: ${message}`);
  if ((processStartMs === null) !== expectSpare) throw new Error(expectSpare ? 'No spare was taken.' : 'A spare was taken.');
  (phases[kind] ??= []).push({ ...began, first: ms });
  return ms;
}

/** Neither the runner is there nor the analyst with its parser; only a `cache`, where there was a start before. */
async function coldRun(kind, cache, leisure = 0) {
  const { engine, dispose } = openEngine({ spare: false, ...(cache ? { cache } : {}) });
  const ms = await firstResult(engine, kind, false);
  await sleep(leisure);
  await dispose();
  return ms;
}

installPeers();
await buildEngine();
const compiled = await compiledFunction();
const cache = join(folder, 'cache');
// It keeps compiled code when it has had nothing to do for a while.
await coldRun('', cache, 5000);
delete phases[''];
const awake = openEngine({ spare: false });
const spare = openEngine({ spare: true });
try {
  // As in an editor: listing the functions of the open file is what wakes the analyst.
  await awake.engine.list(fixture('first.ts'));
  await spare.engine.list(fixture('first.ts'));
  const values = await measureRounds(rounds, {
    [base]: () => nodeWithPiscina(compiled),
    [virgin]: () => coldRun(virgin),
    [cold]: () => coldRun(cold, cache),
    [open]: () => firstResult(awake.engine, open, false),
    [warm]: async () => {
      spare.engine.warm(fixture('first.ts'));
      await sleep(1000);
      return firstResult(spare.engine, warm, true);
    },
  });
  console.log(`# First result\n\n\`node bench/cold.mjs --rounds ${rounds}\`\n\n${describeMachine()}\n`);
  const rows = Object.entries(values).map(([name, ms]) => [name, digits(median(ms)), spread(ratio(ms, values[base]))]);
  console.log(table(['', 'ms', 'times Node and Piscina (least to most)'], rows));

  console.log('\nWhere it goes, ms from the request (medians): runner there and module linked; inputs there; first result.\n');
  const moments = ['loading', 'running', 'first'];
  const spent = Object.entries(phases).map(([name, runs]) => [name, ...moments.map((moment) => digits(median(runs.map((one) => one[moment]))))]);
  console.log(table(['', ...moments], spent));

  const times = (name) => ratio(values[name], values[base]).median;
  const coldFigures = `${digits(times(cold))} in the first run of an editor, ${digits(times(open))} once its analysis is awake`;
  console.log(`\n${verdict(`cold at most 1.6 times: ${coldFigures}`, times(cold) <= 1.6)}`);
  console.log(verdict(`on the spare at most 0.3 times: ${digits(times(warm))}`, times(warm) <= 0.3));
} finally {
  await Promise.all([awake.dispose(), spare.dispose()]);
  rmSync(folder, { recursive: true, force: true });
}
console.log(describeQuiet());
