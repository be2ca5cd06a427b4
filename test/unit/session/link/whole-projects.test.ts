import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Project, removeProjects } from './project';

interface Case {
  readonly files: Record<string, string>;
  /** Link to what it leads to. */
  readonly links?: Record<string, string>;
  readonly target: string;
  readonly results: unknown;
}

const json = JSON.stringify;
const says = (what: unknown): string => `export const what = ${json(what)};`;

/** Layouts of projects as people have them; each function gives what it was linked with. */
const cases: Record<string, Case> = {
  'settings that extend a package’s, and several at once': {
    files: {
      'node_modules/@my/base/package.json': json({ name: '@my/base' }),
      'node_modules/@my/base/tsconfig.json': json({ compilerOptions: { jsx: 'react', jsxFactory: 'h' } }),
      'paths.json': json({ compilerOptions: { paths: { '~/*': ['./lib/*'] } } }),
      'tsconfig.json': json({ extends: ['@my/base/tsconfig.json', './paths.json'] }),
      'app/a.tsx': 'import { what } from "~/b"; import { h } from "./h"; export const f = () => [what, <b id="x" />]',
      'app/h.ts': 'export const h = (...all: unknown[]) => all',
      'lib/b.ts': says('lib'),
    },
    target: 'app/a.tsx#f',
    results: ['lib', ['b', { id: 'x' }]],
  },
  'paths with several places, of which the first that is there counts': {
    files: {
      'tsconfig.json': json({ compilerOptions: { baseUrl: './src', paths: { 'x/*': ['generated/*', 'written/*'], '*': ['*', 'fallback/*'] } } }),
      'src/a.ts': 'import { what as one } from "x/one"; import { what as two } from "x/two"; import { what as three } from "three"; export const f = () => [one, two, three]',
      'src/generated/two.ts': says('generated'),
      'src/written/one.ts': says('written'),
      'src/written/two.ts': says('not this one'),
      'src/fallback/three.ts': says('fallback'),
    },
    target: 'src/a.ts#f',
    results: ['written', 'generated', 'fallback'],
  },
  'project references, each with settings of its own': {
    files: {
      'tsconfig.json': json({ files: [], references: [{ path: './core' }, { path: './app' }] }),
      'core/tsconfig.json': json({ compilerOptions: { composite: true, target: 'ES2020', paths: { '#/*': ['./src/*'] } }, include: ['src'] }),
      'core/src/index.ts': 'import { what } from "#/deep"; class B { x = 1; constructor() { this.init() } init() {} }\nclass C extends B { y: any; init() { this.y = 5 } }\nexport const core = () => [what, new C().y]',
      'core/src/deep.ts': says('core'),
      'app/tsconfig.json': json({ compilerOptions: { composite: true, target: 'ES2022', paths: { '#/*': ['./src/*'], core: ['../core/src/index.ts'] } }, references: [{ path: '../core' }], include: ['src'] }),
      'app/src/a.ts': 'import { core } from "core"; import { what } from "#/deep"; class B { constructor() { this.init() } init() {} }\nclass C extends B { y: any; init() { this.y = 5 } }\nexport const f = () => [...core(), what, new C().y ?? null]',
      'app/src/deep.ts': says('app'),
    },
    target: 'app/src/a.ts#f',
    results: ['core', 5, 'app', null],
  },
  'a monorepo with workspaces': {
    files: {
      'package.json': json({ private: true, workspaces: ['packages/*'] }),
      'packages/app/package.json': json({ name: '@my/app', type: 'module' }),
      'packages/app/src/a.ts': 'import { lib, Kind } from "@my/lib"; import { what } from "@my/lib/deep/thing"; import plain from "@my/plain"; export const f = () => [lib(), Kind.B, what, plain.n]',
      'packages/lib/package.json': json({ name: '@my/lib', type: 'module', exports: { '.': { types: './src/index.d.ts', import: './src/index.ts' }, './deep/*': './src/deep/*.ts' } }),
      'packages/lib/src/index.ts': 'export * from "./kind.js"; export { lib } from "./lib.js";',
      'packages/lib/src/kind.ts': 'export enum Kind { A, B }',
      'packages/lib/src/lib.ts': 'import { Kind } from "./index.js"; export const lib = () => Kind[0]',
      'packages/lib/src/deep/thing.ts': says('deep'),
      'packages/plain/package.json': json({ name: '@my/plain', main: './lib.js' }),
      'packages/plain/lib.js': 'exports.n = 3',
    },
    links: { 'node_modules/@my/lib': 'packages/lib', 'node_modules/@my/plain': 'packages/plain' },
    target: 'packages/app/src/a.ts#f',
    results: ['A', 1, 'deep', 3],
  },
  'packages in a store of links': {
    files: {
      'a.mjs': 'import { what } from "one"; export const f = () => what',
      'store/one@1/node_modules/one/package.json': json({ name: 'one', type: 'module', exports: './index.js' }),
      'store/one@1/node_modules/one/index.js': 'import { what as two } from "two"; export const what = ["one", two];',
      'store/two@1/node_modules/two/package.json': json({ name: 'two', type: 'module', exports: './index.js' }),
      'store/two@1/node_modules/two/index.js': says('two'),
    },
    links: { 'node_modules/one': 'store/one@1/node_modules/one', 'store/one@1/node_modules/two': 'store/two@1/node_modules/two' },
    target: 'a.mjs#f',
    results: ['one', 'two'],
  },
  'a module that is reached by its link and by its place': {
    files: {
      'packages/lib/package.json': json({ name: 'lib', main: './index.ts' }),
      'packages/lib/index.ts': 'export const box: object = {};',
      'a.ts': 'import { box } from "lib"; import { box as same } from "./packages/lib/index"; export const f = () => box === same',
    },
    links: { 'node_modules/lib': 'packages/lib' },
    target: 'a.ts#f',
    results: true,
  },
  'maps of exports: patterns, conditions in conditions, and what they close': {
    files: {
      'node_modules/p/package.json': json({
        name: 'p',
        exports: {
          '.': { browser: './browser.js', node: { import: './node.mjs', require: './node.cjs' }, default: './browser.js' },
          './features/*.js': './src/features/*.mjs',
          './features/private/*': null,
        },
      }),
      'node_modules/p/browser.js': 'throw new Error("not for Node")',
      'node_modules/p/node.mjs': says('import'),
      'node_modules/p/node.cjs': 'exports.what = "require"',
      'node_modules/p/src/features/x.mjs': says('feature'),
      'node_modules/p/src/features/private/y.mjs': says('private'),
      'a.mts': 'import { what } from "p"; import { what as feature } from "p/features/x.js"; import { createRequire } from "node:module";\nexport const f = async () => [what, feature, createRequire(import.meta.url)("p").what, await import("p/features/private/y.js").catch(() => "closed")]',
    },
    target: 'a.mts#f',
    results: ['import', 'feature', 'require', 'closed'],
  },
  'maps of imports: patterns, conditions, and packages behind them': {
    files: {
      'package.json': json({ name: 'me', type: 'module', imports: { '#lib/*': './src/lib/*.ts', '#db': { node: './src/db-node.ts', default: './src/db.ts' }, '#dep': 'dep' } }),
      'node_modules/dep/package.json': json({ name: 'dep', main: './index.js' }),
      'node_modules/dep/index.js': 'exports.what = "dep"',
      'src/a.ts': 'import { what } from "#lib/x"; import { what as db } from "#db"; import dep from "#dep"; export const f = async () => [what, db, dep.what, (await import("#lib/x")).what]',
      'src/lib/x.ts': says('lib'),
      'src/db-node.ts': says('node'),
      'src/db.ts': says('any'),
    },
    target: 'src/a.ts#f',
    results: ['lib', 'node', 'dep', 'lib'],
  },
  'folders of another module type': {
    files: {
      'package.json': json({ type: 'module' }),
      'old/package.json': json({ type: 'commonjs' }),
      'a.js': 'import old from "./old/b.js"; import { what } from "./old/c.mjs"; export const f = () => [old.what, what, typeof require]',
      'old/b.js': 'exports.what = typeof module',
      'old/c.mjs': says('mjs'),
    },
    target: 'a.js#f',
    results: ['object', 'mjs', 'undefined'],
  },
  'CommonJS that asks for ES modules, and ES modules for CommonJS': {
    files: {
      'a.cts': 'const { up } = require("./b"); export const f = async () => [up(1), (await import("./c.mjs")).down(1), require("./d.json").n]',
      'b.ts': 'import { one } from "./e.cjs"; export const up = (n: number): number => n + one',
      'c.mts': 'import { one } from "./e.cjs"; export const down = (n: number): number => n - one',
      'd.json': '{ "n": 4 }',
      'e.cts': 'export const one: number = 1',
    },
    target: 'a.cts#f',
    results: [2, 0, 4],
  },
  'cycles through barrels, with a class that extends another': {
    files: {
      'index.ts': 'export * from "./base"; export * from "./derived"; export * from "./a";',
      'base.ts': 'import { make } from "./index"; export class Base { who = "base"; twin(): Base { return make() } }',
      'derived.ts': 'import { Base } from "./index"; export class Derived extends Base { who = "derived" }\nexport const make = (): Base => new Derived();',
      'a.ts': 'import { Base } from "./index"; export function f(): string { return new Base().twin().who }',
    },
    target: 'a.ts#f',
    results: 'derived',
  },
  'a cycle between two workspaces': {
    files: {
      'one/package.json': json({ name: 'one', type: 'module', exports: './index.ts' }),
      'one/index.ts': 'import { two } from "two"; export const one = (n: number): number => (n === 0 ? 0 : two(n - 1)); export const f = () => one(4);',
      'two/package.json': json({ name: 'two', type: 'module', exports: './index.ts' }),
      'two/index.ts': 'import { one } from "one"; export const two = (n: number): number => 10 + one(n);',
    },
    links: { 'node_modules/one': 'one', 'node_modules/two': 'two' },
    target: 'one/index.ts#f',
    results: 40,
  },
  'JSX by the settings of the project that a file belongs to': {
    files: {
      'tsconfig.json': json({ compilerOptions: { jsx: 'react', jsxFactory: 'make', jsxFragmentFactory: 'Many' } }),
      'a.tsx': 'import { make, Many } from "./make"; import { View } from "./classic/view"; export const f = () => [<><i n={1} /></>, View()]',
      'make.ts': 'export const Many = "many"; export const make = (...all: unknown[]) => all',
      'classic/tsconfig.json': json({ compilerOptions: { jsx: 'react' } }),
      'classic/view.tsx': 'import React from "./react"; export const View = () => <u />',
      'classic/react.ts': 'export default { createElement: (type: string) => `React ${type}` }',
    },
    target: 'a.tsx#f',
    results: [['many', null, ['i', { n: 1 }]], 'React u'],
  },
  'decorators that read types': {
    files: {
      'tsconfig.json': json({ compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true } }),
      'node_modules/reflect-metadata/package.json': json({ name: 'reflect-metadata', main: './index.js' }),
      'node_modules/reflect-metadata/index.js': 'const all = new Map(); Reflect.metadata = (key, value) => (target, name) => { all.set(key + name, value) }; Reflect.read = (key, name) => all.get(key + name);',
      'a.ts': 'import "reflect-metadata"; import { Dep } from "./dep"; import { log } from "./log";\nexport class C { @log m(d: Dep): string { return (Reflect as any).read("design:paramtypes", "m")[0].name } }',
      'dep.ts': 'export class Dep {}',
      'log.ts': 'export const log = (_: unknown, _key: string): void => {}',
    },
    target: 'a.ts#C.m',
    results: 'Dep',
  },
};

describe('whole projects, run', function () {
  this.timeout(30_000);
  after(removeProjects);

  for (const [title, { files, links = {}, target, results }] of Object.entries(cases)) {
    for (const esbuildFrom of [undefined, 1]) {
      it(`${title}${esbuildFrom ? ', by the project’s own esbuild' : ''}`, async () => {
        const project = new Project(files);
        for (const [name, to] of Object.entries(links)) project.symlink(name, to);
        if (esbuildFrom) project.installEsbuild();
        const outcome = await project.run(target, [[]], esbuildFrom ? { esbuildFrom } : {});
        assert.equal(outcome.error?.stack, undefined);
        assert.deepEqual(outcome.results, [results]);
      });
    }
  }

  it('native addons are loaded from where they are', async function () {
    const addon = nativeAddon();
    if (!addon) return this.skip();
    const project = new Project({
      'a.ts': 'import { createRequire } from "node:module";\nconst own = require("./build/own.node") as object;\nexport const f = () => [typeof own, Object.keys(own).length > 0, createRequire(import.meta.url)("./build/own.node") === own, require("native") === require("native"), Object.keys(require("native")).length > 0]',
      'build/keep': '',
      'node_modules/native/package.json': json({ name: 'native', main: './lib.js' }),
      'node_modules/native/lib.js': 'module.exports = require("./addon.node")',
    });
    fs.copyFileSync(addon, project.path('build/own.node'));
    fs.copyFileSync(addon, project.path('node_modules/native/addon.node'));
    assert.deepEqual((await project.run('a.ts#f')).results, [['object', true, true, true, true]]);
  });
});

/** One that an installed package brings for this platform; `null` where there is none. */
function nativeAddon(): string | null {
  const folder = path.resolve('node_modules/@napi-rs');
  const packages = fs.existsSync(folder) ? fs.readdirSync(folder).map((it) => path.join(folder, it)) : [];
  const addons = packages.flatMap((it) => fs.readdirSync(it).filter((name) => name.endsWith('.node')).map((name) => path.join(it, name)));
  return addons[0] ?? null;
}
