// The goals of the profile panel, in Chromium.   node bench/panel.mjs [--rounds 3] [--large]   (--large: 3 × 10⁶ tasks too)
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium } from '../scripts/vscode/chromium.mjs';
import { describeMachine } from './lib/machine.mjs';
import { digits, table, verdict } from './lib/report.mjs';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, large: { type: 'boolean', default: false } } });
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'out/bench/panel');

const shared = { absWorkingDir: root, bundle: true, outdir: folder, logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'preact', loader: { '.svg': 'text' } };
await build({ ...shared, entryPoints: { panel: 'src/webview/main.tsx' }, format: 'esm', target: 'es2022', minify: true, legalComments: 'none' });
await build({ ...shared, entryPoints: { host: 'bench/panel/host.ts' }, format: 'iife', platform: 'browser' });
await build({ ...shared, entryPoints: { main: 'bench/panel/main.ts' }, format: 'cjs', platform: 'node', packages: 'external' });
const { openBrowser, measureWhole, measureStreaming, sizes } = createRequire(import.meta.url)(join(folder, 'main.js'));

console.log(`## Profile panel\n\n${describeMachine()}; software rendering, 1200 × 800, 8 workers, 12 cores; best of ${options.rounds} rounds.\nTimes are CPU time of the page's main thread, wall time in brackets: the two differ by what else the machine did.\n`);
const browser = await openBrowser(await findChromium());

/** The best of some rounds, each figure by itself: what the panel takes when nothing else is at work. */
async function best(measure) {
  const all = [];
  for (let round = 0; round < Number(options.rounds); round++) all.push(await measure());
  const least = (values) => (typeof values[0] === 'number' ? Math.min(...values) : values.reduce((a, b) => (b.cpu < a.cpu ? b : a)));
  return Object.fromEntries(Object.keys(all[0]).map((name) => [name, least(all.map((each) => each[name]))]));
}

const took = ({ wall, cpu }) => `${digits(cpu)} ms (${digits(wall)})`;

const wholes = [];
for (const tasks of [1e5, 1e6, ...(options.large ? [3e6] : [])]) {
  wholes.push(await best(() => measureWhole(browser, folder, tasks)));
}
const streaming = await best(() => measureStreaming(browser, folder, 1e6));
const { js, css } = await sizes(folder);
await browser.close();

console.log(
  table(
    ['tasks', 'first paint after the first data', 'pan and zoom p50', 'p95', 'JS heap', 'buffers'],
    wholes.map((it) => [
      it.tasks.toExponential(0),
      took(it.firstPaint),
      took(it.panP50),
      took(it.panP95),
      `${digits(it.heapMb)} MiB`,
      `${digits(it.buffersMb)} MiB`,
    ]),
  ),
);
console.log(`\nStreaming 20/s × 500 at 10⁶: p50 ${took(streaming.p50)}, p95 ${took(streaming.p95)}, longest task ${took(streaming.worst)}`);
console.log(`Gzipped: JS ${digits(js)} KB, CSS ${digits(css)} KB\n`);

const [small, large] = wholes;
const ratio = large.panP95.cpu / small.panP95.cpu;
console.log(verdict('first paint: 10⁵ in 150 ms, 10⁶ in 250 ms', small.firstPaint.cpu <= 150 && large.firstPaint.cpu <= 250));
console.log(verdict('pan and zoom p95 at 10⁶ in 8 ms', large.panP95.cpu <= 8));
if (wholes[2]) console.log(verdict('pan and zoom p95 at 3 × 10⁶ in 16 ms', wholes[2].panP95.cpu <= 16));
console.log(verdict(`p95 at 10⁶ ÷ p95 at 10⁵ at most 3: ${digits(ratio)}`, ratio <= 3));
console.log(verdict('streaming p95 in 10 ms, nothing over 50 ms', streaming.p95.cpu <= 10 && streaming.worst.cpu <= 50));
console.log(verdict('heap with buffers at 10⁶ in 60 MB', (large.heapMb + large.buffersMb) * 1.048576 <= 60));
console.log(verdict('JS in 45 KB, CSS in 6 KB', js <= 45 && css <= 6));
