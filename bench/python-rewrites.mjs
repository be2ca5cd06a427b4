// How often the Python rewrites are offered in code that nobody here wrote, and whether what they make compiles and behaves the same.
//   node bench/python-rewrites.mjs [--packages] [--files 3000] [--seed 1] [--show 12] [FOLDER ...]
// Without folders: the standard library of `python3`. `--packages` adds packages of Debian that use asyncio, or compute.
import { build } from 'esbuild';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { table } from './lib/report.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    packages: { type: 'boolean', default: false },
    files: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '12' },
  },
});

const packages = `python3-aiohttp python3-aiosmtpd python3-asyncpg python3-asyncssh python3-bleak python3-discord python3-distributed
  python3-elasticsearch python3-fastapi python3-graphql-core python3-httpcore python3-httpx python3-hypercorn python3-ipykernel
  python3-jupyter-client python3-jupyter-server python3-nbclient python3-prompt-toolkit python3-pymodbus python3-redis python3-starlette
  python3-telethon python3-textual python3-tornado python3-trio python3-uvicorn python3-websockets python3-zeroconf mitmproxy
  python3-networkx python3-sympy python3-nltk python3-gensim python3-skimage youtube-dl yt-dlp`.split(/\s+/);

/** Fetches Debian packages and takes them apart; nothing is installed. */
function debianPackages() {
  const folder = join(here, '.peers/python');
  mkdirSync(folder, { recursive: true });
  return packages.flatMap((name) => {
    const target = join(folder, name);
    if (existsSync(target)) return [target];
    try {
      execFileSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore' });
      const file = readdirSync(folder).find((it) => it.startsWith(`${name}_`));
      execFileSync('dpkg-deb', ['-x', join(folder, file), target]);
      return [target];
    } catch {
      console.error(`${name} cannot be fetched.`);
      return [];
    }
  });
}

function* pythonFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !/^(__pycache__|lib2to3|site-packages)$/.test(entry.name)) yield* pythonFiles(path);
    else if (entry.isFile() && entry.name.endsWith('.py')) yield path;
  }
}

/** Numbers in [0, 1) that are the same for the same seed. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffled(items, random) {
  const all = [...items];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
}

/** The recipes, in a file of their own. */
async function loadRecipes() {
  const outfile = join(here, '../out/python-rewrites.cjs');
  await build({ entryPoints: [join(here, 'lib/python-rewrites.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return createRequire(import.meta.url)(outfile);
}

/** Asks Python about rewritten modules. */
function checkWithPython(requests) {
  const child = spawn('python3', ['-P', join(here, 'lib/check-rewrites.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.stdin.end(requests.map((it) => `${JSON.stringify(it)}\n`).join(''));
  return new Promise((resolve) => child.on('close', () => resolve(output.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)))));
}

const random = randomFrom(Number(options.seed));
const { offersIn } = await loadRecipes();
const library = execFileSync('python3', ['-S', '-c', 'import os; print(os.path.dirname(os.__file__))'], { encoding: 'utf8' }).trim();
const folders = positionals.length > 0 ? positionals : [library, ...(options.packages ? debianPackages() : [])];
const every = folders.flatMap((folder) => [...pythonFiles(folder)]);
// Files with coroutines are rare, and all of them are looked at.
const texts = new Map(every.map((path) => [path, readFileSync(path, 'utf8')]));
const [coroutines, others] = [true, false].map((wanted) => every.filter((path) => /\basync\s+def\b/.test(texts.get(path)) === wanted));
const chosen = [...coroutines, ...shuffled(others, random).slice(0, Math.max(0, Number(options.files) - coroutines.length))];

const refused = new Map();
const places = new Map();
const offers = [];
for (const path of chosen) {
  const found = offersIn(path, texts.get(path), refused);
  for (const [recipe, count] of found.places) places.set(recipe, (places.get(recipe) ?? 0) + count);
  for (const offer of found.offers) offers.push({ ...offer, path: path.replace(/^.*\.peers\/python\//, '').replace(`${library}/`, '') });
}

const requests = offers.map((it, id) => ({ id, file: it.path, text: it.text, function: it.recipe === 'wrap-cpu-task' ? /def\s+(\w+)/.exec(it.before)[1] : null }));
const answers = await checkWithPython(requests);
const broken = answers.filter((it) => !it.compiles);
const different = answers.filter((it) => !it.same);
const examples = answers.reduce((sum, it) => sum + it.examples, 0);

console.log(`${every.length} files found, ${chosen.length} read, ${coroutines.length} of them with coroutines; seed ${options.seed}.\n`);
const rows = [...places].map(([recipe, count]) => [recipe, count, offers.filter((it) => it.recipe === recipe).length]);
console.log(table(['recipe', 'places', 'offered'], rows));
console.log(`\n${answers.length} rewritten modules: ${broken.length} do not compile.`);
console.log(`${answers.filter((it) => it.examples > 0).length} wrapped functions have examples that could be run: ${examples} calls, ${different.length} functions differ.`);
for (const it of [...broken, ...different]) console.log(`  ${offers[it.id].path}:${offers[it.id].line} ${offers[it.id].recipe}: ${it.why}`);
console.log('\nRefusals:');
for (const [key, count] of [...refused].sort((a, b) => b[1] - a[1])) console.log(`  ${count} ${key}`);
for (const recipe of places.keys()) {
  const mine = shuffled(offers.filter((it) => it.recipe === recipe), random).slice(0, Number(options.show));
  for (const it of mine) console.log(`\n### ${recipe} ${it.path}:${it.line}\n${it.before.slice(0, 1500)}\n--- becomes\n${it.after.slice(0, 1500)}`);
}
