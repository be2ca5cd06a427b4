/** On both sides of each border: what is refused and why, and the nearest code that is safe and sliced. */
import assert from 'node:assert/strict';
import { locatedByName, read } from '../../../../../src/source/javascript/find';
import { sliceFunction } from '../../../../../src/source/javascript/slice/slice-function';
import { sliceOf } from './slice-of';

/** Title, code, target, the refusal's code and what its message says; `ok` where there is a slice. */
const cases: [string, string, string, string, (RegExp | undefined)?, string?][] = [
  ['a local of the function around', 'function outer(a) {\n  const b = 1;\n  function f() { return a + b }\n}', 'outer.f', 'closure', /`a` \(line 1\), `b` \(line 2\) of `outer`/],
  ['a parameter of its own by the same name', 'function outer(a) { function f(a) { return a } }', 'outer.f', 'ok'],
  ['a property by the same name', 'function outer(a) { function f(o) { return o.a + { a: 1 }.a } }', 'outer.f', 'ok'],
  ['a type of the function around', 'function outer(a) { type T = number; function f(n: T) { return n } }', 'outer.f', 'ok'],
  ['a sibling', 'function outer() { const g = () => 1; const f = () => g() }', 'outer.f', 'closure', /`g` \(line 1\)/],
  ['a module name that the function around hides', 'const g = 1; function outer(g) { const f = () => g }', 'outer.f', 'closure', /`g`/],
  ['a name that is hidden again', 'const g = 1; function outer(g) { const f = () => { const g = 2; return g } }', 'outer.f', 'ok'],
  ['a name of a catch clause', 'try { x() } catch (e) { var f = () => e }', 'f', 'closure', /`e`/],
  ['a name of a loop', 'for (const i of [1]) { var f = () => i }', 'f', 'closure', /`i`/],
  ['a var of a loop is the module\'s', 'for (var i of [1]) { var f = () => i }', 'f', 'ok'],
  ['arguments of the function around', 'function outer() { const f = () => arguments.length }', 'outer.f', 'closure', /`arguments`/],
  ['arguments of its own', 'function outer() { function f() { return arguments.length } }', 'outer.f', 'ok'],
  ['the name of a class around', 'const C = class D { m() { const f = () => D; return f } }', 'C.m.f', 'closure', /`D`/],
  ['what recursion needs is its own', 'function outer() { function f(n) { return n && f(n - 1) } }', 'outer.f', 'ok'],
  ['a base class of the function around', 'function outer(B) { class C extends B { m() { return 1 } } }', 'outer.C.m', 'closure', /`B`/],
  ['a method of a nested class', 'function outer(B) { class C { m() { return 1 } } }', 'outer.C.m', 'ok'],
  ['a member of a namespace', 'namespace N { const k = 1; export function f() { return k } }', 'N.f', 'ok'],
  ['a hidden member of a namespace', 'namespace N { function f() {} }', 'N.f', 'namespace', /not exported/],
  ['nested in a namespace', 'namespace N { const k = 1; export function g() { const f = () => k } }', 'N.g.f', 'closure', /`k`/],

  ['direct eval', 'const k = 1; function f() { return eval("k") }', 'f', 'eval', /line 1/],
  ['direct eval in what is needed', 'const k = 1;\nconst g = () => eval("k");\nfunction f() { return g() }', 'f', 'eval', /line 2/],
  ['direct eval elsewhere', 'const g = () => eval("k"); function f() { return 1 }', 'f', 'ok'],
  ['indirect eval', 'function f() { return (0, eval)("1") }', 'f', 'ok'],
  ['an eval of its own', 'function f(eval) { return eval("1") }', 'f', 'ok', undefined, '/p/a.js'],

  ['a generator', 'function* f() {}', 'f', 'generator', /generator/],
  ['an async generator', 'async function* f() {}', 'f', 'generator'],
  ['a function that runs a generator', 'function* g() { yield 1 } function f() { return [...g()] }', 'f', 'ok'],
  ['a getter', 'class C { get x() { return 1 } }', 'C.x', 'accessor'],
  ['a setter of an object', 'const o = { set x(v) {} }', 'o.x', 'accessor'],
  ['a constructor', 'class C { constructor() {} }', 'C.constructor', 'constructor'],
  ['a private method', 'class C { #m() {} }', 'C.#m', 'private'],
  ['a method that uses private names', 'class C { #p = 1; m() { return this.#p } }', 'C.m', 'ok'],
  ['a nested function that uses private names', 'class C { #p = 1; m() { const f = (o) => o.#p; return f } }', 'C.m.f', 'private'],
  ['a method that needs an object', 'class C { constructor(a) {} m() { return this } }', 'C.m', 'needs-instance', /new C/],
  ['a constructor that needs nothing', 'class C { constructor(a = 1, ...b) {} m() { return this } }', 'C.m', 'ok'],
  ['this of a plain function', 'function f() { return this.a }', 'f', 'needs-this'],
  ['this of a function inside', 'function f() { return function () { return this } }', 'f', 'ok'],
  ['this of the function around', 'function outer() { const f = () => this }', 'outer.f', 'needs-this', /around it/],
  ['this of a member', 'const o = { f() { return this } }', 'o.f', 'ok'],
  ['this of a member that nothing holds', 'g({ f() { return this } })', 'f', 'needs-this'],
  ['super', 'class B { m() {} } class C extends B { m() { return super.m() } }', 'C.m', 'ok'],

  ['a syntax error inside', 'function f() {\n  return a.;\n}', 'f', 'syntax', /line 2/],
  ['a syntax error in what is needed', 'function f() { return k }\nconst k = { a: };', 'f', 'syntax', /line 2/],
  ['a syntax error elsewhere', 'function f() { return k }\nconst k = 1;\nconst l = { a: };', 'f', 'ok'],
  ['a brace that is missing at the end', 'function f() {\n  if (x) {\n    return 1', 'f', 'syntax'],
  ['a parenthesis that is missing before the next function', 'const f = () => g(1\nfunction g(n) { return n }', 'f', 'syntax'],
  ['garbage right after', 'function f() { return 1 }\n)) ] %%', 'f', 'ok'],
  ['garbage right before', '<<<<<<< HEAD\nfunction f() { return 1 }\n=======\n>>>>>>> b', 'f', 'ok'],
];

describe('what is refused, and what is not', () => {
  for (const [title, code, name, expected, message, path] of cases) {
    it(title, () => {
      const sliced = sliceOf(code, name, path ?? '/p/a.ts');
      assert.equal(sliced.ok ? 'ok' : sliced.error.code, expected, sliced.ok ? sliced.value.text : sliced.error.message);
      if (message && !sliced.ok) assert.match(sliced.error.message, message);
    });
  }
});

describe('files that no person wrote', function () {
  // Far more than they take: what hangs is what this is about.
  this.timeout(60_000);

  it('are declined where they have nine megabytes', () => {
    const file = read('/p/a.js', 'function f() { return 1 }\n'.repeat(350_000));
    assert.equal(file.ok ? '' : file.error.code, 'too-large');
  });

  it('are declined where a line has five', () => {
    const file = read('/p/a.js', `function f() { return ${'1+'.repeat(2_500_000)}1 }`);
    assert.equal(file.ok ? '' : file.error.code, 'too-large');
  });

  for (const open of ['(', '[', '{', 'f(', '() => ', '!', '`${', 'x ? y : ', '<a>', 'if (x) ']) {
    it(`are sliced or declined with 10,000 nested ${open}`, () => {
      for (const [before, after] of [['function f() { return 1 }\nconst k = ', ''], ['const k = ', '\nfunction f() { return k }']]) {
        const file = read('/p/a.tsx', `${before}${open.repeat(10_000)}${after}`);
        const located = file.ok && locatedByName(file.value, 'f', 1, 1);
        if (!file.ok) assert.equal(file.error.code, 'too-deep');
        else if (located) assert(['ok', 'too-deep', 'syntax'].includes(((it) => (it.ok ? 'ok' : it.error.code))(sliceFunction(located))));
      }
    });
  }
});

describe('what a slice says', () => {
  it('what is kept and why, and what is left out', () => {
    const sliced = sliceOf('import { a } from "a";\nconst t = { k: a() };\nt.l = 2;\nconst u = 1;\nconsole.log(u);\nimport "./setup";\nif (require.main === module) f();\nexport function f() {\n  return t;\n}');
    assert(sliced.ok);
    const say = (it: { what: string; line: number; endLine: number; why: string }): string => `${it.line}-${it.endLine} ${it.what}: ${it.why}`;
    assert.deepEqual(sliced.value.kept.map(say), [
      '1-1 import { a } from "a": used by `t`',
      '2-2 const t: used by `f`; runs `a()`',
      '3-3 t.l = 2: writes `t`',
      '8-10 function f: the target',
    ]);
    assert.deepEqual(sliced.value.leftOut.map(say), [
      '4-4 const u: not needed',
      '5-5 console.log(u): changes nothing that is needed',
      '6-6 import "./setup": imported for its effects only',
      '7-7 if (require.main === module) f(): only for a file that is started itself',
    ]);
    assert.deepEqual(sliced.value.captures, ['t']);
    assert.equal(sliced.value.entry, 'f');
    const lines = sliced.value.text.split('\n').filter((it) => it.trim() !== '');
    assert.deepEqual(lines, ['import { a } from "a";', 'const t = { k: a() };', 't.l = 2;', 'export function f() {', '  return t;', '}']);
  });

  it('captures in order of use, and what is taken out as the target', () => {
    const sliced = sliceOf('import b from "b"; const a = 1; let c;\nfunction outer() { function f() { return c + a + b + c } }', 'outer.f');
    assert(sliced.ok);
    assert.deepEqual(sliced.value.captures, ['c', 'a', 'b']);
    assert.deepEqual(sliced.value.kept.at(-1), { what: 'outer.f', line: 2, endLine: 2, why: 'the target' });
  });

  it('keeps every line and column of what is kept', () => {
    const code = 'const a = 1, b = 2; import {\n  c,\n  d as e,\n} from "x"; console.log(b);\r\n\u2028/* é */ export function f() { return [b, e] }\r\n';
    const sliced = sliceOf(code);
    assert(sliced.ok);
    const { text } = sliced.value;
    assert.equal(text.length, code.length);
    for (const [i, char] of [...text].entries()) assert(char === code[i] || char === ' ' || char === '{', `at ${i}: ${char}`);
    assert.equal(text.indexOf('export function'), code.indexOf('export function'));
  });
});
