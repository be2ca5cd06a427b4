import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installerFor } from '../../../../src/session/rewrite/package-manager';
import { hintsIn, offersAt, rewriteFile } from '../../../../src/session/rewrite/javascript';
import { packageFacts, pythonVersion } from '../../../../src/session/rewrite/project-facts';
import { offersAt as offersInPython } from '../../../../src/session/rewrite/python';
import { Projects } from '../../../../src/session/link/project-settings';

describe('what recipes know of a project', () => {
  let folder: string;
  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'corewise-project-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('comes from package.json, tsconfig.json and the folder', () => {
    put('package.json', '{ "type": "module", "dependencies": { "piscina": "5" }, "devDependencies": { "p-map": "7" } }');
    put('tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "rewriteRelativeImportExtensions": true } }');
    const file = put('src/a.ts', '');
    put('src/b.ts', '');
    const facts = packageFacts(file);
    assert.equal(facts.packageType, 'module');
    assert.deepEqual([...facts.packages], ['piscina', 'p-map']);
    assert.deepEqual([...facts.siblings].sort(), ['a.ts', 'b.ts']);
    const modules = new Projects().of(file).modules;
    assert.equal(modules?.module, 'nodenext');
    assert.equal(modules?.rewriteRelativeImportExtensions, true);
  });

  it('is little where files are broken', () => {
    put('package.json', '{ "type": ');
    assert.equal(packageFacts(put('a.js', '')).packageType, undefined);
  });

  it('has the version of Python', () => {
    put('pyproject.toml', '[project]\nrequires-python = ">=3.12"\n');
    const file = put('pkg/a.py', '');
    assert.deepEqual(pythonVersion(file), [3, 12]);
    put('.venv/pyvenv.cfg', 'home = /usr\nversion = 3.11.2\n');
    assert.deepEqual(pythonVersion(file), [3, 11]);
  });

  for (const [name, lock] of [['pnpm', 'pnpm-lock.yaml'], ['yarn', 'yarn.lock'], ['bun', 'bun.lock'], ['npm', 'package-lock.json']] as const) {
    it(`installs with ${name} where ${lock} is, of the workspace too`, () => {
      put(lock, '');
      put('packages/one/package.json', '{}');
      const word = name === 'npm' ? 'install' : 'add';
      assert.deepEqual(installerFor(put('packages/one/src/a.js', ''), ['piscina']), { folder: join(folder, 'packages/one'), command: `${name} ${word} piscina` });
    });
  }

  it('goes by the packageManager field before a lock file, and by no other word in it', () => {
    put('package-lock.json', '');
    put('package.json', '{ "packageManager": "yarn@4.1.0" }');
    assert.equal(installerFor(put('a.js', ''), ['p-map'])?.command, 'yarn add p-map');
    put('package.json', '{ "packageManager": "rm -rf ~; npm@1" }');
    assert.equal(installerFor(put('a.js', ''), ['p-map'])?.command, 'npm install p-map');
  });

  it('names only packages that are missing', () => {
    put('package.json', '{ "type": "module", "dependencies": { "piscina": "5" } }');
    const file = put('a.js', 'function f(n) { return n + 1; }');
    const plan = rewriteFile('wrap-cpu-task', { file, text: 'function f(n) { return n + 1; }', selection: { start: 10, end: 10 } });
    assert.deepEqual(plan.ok && plan.value.packages, []);
  });

  it('offers what fits, in Python too, and hints at it', () => {
    const text = 'export async function f(xs) {\n  const out = [];\n  for (const x of xs) out.push(await get(x));\n  return out;\n}\nasync function g() {\n  return readFileSync("a");\n}\n';
    const file = put('a.mjs', text);
    const at = text.indexOf('out.push');
    assert.deepEqual(offersAt({ file, text, selection: { start: at, end: at } }).map(({ recipe }) => recipe), ['loop-to-gather']);
    assert.deepEqual(hintsIn(file, text).map(({ recipe, start }) => [recipe, text.slice(0, start).split('\n').length]), [
      ['loop-to-gather', 3],
      ['offload-blocking-call', 7],
    ]);
    const python = 'import asyncio\n\nasync def f(xs):\n    out = []\n    for x in xs:\n        out.append(await get(x))\n    return out\n';
    const loop = python.indexOf('out.append');
    const offers = offersInPython({ file: put('a.py', python), text: python, selection: { start: loop, end: loop } });
    assert.deepEqual(offers.map(({ recipe }) => recipe), ['loop-to-gather']);
  });
});
