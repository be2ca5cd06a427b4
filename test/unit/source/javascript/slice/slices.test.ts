/** Slices, run in a fresh process: what the function returns, which effects of the module ran, and where its stack points. */
import assert from 'node:assert/strict';
import { Project, removeProjects } from '../../../session/link/project';

interface Case {
  /** The module; where it says `where()`, the function's result says so, too. */
  readonly code: string;
  readonly name?: string;
  readonly target?: string;
  readonly call?: unknown[];
  readonly inputs?: string;
  readonly result: unknown;
  /** Exactly those that run when the module is loaded. */
  readonly effects?: unknown[];
  readonly warnings?: RegExp[];
  readonly others?: Record<string, string>;
}

const listening = `
const server = { listen(port) { effect('listen ' + port) } };
server.listen(80);
setInterval(() => {}, 1000);
effect('start');
main();
function main() { effect('main') }
`;

const cases: Record<string, Case> = {
  // Nothing of the top level that is not needed.
  'a server, a timer and main()': { code: `${listening}\nexport function f(n) { return [n * 2, where()] }`, call: [2], result: [4, 'here'] },
  'the same in CommonJS': { name: 'a.cjs', code: `${listening}\nexports.f = (n) => [n * 2, where()]`, call: [2], result: [4, 'here'] },
  'the same in TypeScript': { name: 'a.ts', code: 'declare const effect: any; declare const where: any;\neffect("start");\nexport function f(n: number): unknown { return [n * 2, where()] }', call: [2], result: [4, 'here'] },
  'an initialiser that is not needed': { code: 'const a = effect("a");\nconst b = 2;\nexport const f = () => b', result: 2 },
  'an initialiser that is needed': { code: 'const a = effect("a");\nexport const f = () => a', result: 'a', effects: ['a'] },
  'a declarator among others': { code: 'const a = effect("a"), b = 2, c = effect("c"), d = 4;\nexport const f = () => [b, d, where()]', result: [2, 4, 'here'] },
  'a destructuring, whole': { code: 'const { a, b = effect("b") } = { a: 1 };\nexport const f = () => a', result: 1, effects: ['b'] },
  'what a used function uses': { code: 'const k = 3;\nconst l = effect("l");\nfunction g() { return h() }\nfunction h() { return k }\nexport const f = () => g()', result: 3 },
  'functions that use each other': { code: 'const even = (n) => n === 0 || odd(n - 1);\nconst odd = (n) => n !== 0 && even(n - 1);\nexport { odd as f }', target: 'odd', call: [7], result: true },
  'a shadowed name': { code: 'const a = effect("a");\nexport function f(a) { { let b = a; return b } }', call: [5], result: 5 },
  'a name that is only a property': { code: 'const a = effect("a");\nexport const f = (o) => o.a + { a: 1 }.a', call: [{ a: 1 }], result: 2 },
  'a label of a name': { code: 'const a = effect("a");\nexport const f = () => { a: for (;;) break a; return 1 }', result: 1 },
  'a shorthand property': { code: 'const a = 1;\nexport const f = () => ({ a })', result: { a: 1 } },
  'a default of a parameter': { code: 'const a = 1;\nexport const f = (n = a) => n', result: 1 },
  'a type of the same name': { name: 'a.ts', code: 'interface a {}\nconst b = (effect as any)("b");\nexport const f = (n: a, m?: typeof b) => n;\ndeclare const effect: unknown', call: [2], result: 2 },

  // What writes a kept name stays.
  'a loop that fills a table': { code: 'const t = {};\nfor (let i = 0; i < 3; i++) t["k" + i] = i;\neffect("x");\nexport const f = () => t', result: { k0: 0, k1: 1, k2: 2 } },
  'a callback that fills a table': { code: 'const t = [];\n[1, 2].forEach((n) => t.push(n));\nexport const f = () => t', result: [1, 2] },
  'a map that is set': { code: 'const m = new Map();\nm.set("a", 1).set("b", 2);\nexport const f = () => m.get("a") ?? 0', result: 1 },
  'a list in a map': { code: 'const m = new Map([["a", []]]);\nm.get("a").push(1);\nexport const f = () => m.get("a")', result: [1] },
  'an assignment later': { code: 'let a;\na = 5;\nexport const f = () => a', result: 5 },
  'an assignment in a block': { code: 'let a = 1;\nif (a) { a = 6 } else { effect("else") }\nexport const f = () => a', result: 6 },
  'an assignment in a try': { code: 'let a;\ntry { a = JSON.parse("x") } catch { a = 7 }\nexport const f = () => a', result: 7 },
  'a destructuring assignment': { code: 'let a, b;\n[a, { b }] = [1, { b: 2 }];\nexport const f = () => a + b', result: 3 },
  'a step': { code: 'let a = 1;\na++;\nexport const f = () => a', result: 2 },
  'a delete': { code: 'const t = { a: 1, b: 2 };\ndelete t.a;\nexport const f = () => t', result: { b: 2 } },
  'Object.assign': { code: 'const t = {};\nObject.assign(t, { a: 1 });\nObject.assign({}, { b: effect("b") });\nexport const f = () => t', result: { a: 1 } },
  'Object.defineProperty': { code: 'const t = {};\nObject.defineProperty(t, "a", { value: 1, enumerable: true });\nexport const f = () => ({ ...t })', result: { a: 1 } },
  'a function called at once': { code: 'let a;\n(function () { a = 3 })();\n(() => { effect("x") })();\nexport const f = () => a', result: 3 },
  'a prototype': { code: 'function C() {}\nC.prototype.m = function () { return 4 };\nexport const f = () => new C().m()', result: 4 },
  'a property of a function': { code: 'function g() { return g.k }\ng.k = 5;\nexport const f = () => g()', result: 5 },
  'a declarator that writes': { code: 'const t = [];\nconst n = t.push(1), m = effect("m");\nexport const f = () => t', result: [1] },
  'a static block that registers': { code: 'const all = new Map();\nclass A { static { all.set("A", A) } }\nclass B { static { effect("B") } }\nexport const f = () => [...all.keys()]', result: ['A'] },
  'a method of unknown make goes': { code: 'const app = make();\nfunction make() { return { get() { effect("get") } } }\napp.get("/", () => app);\nexport const f = () => typeof app', result: 'object', warnings: [/`app` is set up or changed by `app\.get/] },
  'a handler that writes later goes': { code: 'let a = 1;\nprocess.on("exit", () => { a = 2 });\nexport const f = () => a', result: 1, warnings: [/`a` is module state that line 2 changes elsewhere/] },
  'a var in a loop': { code: 'for (var i = 0; i < 3; i++) {}\nexport const f = () => i', result: 3 },
  'semicolons that stood in between': { code: 'const a = [1]\neffect("x")\n;[2].forEach((n) => a.push(n))\nexport const f = () => a', result: [1, 2] },
  'a statement that would grow into the next': { code: 'let a = 1\nlet b = a\neffect("x");\n(function () { a = 2 })()\nexport const f = () => [a, b]', result: [2, 1] },

  // Guards, imports, polyfills.
  'a main guard': { name: 'a.cjs', code: 'exports.f = () => 1;\nif (require.main === module) effect("main")', result: 1 },
  'a main guard in an ES module': { code: 'export const f = () => 1;\nif (import.meta.main || process.argv[1]) effect("main")', result: 1 },
  'an import for its effects': { code: 'import "./b.mjs";\nexport const f = () => 1', others: { 'b.mjs': 'effect("b")' }, result: 1 },
  'an import that is not used': { code: 'import { b } from "./b.mjs";\nimport c, { d } from "./c.mjs";\nexport const f = () => d + b.length * 0', others: { 'b.mjs': 'effect("b"); export const b = ""', 'c.mjs': 'effect("c"); export const d = 4; export default 3' }, result: 4, effects: ['b', 'c'] },
  'one name of an import': { code: 'import a, { b, c as d, e } from "./b.mjs";\nexport const f = () => [d, where()]', others: { 'b.mjs': 'export default 1; export const b = 2, c = 3, e = 4' }, result: [3, 'here'] },
  'a namespace import beside a default': { code: 'import a, * as all from "./b.mjs";\nexport const f = () => all.b', others: { 'b.mjs': 'export default 1; export const b = 2' }, result: 2 },
  'a polyfill': { code: 'import "core-js";\nexport const f = () => 1', others: { 'node_modules/core-js/package.json': '{"name":"core-js","type":"module"}', 'node_modules/core-js/index.js': 'effect("core-js")' }, result: 1, effects: ['core-js'] },
  'require that is not needed': { name: 'a.cjs', code: 'const b = require("./b.cjs");\nexports.f = () => 1', others: { 'b.cjs': 'effect("b")' }, result: 1 },
  'a package that is not installed': { code: 'import express from "express";\nconst app = express();\napp.listen(1);\nexport const f = () => 1', result: 1 },

  // Effects that have to run, and are told.
  'a needed server': { code: 'const server = connect();\nfunction connect() { effect("connect"); return 1 }\nexport const f = () => server', result: 1, effects: ['connect'], warnings: [/`connect\(\)` runs in each worker.*line 1.*`server` is needed/] },
  'top-level await': { code: 'const a = await Promise.resolve(effect("a"));\nawait effect("b");\nexport const f = () => a', result: 'a', effects: ['a'] },
  'setup that is skipped': { code: 'let cache;\nfunction setup() { cache = new Map() }\nsetup();\nexport const f = () => cache === undefined', result: true, warnings: [/`cache` is module state that `setup` \(line 2\)/, /`cache` is only set by `setup\(\)` \(line 3\), which is not run/] },
  'what is only read elsewhere': { code: 'const k = make();\nfunction make() { return [1, 2] }\nexport const l = k.slice(0, 1);\nexport const f = () => k', result: [1, 2], warnings: [] },
  'module state': { code: 'let n = 0;\nexport function f() { return ++n }', result: 1, warnings: [/`n` is module state that `f` \(line 2\) changes: each worker has its own copy/] },
  'state that others change': { code: 'let lang = "en";\nexport function use(it) { lang = it }\nexport const f = () => lang', result: 'en', warnings: [/`lang` is module state that `use` \(line 2\) changes elsewhere/] },

  // Each way to reach a target.
  'a default without a name': { code: 'effect("x");\nexport default (n) => [n, where()]', target: 'default', call: [1], result: [1, 'here'] },
  'a default function without a name': { code: 'effect("x");\nexport default function () { return where() }', target: 'default', result: 'here' },
  'a static method': { code: 'effect("x");\nexport class C { static k = 2; static m() { return this.k } }', target: 'C.m', result: 2 },
  'a method without this': { code: 'class C { constructor(a) { effect(a.b) } m(n) { return [n, where()] } }', target: 'C.m', call: [3], result: [3, 'here'] },
  'a method of a class without a name': { code: 'export const C = class { k = 1; m() { return this.k } }', target: 'C.m', result: 1, warnings: [/`C\.m` runs on a `new C\(\)` of its own/] },
  'a method on a new object': { code: 'class B { k = 1 }\nclass C extends B { #p = 2; m() { return this.k + this.#p } }', target: 'C.m', result: 3, warnings: [/`new C\(\)` of its own in each worker/] },
  'a member of an object': { code: 'effect("x");\nconst o = { in: { k: 2, m() { return this.k } } };', target: 'o.in.m', result: 2 },
  'a nested function': { code: 'effect("x");\nfunction outer(z) {\n  effect(z);\n  function inner(n) { return [n, where()] }\n  return inner(z);\n}', target: 'outer.inner', call: [4], result: [4, 'here'] },
  'a nested arrow function that calls itself': { code: 'function outer() {\n  const fact = (n) => n < 2 ? 1 : n * fact(n - 1);\n  return fact;\n}', target: 'outer.fact', call: [5], result: 120 },
  'a nested function that replaces itself': { code: 'function outer() {\n  var once = function (n) { once = () => 7; return n + once() };\n  return once;\n}', target: 'outer.once', call: [1], result: 8 },
  'a nested function on the first column': { code: 'function outer() {\nfunction inner() { return where() }\n}', target: 'outer.inner', result: 'here' },
  'a nested function that uses the module': { code: 'const k = 2;\nlet l = effect("l");\nfunction outer() { function inner(n) { return n * k } }', target: 'outer.inner', call: [3], result: 6 },
  'a nested function that calls what holds it': { code: 'function outer(n) {\n  function inner(n) { return n > 1 ? 1 : outer(n) }\n  return n + 5;\n}', target: 'outer.inner', call: [1], result: 6 },
  'a handler': { code: 'app.get("/", async function handler(n) { return [n, where()] });', target: 'handler', call: [1], result: [1, 'here'] },
  'a method in a call': { code: 'define({ methods: { load(n) { return [n, where()] } } })', target: 'methods.load', call: [1], result: [1, 'here'] },
  'a method of a nested class': { code: 'function make() {\n  return class D { k = 3; m() { return [this.k, where()] } };\n}', target: 'make.D.m', result: [3, 'here'] },
  'a function in a factory of a factory': { name: 'a.cjs', code: '(function (root, factory) { effect("umd"); factory() })(this, function () {\n  "use strict";\n  function f(n) { return [n + 1, where()] }\n});', target: 'f', call: [1], result: [2, 'here'] },
  'a function in a block': { code: 'if (effect("x")) {\n  const g = (n) => [n, where()];\n}', target: 'g', call: [1], result: [1, 'here'] },
  'a member of exports': { name: 'a.cjs', code: 'exports.g = effect("g");\nexports.h = 2;\nexports.f = () => exports.h', result: 2 },
  'exports as a whole': { name: 'a.cjs', code: 'effect("x");\nmodule.exports = { h: 2 };\nmodule.exports.f = () => Object.keys(module.exports)', result: ['h', 'f'] },
  'what a compiler makes of exports': { name: 'a.cjs', code: '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.b = exports.f = void 0;\nconst f = () => (0, exports.k)();\nexports.f = f;\nexports.k = () => 3;\nexports.b = effect("b");', result: 3 },
  'a function expression that is assigned': { code: 'let f; f = (n) => n; effect("x"); export { f }', call: [2], result: 2 },

  // Syntax of every kind.
  'enums that merge': { name: 'a.ts', code: 'export enum E { A = 1 }\nexport enum E { B = A + 1 }\ndeclare const effect: any;\neffect("x");\nexport const f = () => [E.A, E.B]', result: [1, 2] },
  'a namespace and a function of one name': { name: 'a.ts', code: 'function g() { return g.k }\nnamespace g { export const k = 3 }\nnamespace Other { (globalThis as any).effect("x") }\nexport const f = () => g()', result: 3 },
  'overloads': { name: 'a.ts', code: 'export function f(a: string): string;\nexport function f(a: number): number;\nexport function f(a: any) { return a }', call: [1], result: 1 },
  'an aliased namespace': { name: 'a.ts', code: 'namespace A.B { export const k = 4 }\nimport k = A.B.k;\nexport const f = () => k', result: 4 },
  'decorators': { name: 'a.ts', code: 'const log = (c: any, _: any) => { (globalThis as any).effect("log"); return c };\nconst unused = (globalThis as any).effect("unused");\n@log class C { m() { return 5 } }', target: 'C.m', result: 5, effects: ['log'] },
  'using': { name: 'a.ts', code: 'export function f() { using r = make(); return r.k }\nfunction make() { return { k: 2, [Symbol.dispose]() {} } }\n(globalThis as any).effect("x")', result: 2 },
  'parameter properties': { name: 'a.ts', code: '(globalThis as any).effect("x");\nclass C { constructor(private k = 6) {} m() { return this.k } }', target: 'C.m', result: 6 },
  'class fields and accessors': { code: 'const k = 1;\nclass C { a = k; get b() { return this.a + 1 } m() { return this.b } }', target: 'C.m', result: 2 },
  'import.meta': { code: 'effect("x");\nexport const f = () => import.meta.url.endsWith("/a.mjs")', result: true },
  '__dirname and require': { name: 'a.cjs', code: 'effect("x");\nconst path = require("node:path");\nexports.f = () => [path.basename(__filename), require("node:path") === path]', result: ['a.cjs', true] },
  'an .mts file': { name: 'a.mts', code: 'import { b } from "./b.mjs";\nexport const f = (n: number): number => n + b;\n(globalThis as any).effect("x")', others: { 'b.mjs': 'export const b = 1' }, call: [1], result: 2 },
  'a .cts file': { name: 'a.cts', code: 'import b = require("./b.cjs");\n(globalThis as any).effect("x");\nfunction f(n: number): number { return n + b.k }\nexport = f;', others: { 'b.cjs': 'exports.k = 1' }, call: [1], result: 2 },
  'JSX, the classic way': { name: 'a.jsx', code: 'const React = { createElement: (...all) => all };\nconst Other = effect("x");\nconst B = () => 1;\nexport const f = () => <B a="1"><i/></B>;', result: [null, { a: '1' }, ['i', null]] },
  'TSX': { name: 'a.tsx', code: '/** @jsx h */\nconst h = (...all: unknown[]) => all;\n(globalThis as any).effect("x");\nexport const f = (n: number) => <b>{n}</b>;', call: [2], result: ['b', null, 2] },
  'a directive': { name: 'a.cjs', code: '"use strict";\neffect("x");\nexports.f = () => (function () { return this })() === undefined', result: true },
  'strict as a module is, where nothing says so any more': { name: 'a.cts', code: 'import "./b.cjs";\nfunction f() { return (function (this: unknown) { return this === undefined })() }', others: { 'b.cjs': 'effect("b")' }, result: true },
  'a byte order mark and CRLF': { code: '\uFEFFeffect("x");\r\nconst k = 1;\r\nexport const f = () => [k, where()]\r\n', result: [1, 'here'] },
  'a hashbang': { code: '#!/usr/bin/env node\neffect("x");\nexport const f = () => where()', result: 'here' },

  // Broken elsewhere.
  'broken before': { code: 'const x = {{{ ;\nexport function f(n) { return [n, where()] }', call: [1], result: [1, 'here'] },
  'broken after': { code: 'export function f(n) { return [n, where()] }\nclass { ((', call: [1], result: [1, 'here'] },
  'a type that is broken': { name: 'a.ts', code: 'interface A { a: ; }\nexport const f = (n: number) => n', call: [1], result: 1 },
  'declared twice elsewhere': { code: 'const a = 1; const a = 2;\nexport const f = () => 3', result: 3 },
  'an import that leads nowhere': { code: 'import x from "./nowhere.mjs";\nx();\nexport const f = () => 3', result: 3 },

  // Inputs that use the module.
  'inputs that name a constant': { code: 'const all = [[effect("all")]];\neffect("x");\nexport const f = (a) => a', inputs: 'all', result: 'all', effects: ['all'] },
  'inputs that call a function': { code: 'const k = 4;\nfunction inputs() { return [k] }\neffect("x");\nexport const f = (a) => a', inputs: 'inputs()', result: 4 },

  // Import cycles that come back.
  'a cycle': { name: 'a.mjs', code: 'import { g } from "./b.mjs";\neffect("x");\nexport const k = 2;\nexport const l = effect("l");\nexport const f = () => g()', others: { 'b.mjs': 'import { k } from "./a.mjs";\nexport const g = () => k' }, result: 2 },
  'a cycle through a barrel': { name: 'a.mjs', code: 'import { g } from "./index.mjs";\neffect("x");\nconst k = 2;\nexport { k as kk };\nexport const f = () => g()', others: { 'index.mjs': 'export * from "./b.mjs"; export { kk } from "./a.mjs"', 'b.mjs': 'import { kk } from "./index.mjs";\nexport const g = () => kk' }, result: 2 },
  'a cycle of CommonJS': { name: 'a.cjs', code: 'const b = require("./b.cjs");\neffect("x");\nexports.k = () => 2;\nexports.f = () => b.g()', others: { 'b.cjs': 'const a = require("./a.cjs");\nexports.g = () => a.k()' }, result: 2 },
  'a cycle by a default': { name: 'a.ts', code: 'import { g } from "./b";\n(globalThis as any).effect("x");\nexport default class K { n = 2 }\nexport const f = () => g()', others: { 'b.ts': 'import K from "./a";\nexport const g = () => new K().n' }, result: 2 },
};

describe('slices, run', function () {
  this.timeout(60_000);
  after(removeProjects);

  for (const [title, { code, name = 'a.mjs', target = 'f', call = [], inputs, result, effects, warnings, others = {} }] of Object.entries(cases)) {
    it(title, async () => {
      const project = new Project({ [name]: code, ...others });
      const linked = await project.link(`${name}#${target}`, { inputs: inputs ?? null });
      assert(linked.ok, linked.ok ? '' : linked.error.message);
      const outcome = await project.run(`${name}#${target}`, [call], { inputs: inputs ?? null });
      const value = inputs === undefined ? outcome.results?.[0] : outcome.inputs?.flat()[0];
      assert.equal(outcome.error?.stack, undefined);
      assert.deepEqual(value, placed(result, code, name));
      assert.deepEqual(outcome.effects ?? [], effects ?? []);
      if (!warnings) return;
      assert.equal(linked.value.warnings.length, warnings.length, linked.value.warnings.join('\n'));
      for (const [i, pattern] of warnings.entries()) assert.match(linked.value.warnings[i]!, pattern);
    });
  }
});

/** `'here'` stands for the place of `where()` in the user's text. */
function placed(result: unknown, code: string, name: string): unknown {
  const text = code.replace(/^\uFEFF/, '');
  const before = text.slice(0, text.indexOf('where()')).split(/\r\n|\n/);
  const here = `${name}:${before.length}:${before.at(-1)!.length + 1}`;
  return JSON.parse(JSON.stringify(result).replaceAll('"here"', JSON.stringify(here)));
}
