import assert from 'node:assert/strict';
import { Project, removeProjects, runLinked, type LinkAs } from './project';

interface Case {
  readonly files: Record<string, string>;
  readonly target: string;
  readonly calls?: unknown[][];
  readonly results: unknown[];
  readonly as?: LinkAs;
}

/** A package whose source is CommonJS that Node's own look at it cannot name the exports of. */
const opaque = {
  'node_modules/opaque/package.json': '{"name":"opaque","version":"1.0.0"}',
  'node_modules/opaque/index.js': 'const all = { ["tw" + "ice"]: (n) => n * 2, default: (n) => n + 1 }; Object.defineProperty(all, "__esModule", { value: true }); module.exports = all;',
};
const dual = {
  'node_modules/dual/package.json': '{"name":"dual","exports":{".":{"import":"./index.mjs","require":"./index.cjs"},"./deep":"./deep.js"}}',
  'node_modules/dual/index.mjs': 'export const how = "import";',
  'node_modules/dual/index.cjs': 'exports.how = "require";',
  'node_modules/dual/deep.js': 'module.exports = "deep";',
};

const metaLine =
  'export const f = () => [import.meta.url, import.meta.dirname, import.meta.filename, import.meta.resolve("./x.js"), new Error().stack?.split("\\n")[1]?.match(/:\\d+:\\d+/)?.[0]].map((it) => it?.replace(/^.*project/, ""))';

const cases: Record<string, Case> = {
  'an ES module': { files: { 'a.mjs': 'export const f = (n) => n * 2;' }, target: 'a.mjs#f', calls: [[2]], results: [4] },
  'a CommonJS module': { files: { 'a.cjs': 'const k = 3;\nmodule.exports = { f: (n) => n * k };' }, target: 'a.cjs#f', calls: [[2]], results: [6] },
  'a function that is not exported': { files: { 'a.ts': 'function f(n: number): number { return n + 1 }\nexport const x = 1;' }, target: 'a.ts#f', calls: [[2]], results: [3] },
  'a default without a name': { files: { 'a.ts': 'export default async (n: number) => n * 3' }, target: 'a.ts#default', calls: [[2]], results: [6] },
  'a default class without a name': { files: { 'a.mts': 'export default class { n = 2; m(k: number) { return this.n * k } }' }, target: 'a.mts#default.m', calls: [[4]], results: [8] },
  'a default without a name that is converted': { files: { 'a.cts': 'export default (n: number) => n * 3' }, target: 'a.cts#default', calls: [[2]], results: [6] },
  'a default class without a name that is converted': { files: { 'a.cts': 'export default class { m(n: number) { return n } }' }, target: 'a.cts#default.m', calls: [[2]], results: [2] },
  'the name of a default stays': { files: { 'a.mjs': 'const me = () => [];\nexport default function () { return new Error("x").stack.includes("__cw") }' }, target: 'a.mjs#default', results: [false] },
  'module.exports without a name': { files: { 'a.js': 'module.exports = function (n) { return n - 1 }' }, target: 'a.js#default', calls: [[2]], results: [1] },
  'exports.f': { files: { 'a.js': 'exports.g = 5; exports.f = () => exports.g' }, target: 'a.js#f', results: [5] },
  'a method on a new object': { files: { 'a.ts': 'class C { private k = 5; times(n: number) { return n * this.k } }' }, target: 'a.ts#C.times', calls: [[2]], results: [10] },
  'a static method': { files: { 'a.ts': 'export class C { static k = 7; static f() { return this.k } }' }, target: 'a.ts#C.f', results: [7] },
  'a member': { files: { 'a.ts': 'const o = { k: 2, in: { f(n: number) { return n * this.j }, j: 4 } }' }, target: 'a.ts#o.in.f', calls: [[2]], results: [8] },
  'a TypeScript file without imports or exports in a module package': { files: { 'package.json': '{"type":"module"}', 'a.ts': 'const f = (): string => typeof module' }, target: 'a.ts#f', results: ['undefined'] },
  'a TypeScript file without imports or exports elsewhere': { files: { 'a.ts': 'const f = (): string => typeof module' }, target: 'a.ts#f', results: ['object'] },
  'an ES module by syntax in a CommonJS package': { files: { 'package.json': '{"type":"commonjs"}', 'a.ts': 'export const f = () => import.meta.url.slice(-5)' }, target: 'a.ts#f', results: ['/a.ts'] },
  'top-level await': { files: { 'a.ts': 'const k: number = await Promise.resolve(4);\nfunction f() { return k }' }, target: 'a.ts#f', results: [4] },
  '.mts and .cts': {
    files: { 'a.mts': 'import { g } from "./b.cjs"; export const f = () => g(2);', 'b.cts': 'const k = require("./c.cjs") as number; export const g = (n: number) => n * k;', 'c.cts': 'export = 21' },
    target: 'a.mts#f',
    results: [42],
  },
  'import = and export =': { files: { 'a.ts': 'import b = require("./b");\nfunction f() { return b(1) }\nexport = f;', 'b.ts': 'function b(n: number) { return n + 1 }\nexport = b;' }, target: 'a.ts#f', results: [2] },
  'import = in an ES module': { files: { 'a.mts': 'import fs = require("node:fs");\nexport const f = () => typeof fs.readFileSync' }, target: 'a.mts#f', results: ['function'] },

  'imports that are only types': {
    files: {
      'a.ts': 'import { T, make } from "./b";\nimport type { U } from "./nowhere";\nimport { V } from "./types";\nimport { Gone } from "not-installed";\nexport type { U };\nexport const f = (t: T & V & Gone): T => make(t);',
      'b.ts': 'export interface T { n: number }\nexport const make = (t: T): T => ({ n: t.n + 1 });',
      'types.ts': 'export type V = {};\nthrow new Error("must not be loaded");',
    },
    target: 'a.ts#f',
    calls: [[{ n: 1 }]],
    results: [{ n: 2 }],
  },
  'types that are exported again': {
    files: {
      'a.ts': 'import { T, g, U } from "./barrel";\nexport { T, U };\nexport const f = (u: U) => g(u);',
      'barrel.ts': 'export * from "./b";\nexport { U, V as W } from "./c";\nexport * from "./d";',
      'b.ts': 'export type T = 1;\nexport function g(n: number) { return n + 1 }',
      'c.ts': 'export interface U {}\ntype V = 2;\nexport { V };',
      'd.d.ts': 'export declare const x: number;',
    },
    target: 'a.ts#f',
    calls: [[1]],
    results: [2],
  },
  'a type and a value of one name': { files: { 'a.ts': 'import { C } from "./b"; export { C }; export const f = () => C', 'b.ts': 'export type C = number; export const C = 4;' }, target: 'a.ts#f', results: [4] },
  'a default that is a type': { files: { 'a.ts': 'import T from "./b"; export default T; export const f = (t: T) => t', 'b.ts': 'interface T {}\nexport default T;' }, target: 'a.ts#f', calls: [[3]], results: [3] },
  'imports among comments': {
    files: {
      'a.ts': 'import { /* a */ T /* , b */, g, // U, V\n  U // x, y\n} from "./b";\nimport D /* , */ from "./b";\nimport {} from "./nowhere";\nexport { T /* a */ };\n[1].map(/* b */(it) => it), 2;\nexport const f = (t: T, u: U, d: D) => g;',
      'b.ts': 'export type T = 1; export type U = 2; export const g = 3; type D = 4; export default D;',
    },
    target: 'a.ts#f',
    results: [3],
  },
  'types are dropped and effects are kept': {
    files: {
      'tsconfig.json': '{"compilerOptions":{"verbatimModuleSyntax":true}}',
      'a.ts': 'import D, { T } from "./b"; import U from "./b"; import * as N from "./b"; import E, { k } from "./b"; export const f = (t?: T | D | U | E | N.T) => k',
      'b.ts': 'export type T = 1; export const k = 5; type D = 1; export default D;',
    },
    target: 'a.ts#f',
    results: [5],
  },
  'effects of an import that is kept': {
    files: { 'tsconfig.json': '{"compilerOptions":{"verbatimModuleSyntax":true}}', 'a.ts': 'import { loaded } from "./c"; export const f = () => loaded()', 'c.ts': 'import { T } from "./b"; export const loaded = (t?: T) => (globalThis as any).loaded', 'b.ts': 'export type T = 1; (globalThis as any).loaded = true;' },
    target: 'a.ts#f',
    results: [true],
  },

  'enums, namespaces, parameter properties and angle brackets': {
    files: { 'a.ts': 'enum E { A = 3, B }\nconst enum K { Z = 9 }\nnamespace N { export const k = 2 }\nclass C { constructor(private n = 5) {} get() { return this.n } }\nexport function f(x: any) { return [E.B, E[3], K.Z, N.k, new C().get(), <number>x] }' },
    target: 'a.ts#f',
    calls: [[1]],
    results: [[4, 'A', 9, 2, 5, 1]],
  },
  decorators: {
    files: {
      'tsconfig.json': '{"compilerOptions":{"experimentalDecorators":true}}',
      'a.ts': 'const seen: string[] = [];\nfunction log(t: any, key: string) { seen.push(key) }\nclass C { @log m() { return seen } }',
    },
    target: 'a.ts#C.m',
    results: [['m']],
  },
  'decorators of the standard': { files: { 'a.ts': 'const twice = (m: any, c: any) => function (this: any, n: number) { return 2 * m.call(this, n) };\nexport class C { @twice static m(n: number) { return n } }' }, target: 'a.ts#C.m', calls: [[4]], results: [8] },
  using: { files: { 'a.ts': 'const log: string[] = [];\nexport function f() { { using x = { [Symbol.dispose]() { log.push("gone") } }; } return log }' }, target: 'a.ts#f', results: [['gone']] },
  'fields that are assigned': {
    files: { 'tsconfig.json': '{"compilerOptions":{"target":"ES2020"}}', 'a.ts': 'class B { x = 1; constructor() { this.init() } init() {} }\nclass C extends B { y: any; init() { this.y = 5 } }\nexport const f = () => new C().y ?? null' },
    target: 'a.ts#f',
    results: [5],
  },
  'fields that are defined': {
    files: { 'tsconfig.json': '{"compilerOptions":{"target":"ES2022"}}', 'a.ts': 'class B { constructor() { this.init() } init() {} }\nclass C extends B { y: any; init() { this.y = 5 } }\nexport const f = () => new C().y ?? null' },
    target: 'a.ts#f',
    results: [null],
  },
  'a parameter property in a converted module': { files: { 'a.cts': 'import b, { k } from "./b.cjs";\nexport class C { constructor(readonly n = k) {} m() { return [this.n, b] } }', 'b.cts': 'export const k = 6; export default "b"' }, target: 'a.cts#C.m', results: [[6, 'b']] },

  'JSX with the automatic runtime': {
    files: {
      'node_modules/react/package.json': '{"name":"react","exports":{"./jsx-runtime":"./jsx-runtime.js"}}',
      'node_modules/react/jsx-runtime.js': 'exports.jsx = (type, props) => ({ type, ...props }); exports.jsxs = exports.jsx;',
      'tsconfig.json': '{"compilerOptions":{"jsx":"react-jsx"}}',
      'a.tsx': 'export const View = ({ n }: { n: number }) => <b id="x">{n}</b>',
    },
    target: 'a.tsx#View',
    calls: [[{ n: 1 }]],
    results: [{ type: 'b', id: 'x', children: 1 }],
  },
  'JSX with another runtime': {
    files: {
      'node_modules/preact/package.json': '{"name":"preact"}',
      'node_modules/preact/jsx-runtime/index.mjs': 'export const jsx = (type, props) => "preact " + type;',
      'a.jsx': '/** @jsxImportSource preact */\nexport function View() { return <i/> }',
    },
    target: 'a.jsx#View',
    results: ['preact i'],
  },
  'JSX the classic way, in JavaScript': { files: { 'a.js': 'const React = { createElement: (...all) => all };\nmodule.exports = function View(p) { return <b>{p.n}</b> }' }, target: 'a.js#View', calls: [[{ n: 2 }]], results: [['b', null, 2]] },
  'a local JSX component': {
    files: { 'node_modules/react/package.json': '{"name":"react"}', 'node_modules/react/jsx-runtime.js': 'exports.jsx = (type, props) => [typeof type === "function" ? type(props) : type, props];', 'a.tsx': 'import { B } from "./b";\nexport const A = () => <B k={1} />', 'b.tsx': 'export const B = (p: { k: number }) => p.k' },
    target: 'a.tsx#A',
    results: [[1, { k: 1 }]],
  },

  'JSON, with names': { files: { 'a.ts': 'import all, { n } from "./d.json"; export const f = () => [n, all.s]', 'd.json': '{"n":1,"s":"x","a-b":2,"default":3}' }, target: 'a.ts#f', results: [[1, 'x']] },
  'JSON, with attributes': { files: { 'a.mjs': 'import d from "./d.json" with { type: "json" };\nexport const f = async () => [d.n, (await import("./d.json", { with: { type: "json" } })).default.n]', 'd.json': '{"n":1}' }, target: 'a.mjs#f', results: [[1, 1]] },
  'JSON in CommonJS': { files: { 'a.js': 'const d = require("./d");\nexports.f = () => d.n', 'd.json': '{"n":1}' }, target: 'a.js#f', results: [1] },
  'JSON in a plain module below': { files: { 'package.json': '{"type":"module"}', 'a.ts': 'import { n } from "./b.js"; export const f = () => n', 'b.js': 'import d from "./d.json" with { type: "json" }; export const n = d.n', 'd.json': '{"n":8}' }, target: 'a.ts#f', results: [8] },
  'JSON that is not saved': { files: { 'a.ts': 'import { n } from "./d.json"; import { m } from "./b.cjs"; export const f = () => [n, m]', 'b.cjs': 'exports.m = require("./d.json").n', 'd.json': '{"n":1}' }, target: 'a.ts#f', as: { unsaved: { 'd.json': '{"n":2}' } }, results: [[2, 2]] },

  'a barrel and a cycle': {
    files: {
      'a.ts': 'import { even } from "./index";\nexport const f = (n: number): boolean => even(n);',
      'index.ts': 'export * from "./even";\nexport * from "./odd";\nexport { f } from "./a";',
      'even.ts': 'import { odd } from "./index";\nexport const even = (n: number): boolean => n === 0 || odd(n - 1);',
      'odd.ts': 'import { even } from "./index";\nexport const odd = (n: number): boolean => n !== 0 && even(n - 1);',
    },
    target: 'a.ts#f',
    calls: [[4], [3]],
    results: [true, false],
  },
  'bindings that stay alive': { files: { 'a.ts': 'import { n, next } from "./b"; export const f = () => { next(); return n }', 'b.ts': 'export let n = 1; export const next = (): void => { n++ }' }, target: 'a.ts#f', calls: [[], []], results: [2, 3] },
  'a local CommonJS module with names that Node cannot see': { files: { 'a.ts': 'import d, { twice } from "./b"; export const f = () => [twice(2), d.twice(3)]', 'b.js': 'module.exports = { ["tw" + "ice"]: (n) => n * 2 }' }, target: 'a.ts#f', results: [[4, 6]] },
  'barrels that export each other': {
    files: {
      'a.ts': 'import { k } from "./one"; import { k as same, T } from "./two"; export { T }; export const f = () => [k, same]',
      'one.ts': 'export * from "./two"; export * from "./three";',
      'two.ts': 'export * from "./one";',
      'three.ts': 'export const k = 3; export type T = 1;',
    },
    target: 'a.ts#f',
    results: [[3, 3]],
  },
  'a cycle in CommonJS': { files: { 'a.js': 'exports.k = 2; const b = require("./b"); exports.f = () => b.g();', 'b.js': 'const a = require("./a"); exports.g = () => a.k * 10;' }, target: 'a.js#f', results: [20] },
  'the module itself, imported by another': { files: { 'a.mjs': 'import { same } from "./b.mjs"; export const f = () => same(f);', 'b.mjs': 'import * as a from "./a.mjs"; export const same = (f) => a.f === f;' }, target: 'a.mjs#f', results: [true] },
  'one instance of a module, asked for in many ways': {
    files: { 'a.ts': 'import { box } from "./b"; import { box as other } from "./b.js"; export const f = async () => box === other && box === (await import("./b")).box && (require("./b") as any).box === box', 'b.ts': 'export const box = {};' },
    target: 'a.ts#f',
    results: [true],
  },

  'paths of tsconfig.json': {
    files: {
      'tsconfig.base.json': '{"compilerOptions":{"baseUrl":".","paths":{"@/*":["src/*"],"exact":["src/deep/x.ts"]}}}',
      'tsconfig.json': '{"extends":"./tsconfig.base.json" /* with a comment */,}',
      'src/a.ts': 'import { g } from "@/deep/b"; import { x } from "exact"; import { h } from "src/deep/b"; export const f = () => [g(), x, h]',
      'src/deep/b.ts': 'export const g = () => 1; export const h = 3;',
      'src/deep/x.ts': 'export const x = 2;',
    },
    target: 'src/a.ts#f',
    results: [[1, 2, 3]],
  },
  'paths of a referenced project': {
    files: {
      'tsconfig.json': '{"files":[],"references":[{"path":"./tsconfig.node.json"},{"path":"./tsconfig.app.json"}]}',
      'tsconfig.node.json': '{"include":["vite.config.ts"]}',
      'tsconfig.app.json': '{"compilerOptions":{"paths":{"~/*":["./src/*"]}},"include":["src"]}',
      'src/a.ts': 'import { g } from "~/b"; export const f = () => g',
      'src/b.ts': 'export const g = 4;',
    },
    target: 'src/a.ts#f',
    results: [4],
  },
  'names of imports in package.json': { files: { 'package.json': '{"name":"me","type":"module","imports":{"#b":"./src/b.ts"},"exports":{".":"./src/c.ts"}}', 'a.ts': 'import { b } from "#b"; import { c } from "me"; export const f = () => [b, c]', 'src/b.ts': 'export const b = 1', 'src/c.ts': 'export const c = 2' }, target: 'a.ts#f', results: [[1, 2]] },
  'extensions of every kind': {
    files: {
      'a.ts': 'import { b } from "./b.js"; import { c } from "./c.jsx"; import { d } from "./d.mjs"; import { e } from "./e.cjs"; import { g } from "./dir"; export const f = () => [b, c, d, e, g]',
      'b.ts': 'export const b = 1',
      'c.tsx': 'export const c = 2',
      'd.mts': 'export const d = 3',
      'e.cts': 'export const e = 4',
      'dir/index.ts': 'export const g = 5',
    },
    target: 'a.ts#f',
    results: [[1, 2, 3, 4, 5]],
  },

  'packages by the condition of each request': {
    files: { ...dual, 'a.mts': 'import { how } from "dual"; import deep from "dual/deep"; import { createRequire } from "node:module"; export const f = async () => [how, (await import("dual")).how, deep, createRequire(import.meta.url)("dual").how]', 'b.cts': 'const { how } = require("dual"); export const g = async () => [how, (await import("dual")).how]' },
    target: 'a.mts#f',
    results: [['import', 'import', 'deep', 'require']],
  },
  'packages in CommonJS': { files: { ...dual, 'a.cts': 'import { how } from "dual"; export const f = async () => [how, (await import("dual")).how]' }, target: 'a.cts#f', results: [['require', 'import']] },
  'a CommonJS package in TypeScript written for CommonJS': { files: { ...opaque, 'a.ts': 'import inc, { twice } from "opaque"; export const f = (n: number) => [inc(n), twice(n)]' }, target: 'a.ts#f', calls: [[5]], results: [[6, 10]] },
  'JSON of a package': { files: { 'node_modules/p/package.json': '{"version":"1.2.3"}', 'a.ts': 'import { version } from "p/package.json"; export const f = () => version' }, target: 'a.ts#f', results: ['1.2.3'] },
  'export and module.exports in one': { files: { 'a.ts': 'import g, { k } from "./b"; export const f = () => [g(1), k]', 'b.ts': 'export const k = 3;\nfunction g(n: number) { return n + 1 }\nmodule.exports = exports = Object.assign(g, { k, default: g });' }, target: 'a.ts#f', results: [[2, 3]] },
  'a namespace of a CommonJS package': {
    files: {
      'node_modules/call/package.json': '{"name":"call"}',
      'node_modules/call/index.js': 'module.exports = Object.assign((n) => n + 1, { k: 2 })',
      'node_modules/obj/package.json': '{"name":"obj"}',
      'node_modules/obj/index.js': 'module.exports = { ["tw" + "ice"]: (n) => n * 2 }',
      'a.ts': 'import * as call from "call"; import * as obj from "obj"; export const f = () => [(call as any)(1), call.k, obj.twice(4), (obj as any).default.twice(5)]',
    },
    target: 'a.ts#f',
    results: [[2, 2, 8, 10]],
  },
  'a CommonJS package in an ES module': { files: { ...opaque, 'package.json': '{"type":"module"}', 'a.ts': 'import all from "opaque"; export const f = (n: number) => all.twice(n)' }, target: 'a.ts#f', calls: [[5]], results: [10] },
  'a workspace package that is linked': {
    files: { 'packages/lib/package.json': '{"name":"lib","main":"src/index.ts"}', 'packages/lib/src/index.ts': 'enum E { A = 7 }\nexport const lib = () => E.A', 'app/a.ts': 'import { lib } from "lib"; export const f = () => lib()' },
    target: 'app/a.ts#f',
    results: [7],
  },

  'import.meta, in the middle of a line': {
    files: { 'd/a.mts': metaLine },
    target: 'd/a.mts#f',
    results: [['/d/a.mts', '/d', '/d/a.mts', '/d/x.js', `:1:${metaLine.indexOf('new Error') + 1}`]],
  },
  '__dirname, __filename and require of the user': {
    files: { 'd/a.cjs': 'const at = { __dirname, file: __filename, require };\nconst name = "./b" + ".cjs";\nexports.f = () => [at.__dirname, at.file, require(name), at.require.resolve("./b.cjs")].map((it) => it.replace(/^.*project/, ""))', 'd/b.cjs': 'module.exports = "b"' },
    target: 'd/a.cjs#f',
    results: [['/d', '/d/a.cjs', 'b', '/d/b.cjs']],
  },
  'require and __dirname in TypeScript with imports': {
    files: { 'd/a.ts': 'import path from "node:path";\nconst { n } = require("./b.json") as { n: number };\nif (require.main === module) throw new Error("main");\nexport const f = () => [n, path.basename(__dirname), path.basename(__filename)]', 'd/b.json': '{"n":2}' },
    target: 'd/a.ts#f',
    results: [[2, 'd', 'a.ts']],
  },
  'names of its own like those of Node': { files: { 'a.mts': 'import path from "node:path"; import { fileURLToPath } from "node:url";\nconst __dirname = path.dirname(fileURLToPath(import.meta.url));\nconst require = (x: string) => x;\nexport const f = () => [path.basename(__dirname), require("./nowhere")]' }, target: 'a.mts#f', results: [['project', './nowhere']] },
  'a computed import': { files: { 'd/a.mts': 'export const f = async (n: string) => (await import(`./${n}.mjs`)).k', 'd/b.mjs': 'export const k = 5' }, target: 'd/a.mts#f', calls: [['b']], results: [5] },
  'a computed import in CommonJS': { files: { 'd/a.cjs': 'exports.f = async (n) => (await import(`./${n}.mjs`)).k', 'd/b.mjs': 'export const k = 5' }, target: 'd/a.cjs#f', calls: [['b']], results: [5] },
  'a dynamic import': { files: { 'a.ts': 'export const f = async () => (await import("./b")).k', 'b.ts': 'export const k: number = 5' }, target: 'a.ts#f', results: [5] },
  'an ES module that is required': { files: { 'a.cjs': 'exports.f = () => require("./b").k', 'b.ts': 'export const k: number = 5' }, target: 'a.cjs#f', results: [5] },
  'a module that may be missing': { files: { 'a.js': 'let k = 0; try { k = require("not-there") } catch (e) { k = e.code }\nexports.f = async () => [k, await import("./nope.mjs").catch((e) => e.code)]' }, target: 'a.js#f', results: [['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND']] },
  'a style sheet': { files: { 'a.ts': 'import "./a.css"; export const f = () => 1', 'a.css': 'b {}' }, target: 'a.ts#f', results: [1] },

  'a shebang, a directive and a comment at the end': { files: { 'a.cjs': '#!/usr/bin/env node\n"use strict";\nexports.f = function () { return (function () { return this === undefined })() }\n// the end' }, target: 'a.cjs#f', results: [true] },
  'a block comment and no semicolon at the end': { files: { 'a.ts': 'export const f = () => 1\n/* end */ /* // */' }, target: 'a.ts#f', results: [1] },
  'CRLF and a byte order mark': { files: { 'a.ts': '\uFEFFimport { g } from "./b";\r\ninterface T {\r\n}\r\nexport const f = (): number => g\r\n', 'b.ts': '\uFEFFexport const g: number = 2\r\n' }, target: 'a.ts#f', results: [2] },
  'names like our own': { files: { 'a.ts': 'const __cwT = 1, __cwS = 2, Symbol = 3, slot = 4, s = 5;\nexport default () => [__cwT, __cwS, Symbol, slot, s]' }, target: 'a.ts#default', results: [[1, 2, 3, 4, 5]] },
  'statements that must not grow together': { files: { 'a.ts': 'let k = 1\nimport { T } from "./b"\n;(globalThis as any).x = k\ninterface I {}\n[k].forEach((it) => { k = it + 1 })\nexport const f = () => k', 'b.ts': 'export type T = 1' }, target: 'a.ts#f', results: [2] },
  'text that is not saved': { files: { 'a.ts': 'export const f = () => 1', 'b.ts': 'export const g = 1' }, target: 'a.ts#f', as: { unsaved: { 'a.ts': 'import { g } from "./b"; export const f = () => g', 'b.ts': 'export const g = 2' } }, results: [2] },
  'plain JavaScript that is not saved, below a module': { files: { 'a.mjs': 'import { g } from "./b.mjs"; export const f = () => g', 'b.mjs': 'import { h } from "./c.mjs"; export const g = h', 'c.mjs': 'export const h = 1' }, target: 'a.mjs#f', as: { unsaved: { 'c.mjs': 'export const h = 2' } }, results: [2] },
  'a path with odd characters': { files: { 'a b#c\'d%20/é.ts': 'import { g } from "./g"; export const f = () => [g, import.meta.filename.slice(-5), new Error().stack?.includes("%C3%A9.ts:1:")]', 'a b#c\'d%20/g.ts': 'export const g = 1' }, target: 'a b#c\'d%20/é.ts#f', results: [[1, '/é.ts', true]] },
};

describe('linked modules, run', function () {
  this.timeout(30_000);
  after(removeProjects);

  async function check({ files, target, calls, results, as }: Case, how: LinkAs = {}): Promise<readonly string[]> {
    const project = new Project(files);
    if ('packages/lib/package.json' in files) project.symlink('app/node_modules/lib', 'packages/lib');
    if (how.esbuildFrom !== undefined) project.installEsbuild();
    const linked = await project.link(target, { ...as, ...how });
    assert(linked.ok, linked.ok ? '' : `${linked.error.code}: ${linked.error.message}`);
    const outcome = await runLinked(linked.value, calls ?? [[]], project.root);
    assert.equal(outcome.error?.stack, undefined);
    assert.deepEqual(outcome.results, results);
    return linked.value.work.notes;
  }

  for (const [title, one] of Object.entries(cases)) it(title, () => check(one).then(() => {}));

  describe('by the project’s own esbuild', () => {
    const notes: string[] = [];
    let ran = 0;
    for (const [title, one] of Object.entries(cases)) {
      it(title, async () => {
        notes.push(...(await check(one, { esbuildFrom: 1 })));
        ran++;
      });
    }

    after(() => {
      // Unless only some of them were asked for.
      if (ran < Object.keys(cases).length) return;
      assert(notes.length >= 10, `only ${notes.length} of the cases had anything to transpile`);
      for (const one of notes) assert.match(one, /^esbuild [\d.]+ of the project compiled (\d+) of \1 files\.$/);
    });
  });
});
