// Slices every function of Python's own standard library, and has Python judge the slices.
// node bench/python-slices.mjs [--python python3] [--root FOLDER] [--every N: of the files] [--show N] [--only FILE#FUNCTION]
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { python: { type: 'string', default: 'python3' }, root: { type: 'string' }, show: { type: 'string', default: '0' }, only: { type: 'string' }, every: { type: 'string', default: '1' } },
});
const python = values.python;
const folder = mkdtempSync(path.join(tmpdir(), 'corewise-slices-'));

/** Of each slice: whether it compiles, whether it binds its entry, and the names that it reads and nobody gives. */
const judge = `
import ast, builtins, json, sys, symtable, warnings
warnings.simplefilter('ignore')
known = set(dir(builtins)) | {'__file__', '__builtins__', '__path__', '__annotations__', '__dict__', '__cached__', '__qualname__', '__module__', '__class__'}
def names(table, top, read, bound):
    for s in table.get_symbols():
        if top:
            if s.is_assigned() or s.is_imported(): bound.add(s.get_name())
            elif s.is_referenced(): read.add(s.get_name())
        elif s.is_global():
            if s.is_referenced(): read.add(s.get_name())
            if s.is_declared_global() and s.is_assigned(): bound.add(s.get_name())
    for child in table.get_children(): names(child, False, read, bound)
def dangling(text):
    read, bound = set(), set()
    names(symtable.symtable(text, 's', 'exec'), True, read, bound)
    star = any(isinstance(n, ast.ImportFrom) and n.names[0].name == '*' for n in ast.walk(ast.parse(text)))
    return set() if star else read - bound - known
whole = {}
for line in open(sys.argv[1], encoding='utf-8'):
    it = json.loads(line)
    try:
        compile(it['text'], it['file'], 'exec')
    except SyntaxError as e:
        print(json.dumps({'fault': f'{e.msg}, line {e.lineno}'})); continue
    if it['file'] not in whole:
        whole[it['file']] = dangling(open(sys.argv[2] + '/' + it['file'], 'rb').read())
    print(json.dumps({'dangling': sorted(dangling(it['text']) - whole[it['file']])}))
`;

const root = values.root ?? spawnSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).stdout.trim();
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((it) => it.endsWith('.py') && !/(?:^|\/)(?:site-packages|dist-packages|__pycache__|lib2to3|test|tests|idle_test)(?:\/|$)/.test(it))
  .sort()
  .filter((_, i) => i % Number(values.every) === 0);

await build({
  stdin: {
    contents: "export { read } from './src/source/python/find'; export { sliceFunction } from './src/source/python/slice/slice-function';",
    resolveDir: process.cwd(),
  },
  outfile: path.join(folder, 'source.mjs'), bundle: true, platform: 'node', format: 'esm', logLevel: 'error',
});
/** @type {{ read: Function, sliceFunction: Function }} */
const { read, sliceFunction } = await import(pathToFileURL(path.join(folder, 'source.mjs')).href);

const slices = [];
const refusals = new Map();
const times = [];
const shares = [];
let functions = 0;
for (const file of files) {
  const text = readFileSync(path.join(root, file), 'utf8').replace(/^\uFEFF/, '');
  const found = read(file, text);
  if (!found.ok) throw new Error(`${file}: ${found.error.message}`);
  for (const target of found.value.functions) {
    functions++;
    const start = performance.now();
    const sliced = sliceFunction(found.value, target);
    times.push(performance.now() - start);
    if (sliced.ok) {
      const code = (/** @type {string} */ it) => it.replace(/\s+/g, '').length;
      shares.push(code(sliced.value.text) / code(text));
      slices.push({ file, name: target.found.name, line: target.found.line, slice: sliced.value });
    } else {
      const { code } = sliced.error;
      refusals.set(code, [...(refusals.get(code) ?? []), `${file}:${target.found.line} ${sliced.error.message}`]);
    }
  }
}
const list = path.join(folder, 'slices.ndjson');
writeFileSync(list, '');
for (const { file, slice } of slices) appendFileSync(list, `${JSON.stringify({ file, text: slice.text })}\n`);
writeFileSync(path.join(folder, 'judge.py'), judge);
const judged = spawnSync(python, [path.join(folder, 'judge.py'), list, root], { encoding: 'utf8', maxBuffer: 1 << 30 });
if (judged.status !== 0) throw new Error(judged.stderr);
const verdicts = judged.stdout.trim().split('\n').map((it) => JSON.parse(it));

const faults = slices.flatMap((it, i) => (verdicts[i].fault ? [`${it.file}:${it.line} ${it.name}: ${verdicts[i].fault}`] : []));
const dangling = slices.flatMap((it, i) => (verdicts[i].dangling?.length > 0 ? [`${it.file}:${it.line} ${it.name}: ${verdicts[i].dangling}`] : []));
const quantile = (/** @type {number[]} */ all, /** @type {number} */ q) => [...all].sort((a, b) => a - b)[Math.floor(q * (all.length - 1))] ?? 0;
const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
console.log(`${files.length} files, ${functions} functions: ${slices.length} sliced (${percent(slices.length / functions)}), ${functions - slices.length} refused`);
for (const [code, all] of [...refusals].sort((a, b) => b[1].length - a[1].length)) console.log(`  ${String(all.length).padStart(5)} ${code}`);
console.log(`do not compile: ${faults.length}; with a name that nothing gives, though the whole module gives it: ${dangling.length}`);
console.log(`slice: p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms; of the code kept: p50 ${percent(quantile(shares, 0.5))}, p95 ${percent(quantile(shares, 0.95))}`);
for (const it of [...faults, ...dangling].slice(0, 40)) console.log(`  ${it}`);
const show = Number(values.show);
const chosen = values.only ? slices.filter((it) => `${it.file}#${it.name}` === values.only) : slices.filter((_, i) => show > 0 && i % Math.ceil(slices.length / show) === 7);
for (const { file, name, slice } of chosen) {
  console.log(`\n== ${file}#${name} → ${slice.entry} (uses ${slice.captures})`);
  console.log(slice.text.split('\n').map((it, i) => [i + 1, it]).filter(([, it]) => it).slice(0, 60).map(([n, it]) => `${n}│ ${it}`).join('\n'));
  for (const { line, what, why } of slice.kept) console.log(`  kept ${line} ${what}: ${why}`);
  for (const { code, message } of slice.warnings) console.log(`  ! ${code} ${message}`);
}
if (show > 0) for (const [code, all] of refusals) console.log(`\n${code}\n  ${all.filter((_, i) => i % Math.ceil(all.length / 6) === 0).join('\n  ')}`);
rmSync(folder, { recursive: true });
if (faults.length > 0) process.exitCode = 1;
