import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { LinkedModule, LinkError } from '../../../../src/session/link/linked-module';
import { link } from '../../../../src/session/link/link';
import { SourceCache } from '../../../../src/session/link/sources';
import { Project, removeProjects, runLinked, type LinkAs } from './project';

describe('linking', function () {
  this.timeout(30_000);
  after(removeProjects);

  async function linked(project: Project, target: string, as?: LinkAs): Promise<LinkedModule> {
    const result = await project.link(target, as);
    assert(result.ok, result.ok ? '' : `${result.error.code}: ${result.error.message}`);
    return result.value;
  }

  async function failed(files: Record<string, string>, target: string, as?: LinkAs): Promise<LinkError> {
    const result = await new Project(files).link(target, as);
    assert(!result.ok);
    return result.error;
  }

  describe('stack traces', () => {
    const thrower = (extension: string): string =>
      ['import { g } from "./g' + extension + '";', 'interface T { n: number }', '', 'export function f(t: T) {', '  if (t.n > 0) { const x = 1 as number; return g(x); }', '}'].join('\n');
    const frames = async (files: Record<string, string>, target: string): Promise<string[]> => {
      const project = new Project(files);
      const outcome = await project.run(target, [[{ n: 1 }]]);
      assert(outcome.error);
      return outcome.error.stack.split('\n').slice(1, 3).map((line) => line.replace(/^.*project\//, '').replace(/\)$/, ''));
    };

    it('show the lines and columns of blanked TypeScript', async () => {
      const g = 'type X = 1;\nexport const g = (n: number): number => { throw new Error("no") };';
      assert.deepEqual(await frames({ 'a.mts': thrower('.mjs'), 'g.mts': g }, 'a.mts#f'), [
        `g.mts:2:${g.split('\n')[1]!.indexOf('new Error') + 1}`,
        `a.mts:5:${thrower('.mjs').split('\n')[4]!.indexOf('g(x)') + 1}`,
      ]);
    });

    it('show the lines and columns of transpiled TypeScript', async () => {
      const g = 'enum E { A, B, C }\n\nconst s: { [k: string]: number } = {};\nexport const g = (n: number): number => { if (n === E.B) throw new Error("no"); return s.x; };';
      assert.deepEqual(await frames({ 'a.ts': `${thrower('')}\nenum Q { A }`, 'g.ts': g }, 'a.ts#f'), [
        `g.ts:4:${g.split('\n')[3]!.indexOf('new Error') + 1}`,
        `a.ts:5:${thrower('').split('\n')[4]!.indexOf('g(x)') + 1}`,
      ]);
    });

    it('show the lines and columns of CommonJS', async () => {
      const a = 'const { g } = require("./g");\nexports.f = (t) => {\n  return g(t) }';
      const g = '"use strict";\nconst k = __dirname; exports.g = () => { throw new Error(k) };';
      assert.deepEqual(await frames({ 'a.js': a, 'g.js': g }, 'a.js#f'), [`g.js:2:${g.split('\n')[1]!.indexOf('new Error') + 1}`, 'a.js:3:10']);
    });

    it('show the lines of code that is converted to CommonJS', async () => {
      const a = 'import { g } from "./g.cjs";\n\n\nexport const f = (t: any): any =>\n  g(t);';
      const g = 'export const g = (n: any) => {\n  throw new Error("no");\n};';
      const lines = (await frames({ 'a.cts': a, 'g.cts': g }, 'a.cts#f')).map((it) => it.replace(/:\d+$/, ''));
      assert.deepEqual(lines, ['g.cts:2', 'a.cts:5']);
    });

    it('show the path that the user knows', async () => {
      const project = new Project({ 'real/a.ts': 'export function f() { throw new Error("no") }' });
      project.symlink('link', 'real');
      const outcome = await project.run('link/a.ts#f');
      assert.match(outcome.error!.stack, /project\/link\/a\.ts:1:29/);
    });
  });

  describe('inputs', () => {
    const files = { 'lib/a.ts': 'import { k } from "./k";\nexport const f = (n: number) => n;\nconst own = [1, 2];', 'lib/k.ts': 'export const k = 3; export const more: number[] = [5];' };

    it('see the names of the module', async () => {
      const project = new Project(files);
      assert.deepEqual((await project.run('lib/a.ts#f', [], { inputs: '[...own, k, await f(4)] as number[] // all of them' })).inputs, [1, 2, 3, 4]);
    });

    it('stand alone where they need none of them', async () => {
      const project = new Project(files);
      const one = await linked(project, 'lib/a.ts#f', { inputs: '[1]' });
      const two = await linked(project, 'lib/a.ts#f', { inputs: '[2, (<number>3)]' });
      assert.equal(one.moduleFile, two.moduleFile);
      assert.notEqual(one.inputsFile, two.inputsFile);
      assert.deepEqual((await runLinked(two, [], project.root)).inputs, [2, 3]);
    });

    it('import and require as the file does', async () => {
      const project = new Project({ ...files, 'lib/d.json': '[8, 9]', 'lib/c.js': 'exports.f = (n) => n' });
      assert.deepEqual((await project.run('lib/a.ts#f', [], { inputs: '(await import("./k")).more' })).inputs, [5]);
      assert.deepEqual((await project.run('lib/a.ts#f', [], { inputs: 'require("./d.json")' })).inputs, [8, 9]);
      assert.deepEqual((await project.run('lib/c.js#f', [], { inputs: '[require("./d"), (await import("./k.js")).more, require("node:path").basename(__dirname)]' })).inputs, [[8, 9], [5], 'lib']);
    });

    for (const [title, expression] of Object.entries({
      statements: '1); process.exit(3); (2',
      'a second expression': '1), (2',
      'an expression that closes ours': '1)}); process.exit(3); ({a: (2',
      'an open comment': '[1] /*',
      nothing: '  ',
    })) {
      it(`are refused with ${title}`, async () => {
        const error = await failed(files, 'lib/a.ts#f', { inputs: expression });
        assert.equal(error.code, 'inputs');
      });
    }

    it('may be iterators', async () => {
      const project = new Project(files);
      assert.deepEqual((await project.run('lib/a.ts#f', [], { inputs: '(function* () { yield* own })()' })).inputs, [1, 2]);
    });
  });

  describe('copies', () => {
    const files = {
      'package.json': '{"type":"module"}',
      'a.ts': 'import { b } from "./b.js"; import { t } from "./t.ts"; export const f = () => [b, t];',
      'b.js': 'import { c } from "./c.js"; import path from "node:path"; export const b = c + import.meta.url.slice(-4);',
      'c.js': 'export const c = 1;',
      't.ts': 'export const t: number = 1;',
    };
    const copies = (project: Project): string[] => fs.readdirSync(project.cache).filter((it) => /\.[cm]js$/.test(it)).sort();

    it('are made of what Node cannot load, and of nothing else', async () => {
      const project = new Project(files);
      await linked(project, 'a.ts#f');
      assert.deepEqual(copies(project).map((it) => it.replace(/-.*$/, '')), ['a', 't']);
      assert.deepEqual((await project.run('a.ts#f')).results, [['1b.js', 1]]);
    });

    it('are not written again', async () => {
      const project = new Project(files);
      const first = await linked(project, 'a.ts#f');
      const stats = (): unknown[] => copies(project).map((it) => fs.statSync(path.join(project.cache, it)).mtimeMs);
      const before = stats();
      const second = await linked(project, 'a.ts#f');
      assert.deepEqual(first.work, { modules: 4, scanned: 4, compiled: 2, notes: [] });
      assert.deepEqual(second, { ...first, work: { modules: 4, scanned: 0, compiled: 0, notes: [] } });
      assert.deepEqual(stats(), before);
    });

    it('are not made again after a restart, whatever they take', async () => {
      const project = new Project({
        ...files,
        'a.ts': 'import { b } from "./b.js"; import { t } from "./t.ts"; export { T } from "./t.ts"; export const f = () => [b, t];',
        't.ts': 'export * from "./odd.ts"; export enum E { A = 5 }\nexport const t = E.A; export type T = 1;',
        'odd.ts': 'import { f as g } from "./a.ts"; export const odd = () => g; import c = require("./c.cjs"); export const k = c;',
        'c.cts': 'const c = { n: 1 };\nexport = c;',
      });
      const first = await linked(project, 'a.ts#f', { inputs: '[1]' });
      assert.deepEqual(first.work, { modules: 7, scanned: 7, compiled: 5, notes: [] });
      const restarted = new SourceCache();
      assert.deepEqual(await linked(project, 'a.ts#f', { inputs: '[1]', cache: restarted }), { ...first, work: { modules: 7, scanned: 0, compiled: 0, notes: [] } });
      assert.deepEqual((await runLinked(first, [[]], project.root)).results, [['1b.js', 5]]);
      // Other inputs are a module of their own, and all that is new.
      const { work } = await linked(project, 'a.ts#f', { inputs: '[2]', cache: restarted });
      assert.deepEqual(work, { modules: 7, scanned: 1, compiled: 1, notes: [] });
    });

    it('are made again of what has changed, and of what imports it', async () => {
      const project = new Project({ ...files, 'a.ts': 'import { u } from "./u.ts"; import { t } from "./t.ts"; export const f = () => [u, t]', 'u.ts': 'export const u: number = 1' });
      await linked(project, 'a.ts#f');
      project.write({ 't.ts': 'export const t: number = 2;' });
      const { work } = await linked(project, 'a.ts#f', { cache: new SourceCache() });
      assert.deepEqual(work, { modules: 3, scanned: 1, compiled: 2, notes: [] });
      assert.deepEqual((await project.run('a.ts#f')).results, [[1, 2]]);
    });

    it('are made again where what is known of them is damaged', async () => {
      const project = new Project(files);
      await linked(project, 'a.ts#f');
      const memory = path.join(project.cache, fs.readdirSync(project.cache).find((it) => it.endsWith('.memory.json'))!);
      fs.writeFileSync(memory, fs.readFileSync(memory, 'utf8').replace('"range":{"start":0', '"range":{"start":7'));
      const { work } = await linked(project, 'a.ts#f', { cache: new SourceCache() });
      assert.deepEqual(work, { modules: 4, scanned: 4, compiled: 2, notes: [] });
      fs.writeFileSync(memory, 'x');
      assert.deepEqual((await project.run('a.ts#f', [[]], { cache: new SourceCache() })).results, [['1b.js', 1]]);
    });

    it('have another name once anything below has changed', async () => {
      const project = new Project({ ...files, 'a.ts': 'import { u } from "./u.ts"; export const f = () => u', 'u.ts': 'import { t } from "./t.ts"; export const u: number = t' });
      const first = await linked(project, 'a.ts#f');
      project.write({ 't.ts': 'export const t: number = 2;' });
      const second = await linked(project, 'a.ts#f');
      assert.notEqual(first.moduleFile, second.moduleFile);
      assert.deepEqual((await runLinked(second, [[]], project.root)).results, [2]);
      assert.deepEqual((await runLinked(first, [[]], project.root)).results, [1]);
    });

    it('are for their owner alone', async () => {
      const project = new Project(files);
      const { moduleFile } = await linked(project, 'a.ts#f');
      assert.equal(fs.statSync(project.cache).mode & 0o777, 0o700);
      assert.equal(fs.statSync(moduleFile).mode & 0o777, 0o600);
    });

    it('never follow links that lie in the way', async () => {
      const project = new Project(files);
      const { moduleFile } = await linked(project, 'a.ts#f');
      const victim = project.path('victim.txt');
      fs.writeFileSync(victim, 'precious');
      fs.rmSync(moduleFile);
      fs.symlinkSync(victim, moduleFile);
      await linked(project, 'a.ts#f');
      assert.equal(fs.readFileSync(victim, 'utf8'), 'precious');
      assert(fs.lstatSync(moduleFile).isFile());
    });

    it('are not put into a folder that is a link', async () => {
      const project = new Project(files);
      fs.mkdirSync(project.path('elsewhere'));
      fs.symlinkSync(project.path('elsewhere'), project.cache);
      const result = await project.link('a.ts#f');
      assert(!result.ok);
      assert.equal(result.error.code, 'cache');
    });

    it('replace one that was cut short', async () => {
      const project = new Project(files);
      const { moduleFile } = await linked(project, 'a.ts#f');
      fs.truncateSync(moduleFile, 3);
      assert.deepEqual((await project.run('a.ts#f')).results, [['1b.js', 1]]);
    });
  });

  it('names what is to be watched', async () => {
    const project = new Project({ 'tsconfig.json': '{}', 'a.ts': 'import { b } from "./b"; import d from "./d.json"; export const f = () => [b, d]', 'b.ts': 'export const b = 1', 'd.json': '{}', 'other.ts': '' });
    const { watched } = await linked(project, 'a.ts#f');
    assert.deepEqual(watched.map((it) => path.relative(project.root, it)).sort(), ['a.ts', 'b.ts', 'd.json', 'tsconfig.json']);
  });

  it('says how a target is reached, and what was left out', async () => {
    const project = new Project({ 'a.ts': 'import { k } from "./b"; class C { m() { return [this, k] } }', 'b.ts': 'import "./a.css"; export const k = 1', 'a.css': '' });
    const { warnings } = await linked(project, 'a.ts#C.m');
    assert.equal(warnings.length, 2);
    assert.match(warnings.join(' '), /new C\(\).*a\.css/);
  });

  it('needs source maps only where lines move', async () => {
    assert.equal((await linked(new Project({ 'a.ts': 'export const f = (n: number) => n' }), 'a.ts#f')).sourceMaps, false);
    assert.equal((await linked(new Project({ 'a.ts': 'enum E { A }\nexport const f = () => E.A' }), 'a.ts#f')).sourceMaps, true);
  });

  it('can be cancelled', async () => {
    const project = new Project({ 'a.ts': 'export const f = 1; function g() {}' });
    const target = { language: 'typescript', file: project.path('a.ts'), function: 'g', line: 1, column: 1 } as const;
    const result = await link({ target, inputs: null, cache: project.cache }, { cache: new SourceCache(), isCancelled: () => true });
    assert(!result.ok);
    assert.equal(result.error.code, 'cancelled');
  });

  describe('failures name the file, the line and the next step', () => {
    const cases: Record<string, { files: Record<string, string>; target?: string; code: string; message: RegExp; line?: number; nextStep?: RegExp }> = {
      'a missing module': { files: { 'a.ts': '\n\nimport { x } from "./x";\nexport const f = () => x' }, code: 'missing-module', message: /Cannot find '\.\/x' from a\.ts:3/, line: 3, nextStep: /path/ },
      'a missing package': { files: { 'a.ts': 'import { x } from "@s/x/deep";\nexport const f = () => x' }, code: 'missing-module', message: /@s\/x\/deep/, nextStep: /Install @s\/x,/ },
      'a missing module below': { files: { 'a.ts': 'import b from "./b"; export const f = () => b', 'b.ts': '\nimport c from "./c"; export default c' }, code: 'missing-module', message: /from b\.ts:2/ },
      'a broken package.json': { files: { 'package.json': '{ "name"', 'a.ts': 'import { b } from "./b"; export const f = () => b', 'b.ts': 'export const b = 1' }, code: 'missing-module', message: /package\.json.*JSON/ },
      'a missing require': { files: { 'a.cjs': 'const x = require("./x");\nexports.f = () => x' }, target: 'a.cjs#f', code: 'missing-module', message: /a\.cjs:1/ },
      'a value from a declaration file': { files: { 'a.ts': 'import { x } from "./b"; export const f = () => x', 'b.d.ts': 'export declare const x: 1' }, code: 'missing-module', message: /'\.\/b'/ },
      'a missing export': { files: { 'a.ts': 'import { x } from "./b"; export const f = () => x', 'b.ts': 'export * from "./c"', 'c.ts': 'export const y = 1' }, code: 'missing-export', message: /a\.ts:1 imports x from '\.\/b'/ },
      'a missing default': { files: { 'a.ts': 'import x from "./b"; export const f = () => x', 'b.ts': 'export const y = 1' }, code: 'missing-export', message: /imports default/ },
      'a syntax error': { files: { 'a.ts': 'export const f = () => x;\nconst x = { a: };' }, code: 'refused', message: /Expression expected.*line 2/, line: 2 },
      'a syntax error below': { files: { 'a.ts': 'import { b } from "./b"; export const f = () => b', 'b.ts': 'export const b = ;' }, code: 'syntax', message: /b\.ts:1: Expression expected/ },
      'a name that is declared twice': { files: { 'a.ts': 'const x = 1;\nlet x = 2;\nexport const f = () => x' }, code: 'syntax', message: /a\.ts:2: .*'x'/ },
      'an await in the wrong place': { files: { 'a.ts': 'export function f() {\n  await 1;\n}' }, code: 'syntax', message: /a\.ts:2: 'await'/ },
      'a return in the wrong place': { files: { 'a.mjs': 'let k = 1;\nif (k) { k = 2; return; }\nexport function f() { return k }' }, target: 'a.mjs#f', code: 'syntax', message: /a\.mjs:2: 'return'/ },
      'broken JSON': { files: { 'a.ts': 'import d from "./d.json"; export const f = () => d', 'd.json': '{' }, code: 'syntax', message: /d\.json/ },
      'a picture': { files: { 'a.ts': 'import url from "./a.png"; export const f = () => url', 'a.png': '' }, code: 'unsupported-file', message: /a\.ts:1.*a\.png/ },
      'a file that is not there': { files: {}, code: 'unreadable', message: /a\.ts: it does not exist/ },
      'a function that is not there': { files: { 'a.ts': 'export const g = 1' }, code: 'no-such-function', message: /no function f in a\.ts/, nextStep: /List/ },
      'a function that cannot be run': { files: { 'a.ts': 'export function* f() {}' }, code: 'refused', message: /generator/ },
    };
    for (const [title, { files, target = 'a.ts#f', code, message, line, nextStep }] of Object.entries(cases)) {
      it(title, async () => {
        const error = await failed(files, target);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message);
        if (line) assert.equal(error.line, line);
        if (nextStep) assert.match(error.nextStep, nextStep);
      });
    }
  });

  describe('hostile projects', () => {
    it('survive a tsconfig.json that extends itself', async () => {
      const project = new Project({ 'tsconfig.json': '{"extends":"./other.json"}', 'other.json': '{"extends":"./tsconfig.json"}', 'a.ts': 'export const f = (n: number) => n' });
      const { warnings } = await linked(project, 'a.ts#f');
      assert.match(warnings.join(), /tsconfig\.json/);
    });

    it('survive broken settings and paths out of the workspace', async () => {
      const project = new Project({
        'tsconfig.json': '{"compilerOptions":{"baseUrl":"../../../../..","paths":{"x":["../../../../../etc/hostname"],"*":["../*","*/*"]}},"references":[{"path":"."},{"path":"./gone"}],"files":[]}',
        'a.ts': 'import { b } from "./b"; export const f = () => b',
        'b.ts': 'export const b = 1',
      });
      assert.deepEqual((await project.run('a.ts#f')).results, [1]);
    });

    it('survive links in a circle', async () => {
      const project = new Project({ 'd/a.ts': 'import { b } from "./loop/loop/b"; export const f = () => b', 'd/b.ts': 'export const b = 1' });
      project.symlink('d/loop', 'd');
      assert.deepEqual((await project.run('d/a.ts#f')).results, [1]);
    });

    it('survive a long chain of imports', async () => {
      const chain = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}.ts`, i === 299 ? 'export const k: number = 7;' : `export { k } from "./m${i + 1}";`]));
      const project = new Project({ ...chain, 'a.ts': 'import { k } from "./m0"; export const f = () => k;' });
      assert.deepEqual((await project.run('a.ts#f')).results, [7]);
    });

    for (const [title, nested] of Object.entries({ operators: '1+'.repeat(50_000) + '1', calls: 'f' + '()'.repeat(30_000), members: 'a' + '.b'.repeat(30_000), strings: '"x" + '.repeat(30_000) + '"x"' })) {
      for (const around of ['const x = () => ', 'enum E { A }\nconst x = () => ']) {
        it(`link or refuse a chain of ${title}${around.startsWith('enum') ? ', transpiled' : ''}`, async () => {
          const project = new Project({ 'a.ts': `${around}${nested};\nexport function f(n: number) { return n }` });
          const result = await project.link('a.ts#f');
          assert(result.ok || result.error.code === 'refused', result.ok ? '' : result.error.message);
          assert((await new Project({ 'a.ts': 'export const f = (n: number): number => n' }).link('a.ts#f')).ok, 'the next one works');
        });
      }
    }

    it('write no code out of names', async () => {
      const name = 'x"+process.exit(7)+"`${process.exit(8)}';
      const project = new Project({ [`${name}.ts`]: 'export const f = () => [import.meta.filename, __filename].map((it) => it.length)' });
      const length = project.path(`${name}.ts`).length;
      assert.deepEqual((await project.run(`${name}.ts#f`)).results, [[length, length]]);
    });
  });
});
