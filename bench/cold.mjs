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
import { describeMachine } from './lib/machine.mjs';
import { installPeers } from './lib/peers.mjs';
import { digits, spread, table, verdict } from './lib/report.mjs';
import { measureRounds, median, ratio } from './lib/rounds.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(options.rounds);
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

const wish = () => request({ file: fixture('first.ts'), language: 'typescript', task: 'triangle', inputs: '[1000]' });

/** Milliseconds from the request to the first result known to the session. Looked at every millisecond. */
async function firstResult(engine, expectSpare) {
  const startedAt = performance.now();
  const run = engine.start(wish());
  while (run.data.counts.succeeded === 0 && run.data.phase !== 'ended') await sleep(1);
  const ms = performance.now() - startedAt;
  const { outcome, message, processStartMs } = await run.ended;
  if (outcome !== 'completed') throw new Error(`The run ${outcome}: ${message}`);
  if ((processStartMs === null) !== expectSpare) throw new Error(expectSpare ? 'No spare was taken.' : 'A spare was taken.');
  return ms;
}

/** Nothing is there: neither the runner, nor the analyst with its parser, nor a linked module. */
async function coldEngine() {
  const { engine, dispose } = openEngine({ spare: false });
  const ms = await firstResult(engine, false);
  await dispose();
  return ms;
}

installPeers();
await buildEngine();
const compiled = await compiledFunction();
const second = openEngine({ spare: false });
const spare = openEngine({ spare: true });
try {
  // As in an editor: listing the functions of the open file is what wakes the analyst.
  await second.engine.list(fixture('first.ts'));
  await spare.engine.list(fixture('first.ts'));
  const values = await measureRounds(rounds, {
    'Node and Piscina, compiled': () => nodeWithPiscina(compiled),
    'Corewise, nothing started yet': coldEngine,
    'Corewise, file open in the editor': () => firstResult(second.engine, false),
    'Corewise, on the spare': async () => {
      spare.engine.warm(fixture('first.ts'));
      await sleep(1000);
      return firstResult(spare.engine, true);
    },
  });
  console.log(`# First result\n\n\`node bench/cold.mjs --rounds ${rounds}\`\n\n${describeMachine()}\n`);
  const [base, cold, open, warm] = Object.values(values);
  const rows = Object.entries(values).map(([name, ms]) => [name, digits(median(ms)), spread(ratio(ms, base))]);
  console.log(table(['', 'ms', 'times Node and Piscina (least to most)'], rows));
  const times = (ms) => ratio(ms, base).median;
  console.log(`\n${verdict(`cold at most 1.6 times: ${digits(times(open))} with the file open, ${digits(times(cold))} with nothing started`, times(cold) <= 1.6)}`);
  console.log(verdict(`on the spare at most 0.3 times: ${digits(times(warm))}`, times(warm) <= 0.3));
} finally {
  await Promise.all([second.dispose(), spare.dispose()]);
  rmSync(folder, { recursive: true, force: true });
}
