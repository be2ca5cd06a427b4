import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Esbuild } from '../../../../src/session/link/esbuild';
import { Project, removeProjects, runLinked } from './project';

/** Three files that are more than types, below a target that is not. */
const files = {
  'app/a.ts': 'import { one } from "./one"; import { two } from "./two"; import { three } from "./three";\nexport function f(n: number): number { return one(n) + two(n) + three(n); }',
  'app/one.ts': 'enum E { A = 1 }\n\nexport const one = (n: number): number => { if (n < 0) throw new RangeError("no"); return n * E.A; };',
  'app/two.ts': 'namespace N { export const k = 2 }\nexport const two = (n: number): number => n * N.k;',
  'app/three.ts': 'class C { constructor(readonly k = 3) {} }\nexport const three = (n: number): number => n * new C().k;',
};

/** Something that calls itself esbuild. */
function impostor(project: Project, code: string, version = '0.25.0', folder = 'node_modules/esbuild'): void {
  project.write({ [`${folder}/package.json`]: JSON.stringify({ name: 'esbuild', version, main: 'main.js' }), [`${folder}/main.js`]: code });
}

describe('a project’s own esbuild', function () {
  this.timeout(30_000);
  after(removeProjects);

  async function notesOf(project: Project, workspace?: readonly string[]): Promise<readonly string[]> {
    const linked = await project.link('app/a.ts#f', { esbuildFrom: 3, ...(workspace && { workspace }) });
    assert(linked.ok, linked.ok ? '' : linked.error.message);
    assert.deepEqual((await runLinked(linked.value, [[2]], project.root)).results, [12]);
    return linked.value.work.notes;
  }

  it('compiles what is more than types, where there is enough of it', async () => {
    const project = new Project(files);
    project.installEsbuild();
    assert.match((await notesOf(project)).join(), /^esbuild \S+ of the project compiled 3 of 3 files\.$/);
  });

  it('is left alone where there is less', async () => {
    const project = new Project({ ...files, 'app/two.ts': 'export const two = (n: number): number => n * 2;' });
    impostor(project, 'throw new Error("must not be started")');
    assert.deepEqual(await notesOf(project), []);
  });

  it('leaves stack traces at the user’s lines and columns', async () => {
    const project = new Project(files);
    project.installEsbuild();
    const linked = await project.link('app/a.ts#f', { esbuildFrom: 1 });
    assert(linked.ok);
    const { error } = await runLinked(linked.value, [[-1]], project.root);
    const [thrown, caller] = error!.stack.split('\n').slice(1, 3).map((it) => it.replace(/^.*project\//, '').replace(/\)$/, ''));
    assert.equal(thrown, `app/one.ts:3:${files['app/one.ts'].split('\n')[2]!.indexOf('new RangeError') + 1}`);
    assert.equal(caller, `app/a.ts:2:${files['app/a.ts'].split('\n')[1]!.indexOf('one(n)') + 1}`);
  });

  for (const [title, code, told] of [
    ['cannot be loaded', 'throw new Error("broken")', /not used: it ended with code 1/],
    ['says nothing', 'process.exit(0)', /not used: it did not answer/],
    ['says something else', 'process.stdout.write("[1, 2, 3]", () => process.exit(0))', /not used: it did not answer/],
    ['refuses every file', 'exports.transform = () => Promise.reject(new Error("no"))', /compiled 0 of 3 files/],
  ] as const) {
    it(`does no harm where it ${title}`, async () => {
      const project = new Project(files);
      impostor(project, code);
      assert.match((await notesOf(project)).join(), told);
    });
  }

  it('is ended when it takes too long', async () => {
    const project = new Project({});
    impostor(project, 'exports.transform = () => new Promise(() => setInterval(() => {}, 1000))');
    const esbuild = Esbuild.find(project.path('a.ts'), []);
    assert(esbuild);
    const how = { settings: {}, as: 'esm', folder: 'file:///', name: 'a.ts', keepImports: false, jsx: 2, jsxRuntime: null } as const;
    await assert.rejects(esbuild.transpile([{ source: '', how }], 500), /not|too long|ended/);
  });

  describe('is found', () => {
    it('above the file, nearest first', () => {
      const project = new Project({ 'packages/app/src/a.ts': '' });
      impostor(project, '', '0.24.0');
      assert.equal(Esbuild.find(project.path('packages/app/src/a.ts'), [])?.version, '0.24.0');
      impostor(project, '', '0.25.9', 'packages/app/node_modules/esbuild');
      assert.equal(Esbuild.find(project.path('packages/app/src/a.ts'), [project.root])?.version, '0.25.9');
    });

    it('in the workspace alone', () => {
      const project = new Project({ 'trusted/src/a.ts': '' });
      impostor(project, '');
      assert.equal(Esbuild.find(project.path('trusted/src/a.ts'), [project.path('trusted')]), null);
      fs.mkdirSync(project.path('trusted/node_modules'));
      fs.symlinkSync(project.path('node_modules/esbuild'), project.path('trusted/node_modules/esbuild'));
      assert.equal(Esbuild.find(project.path('trusted/src/a.ts'), [project.path('trusted')]), null, 'nor by a link out of it');
      assert(Esbuild.find(project.path('trusted/src/a.ts'), [path.dirname(project.root)]));
    });

    it('unless it is too old, or broken', () => {
      const project = new Project({ 'a.ts': '' });
      impostor(project, '', '0.17.19');
      assert.equal(Esbuild.find(project.path('a.ts'), []), null);
      project.write({ 'node_modules/esbuild/package.json': '{' });
      assert.equal(Esbuild.find(project.path('a.ts'), []), null);
    });
  });
});
