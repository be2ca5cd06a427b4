// Which rewrites published code is offered, and a seeded choice of them to be read.
//   node bench/rewrites.mjs --packages FOLDER/node_modules [--most 600] [--seed 1] [--read 60] [--recipe NAME]
import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { table } from './lib/report.mjs';
import { seededOrder } from './rewrites/chance.mjs';
import { candidatesIn } from './rewrites/candidates.mjs';
import { damageDone } from './rewrites/damage.mjs';

const { values: options } = parseArgs({
  options: { packages: { type: 'string' }, most: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' }, read: { type: 'string', default: '60' }, recipe: { type: 'string' } },
});
if (!options.packages) throw new Error('Say where packages are: --packages FOLDER/node_modules');

/** Longer files, and lines, are made by machines. */
const longestFile = 100_000;
const longestLine = 400;

const { rewriteJavaScript } = await loadRecipes();
const packages = seededOrder(packageFolders(options.packages), options.seed, (folder) => relative(options.packages, folder)).slice(0, Number(options.most));
const counts = new Map();
const offered = new Map();
let files = 0;
for (const folder of packages) {
  for (const path of codeFiles(folder)) {
    const text = readFileSync(path, 'utf8');
    if (text.split('\n').some((line) => line.length > longestLine)) continue;
    files++;
    look(path, text);
  }
}
report();

function look(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  for (const { recipe, at } of candidatesIn(source)) {
    if (options.recipe && recipe !== options.recipe) continue;
    const request = { language: /ts$/.test(path) ? 'typescript' : 'javascript', path, text, selection: { start: at, end: at }, project: { packages: new Set(), siblings: new Set() } };
    const plan = rewriteJavaScript(recipe, request);
    const count = counts.get(recipe) ?? counts.set(recipe, { candidates: 0, offered: 0, damaged: 0, refusals: new Map() }).get(recipe);
    count.candidates++;
    if (!plan.ok) {
      count.refusals.set(plan.error.code, (count.refusals.get(plan.error.code) ?? 0) + 1);
      continue;
    }
    count.offered++;
    const damage = damageDone(path, text, plan.value);
    if (damage) {
      count.damaged++;
      console.log(`DAMAGED ${recipe} ${path}: ${damage}`);
    }
    // Copies of the same code in several packages and builds are one rewrite.
    const key = `${recipe} ${plan.value.edits.map(({ newText }) => newText).join('').replace(/\s+/g, '')}`;
    if (!offered.has(key)) offered.set(key, { recipe, path, at, text, plan: plan.value });
  }
}

function report() {
  console.log(`${packages.length} packages, ${files} files.\n`);
  const rows = [...counts].map(([recipe, it]) => [recipe, it.candidates, it.offered, [...offered.values()].filter((one) => one.recipe === recipe).length, it.damaged, mostOf(it.refusals)]);
  console.log(table(['recipe', 'candidates', 'offered', 'different', 'damaged', 'refused most for'], rows));
  const chosen = seededOrder([...offered.values()], options.seed, ({ path, at, recipe }) => `${relative(options.packages, path)} ${at} ${recipe}`).slice(0, Number(options.read));
  for (const [n, it] of chosen.entries()) show(n + 1, it);
}

function mostOf(refusals) {
  return [...refusals].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([code, n]) => `${code} ${n}`).join(', ');
}

/** The lines of a rewrite before and after, with the function around them. */
function show(n, { recipe, path, at, text, plan }) {
  const line = text.slice(0, at).split('\n').length;
  const first = Math.min(...plan.edits.map(({ start }) => start), at);
  const last = Math.max(...plan.edits.map(({ end }) => end), at);
  const lines = text.split('\n');
  const from = recipe.endsWith('gather') ? text.slice(0, first).split('\n').length : line;
  const to = recipe.endsWith('gather') ? text.slice(0, last).split('\n').length : line + 25;
  console.log(`\n#${n} ${recipe} ${relative(options.packages, path)}:${line}`);
  console.log(lines.slice(Math.max(0, from - 9), to + 3).join('\n'));
  console.log('---- becomes');
  console.log(recipe.endsWith('gather') ? plan.edits.map(({ newText }) => newText).join(' … ') : `${plan.newFiles.map((it) => it.text).join('\n')}\n${plan.leftToDo.map((it) => `TO DO ${it.line}: ${it.message}`).join('\n')}`);
}

async function loadRecipes() {
  const outfile = fileURLToPath(new URL('../out/bench/recipes.cjs', import.meta.url));
  mkdirSync(join(outfile, '..'), { recursive: true });
  await build({ entryPoints: [fileURLToPath(new URL('../src/rewrite/javascript/recipes.ts', import.meta.url))], outfile, bundle: true, platform: 'node', format: 'cjs', packages: 'external', logLevel: 'error' });
  return createRequire(import.meta.url)(outfile);
}

/** Folders with a package.json directly under `node_modules`, or under a scope in it; nested ones too. */
function packageFolders(modules) {
  const found = [];
  for (const it of readdirSync(modules, { withFileTypes: true })) {
    if (!it.isDirectory() || it.name.startsWith('.')) continue;
    const path = join(modules, it.name);
    found.push(...(it.name.startsWith('@') ? readdirSync(path).map((name) => join(path, name)) : [path]));
  }
  return found.filter((path) => statSync(path).isDirectory());
}

function codeFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((it) => {
    const path = join(folder, it.name);
    if (it.isDirectory()) return it.name === 'node_modules' ? [] : codeFiles(path);
    const isCode = it.isFile() && /\.[cm]?[jt]s$/.test(it.name) && !/\.d\.[cm]?ts$|\.min\./.test(it.name);
    return isCode && statSync(path).size < longestFile ? [path] : [];
  });
}
