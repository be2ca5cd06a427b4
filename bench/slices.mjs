// Slices every function of published code, and judges the slices.   node bench/slices.mjs [--files 12] [--loads 300] [--show 30] [--only lodash-es,zod] [--seed 1]
import { parseArgs } from 'node:util';
import { describeMachine } from './lib/machine.mjs';
import { digits, table, verdict } from './lib/report.mjs';
import { chooseFiles, installPackages } from './slices/corpus.mjs';
import { largeFiles } from './slices/large-files.mjs';
import { shuffled } from './slices/random.mjs';
import { show } from './slices/show.mjs';
import { loadSlicer } from './slices/slicer.mjs';

const { values: options } = parseArgs({
  options: {
    files: { type: 'string', default: '12' },
    loads: { type: 'string', default: '300' },
    show: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    faults: { type: 'boolean', default: false },
  },
});
const { seed } = options;
const log = (line) => console.error(line);

installPackages();
const slicer = await loadSlicer();
// Their modules need the packages.
const { sliceFile } = await import('./slices/measure.mjs');
const { loadAll } = await import('./slices/load.mjs');

const chosen = chooseFiles({ most: Number(options.files), seed, only: options.only });
const files = [];
for (const one of chosen) {
  files.push(sliceFile(slicer, one));
  if (files.length % 100 === 0) log(`${files.length} of ${chosen.length} files`);
}
const functions = files.flatMap((file) => file.functions.map((it) => ({ ...it, package: file.package, file: file.file, shown: file.shown })));
const slices = functions.filter((it) => it.slice);
const refusals = functions.filter((it) => it.refusal);
const faults = functions.filter((it) => it.fault);

if (Number(options.show) > 0) show({ refusals: spread(refusals), slices: spread(slices), count: Number(options.show) });
for (const it of options.faults ? faults : []) console.log(`${it.shown}:${it.line} ${it.name}: ${it.fault}`);

const share = (part, whole) => (whole === 0 ? '-' : `${digits((100 * part) / whole)} %`);
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;
const counted = (all, keyOf) => {
  const counts = new Map();
  for (const it of all) for (const key of keyOf(it)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

console.log(`# Slices\n\n\`node bench/slices.mjs ${process.argv.slice(2).join(' ')}\`\n\n${describeMachine()}\n`);
const unreadable = files.filter((it) => it.unreadable);
const readable = files.filter((it) => !it.unreadable && it.functions.length > 0);
const lifted = slices.filter((it) => it.slice.text.trim() !== '');
console.log(
  table(
    ['', ''],
    [
      ['packages', new Set(readable.map((it) => it.package)).size],
      ['files with functions', readable.length],
      ['files not read', unreadable.length],
      ['files that the judges cannot read', files.filter((it) => it.unjudged).length],
      ['functions', functions.length],
      ['sliced', `${slices.length} (${share(slices.length, functions.length)})`],
      ['refused', `${refusals.length} (${share(refusals.length, functions.length)})`],
      ['crashes', faults.filter((it) => it.fault.startsWith('crash')).length],
      ['slices that do not parse', faults.filter((it) => it.fault.startsWith('does not parse')).length],
      ['slices with dangling names', faults.filter((it) => it.fault.startsWith('dangling')).length],
      ['empty slices', slices.length - lifted.length],
    ],
  ),
);

const spoiled = functions.filter((it) => it.noticed !== undefined);
const noticed = spoiled.filter((it) => it.noticed).length;
console.log(`\nThe judge, put to the test: of ${spoiled.length} slices with one declaration taken out that others use, it noticed ${noticed}.`);

console.log(`\nRefusals by reason:\n`);
const reasons = counted(refusals, (it) => [it.refusal.code]);
console.log(table(['reason', 'functions', 'of all'], reasons.map(([code, n]) => [code, n, share(n, functions.length)])));
console.log(`\nWarnings by code, and the slices that have any of it:\n`);
const warnings = counted(slices, (it) => new Set(it.slice.warnings.map(({ code }) => code)));
console.log(table(['warning', 'slices', 'of the slices'], warnings.map(([code, n]) => [code, n, share(n, slices.length)])));

const cold = files.flatMap((it) => it.coldMs ?? []);
const warm = functions.flatMap((it) => it.ms ?? []);
console.log(`\nTime, ms: cold is reading a file, finding its functions and slicing the first; warm is slicing another one of it.\n`);
const times = [['cold', cold], ['warm', warm]].map(([name, all]) => [name, all.length, digits(quantile(all, 0.5)), digits(quantile(all, 0.95)), digits(Math.max(...all))]);
console.log(table(['', 'n', 'p50', 'p95', 'most'], times));
const slowest = [...files].filter((it) => it.coldMs !== null).sort((a, b) => b.coldMs - a.coldMs).slice(0, 5);
console.log(`\nSlowest files, cold:\n`);
console.log(table(['file', 'lines', 'ms'], slowest.map((it) => [it.shown, it.lines, digits(it.coldMs)])));

console.log(`\nLarge files:\n`);
console.log(table(['', 'what happens', 'ms'], await largeFiles(slicer)));

if (Number(options.loads) > 0) {
  const sample = spread(slices).slice(0, Number(options.loads));
  const outcomes = await loadAll(slicer, sample, log);
  console.log(`\n${sample.length} slices, linked and loaded each in a process of its own:\n`);
  console.log(table(['', 'slices'], counted(outcomes, (it) => [it.outcome === 'not linked' ? `not linked: ${it.code}` : it.outcome])));
  for (const [i, { outcome, why }] of outcomes.entries()) {
    if (outcome === 'fails' || outcome === 'not linked') log(`${outcome}: ${sample[i].file}#${sample[i].name}:${sample[i].line}: ${why}`);
  }
  console.log(`\n${verdict('every slice loads where its module does', outcomes.every((it) => it.outcome !== 'fails'))}`);
}
console.log(verdict(`3,000 functions of 500 files: ${functions.length} of ${readable.length}`, functions.length >= 3000 && readable.length >= 500));
console.log(verdict('no crash, no invalid slice, no dangling name', faults.length === 0));

/** In an order of chance: one of each package, then another one of each, and so on. */
function spread(all) {
  const turns = new Map();
  const turnOf = (name) => turns.set(name, (turns.get(name) ?? 0) + 1).get(name);
  return shuffled(all, seed, (it) => `${it.shown}#${it.name}:${it.line}`)
    .map((it) => [turnOf(it.package), it])
    .sort(([a], [b]) => a - b)
    .map(([, it]) => it);
}
