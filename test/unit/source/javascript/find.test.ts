import assert from 'node:assert/strict';
import { functionAt, listFunctions, locatedByName, read } from '../../../../src/source/javascript/find';

/** The function at `[cursor]` (or between two of them) in `code`. */
function at(code: string, path = '/p/a.ts') {
  const [before, ...rest] = code.split('[cursor]');
  const text = before + rest.join('');
  const start = before!.length;
  return functionAt(path, text, start, rest.length === 2 ? start + rest[0]!.length : start);
}

/** What a person would call it, or `!code` where it is refused. */
function named(code: string, path?: string): string {
  const result = at(code, path);
  if (!result.ok) return `!${result.error.code}`;
  const { name, refusal } = result.value;
  return refusal ? `${name} !${refusal.code}` : name;
}

/** The code that reaches each function of a file. */
function reaches(code: string, path = '/p/a.ts'): Record<string, string> {
  const file = read(path, code);
  assert(file.ok);
  return Object.fromEntries(file.value.functions.map((it) => [it.found.name, it.reach?.code('self') ?? `!${it.found.refusal?.code}`]));
}

describe('the function at the cursor', () => {
  const cases: [title: string, code: string, expected: string, path?: string][] = [
    ['a declaration', 'function f(n: number) { return n[cursor] }', 'f'],
    ['its keyword', 'fun[cursor]ction f() {}', 'f'],
    ['its export', 'exp[cursor]ort async function f() {}', 'f'],
    ['an arrow function', 'const f = (n) => n [cursor]* 2;', 'f'],
    ['the declaration of an arrow function', '[cursor]export const f = (n) => n * 2;', 'f'],
    ['the semicolon after it', 'let f = function () {};[cursor]', 'f'],
    ['white space before a line', 'class C {\n [cursor]   m() { return 1 }\n}', 'C.m'],
    ['the comment above', '/** Adds.\n [cursor]*/\nfunction add() {}', 'add'],
    ['an assertion around it', 'const f = ((n: number) => n[cursor]) as Fn;', 'f'],
    ['a method', 'class C { m() { return 1[cursor] } }', 'C.m'],
    ['a static method', 'class C { static m() { return this[cursor] } }', 'C.m'],
    ['a field', 'class C { f = () => [cursor]1 }', 'C.f'],
    ['a member', 'const o = { m() { [cursor] } }', 'o.m'],
    ['a member of a member', 'const o = { a: { b: () => [cursor]1 } }', 'o.a.b'],
    ['a quoted member', 'const o = { "a b": () => [cursor]1 }', 'o["a b"]'],
    ['an anonymous default', 'export default (n) => n[cursor]', 'default'],
    ['an anonymous default declaration', 'export default function (n) { [cursor] }', 'default'],
    ['a named default', 'export default function f(n) { [cursor] }', 'f'],
    ['a member of the default', 'export default { m() { [cursor] } }', 'default.m'],
    ['an unnamed default class', 'export default class { m() { [cursor] } }', 'default.m'],
    ['exports.f', 'exports.f = function (n) { [cursor] }', 'f', '/p/a.cjs'],
    ['module.exports', 'module.exports = (n) => [cursor]n', 'default', '/p/a.cjs'],
    ['a named module.exports', 'module.exports = function g(n) { [cursor] }', 'g', '/p/a.cjs'],
    ['a member of module.exports', 'module.exports = { m(n) { [cursor] } }', 'm', '/p/a.cjs'],
    ['a prototype', 'function C() {}\nC.prototype.m = function (n) { [cursor] }', 'C.prototype.m', '/p/a.js'],
    ['an assignment', 'let f; f = (n) => n[cursor];', 'f'],
    ['a namespace', 'namespace N { export function f() { [cursor] } }', 'N.f'],
    ['nested namespaces', 'namespace A.B { export const f = () => [cursor]1 }', 'A.B.f'],
    ['a callback inside', 'function f(a) { return a.map((x) => x[cursor] * 2) }', 'f'],
    ['JSX', 'export const View = (p) => <div>{p.na[cursor]me}</div>', 'View', '/p/a.tsx'],
    ['JSX in JavaScript', 'export function View(p) { return <div>{p.na[cursor]me}</div> }', 'View', '/p/a.js'],
    ['a selection', 'function f() { [cursor]return 1[cursor] }\nfunction g() {}', 'f'],
    ['an overload', 'function f(a: string): void;\nfunction f(a: any) { [cursor] }', 'f'],
    ['code that is broken before it', 'const x = {{{ ;\nfunction f(n) { return n[cursor] }', 'f'],
    ['code that is broken after it', 'function f(n) { return n[cursor] }\nclass { ((', 'f'],
    ['code that is broken inside it', 'function f(n) { return n.[cursor]\n}\nfunction g() {}', 'f'],

    ['a nested function', 'function o() { function i() { [cursor] } }', 'o.i'],
    ['a nested arrow function', 'function o() { const i = () => [cursor]1 }', 'o.i'],
    ['a closure', 'function o(k) { const i = (n) => n [cursor]* k }', 'o.i !closure'],
    ['a function in a callback', 'describe(() => { function h() { [cursor] } })', 'h'],
    ['a closure over a block', 'if (x) { const k = 1; const f = () => [cursor]k }', 'f !closure'],
    ['an arrow function with the `this` around it', 'function o() { const i = () => [cursor]this.k }', 'o.i !needs-this'],
    ['a private name of the class around it', 'class C { #p = 1; m() { const i = (o) => [cursor]o.#p; return i } }', 'C.m.i !private'],
    ['a method of a nested class', 'function o() { return class D { m() { [cursor] } } }', 'o.D.m'],
    ['a function in a block', 'if (x) { const f = () => [cursor]1 }', 'f'],
    ['a named callback', 'memo(function f() { [cursor] })', 'f'],
    ['an object in a call', 'define({ methods: { load() { [cursor] } } })', 'methods.load'],
    ['a generator', 'function* f() { [cursor] }', 'f !generator'],
    ['a getter', 'class C { get x() { [cursor] } }', 'C.x !accessor'],
    ['a constructor', 'class C { constructor() { [cursor] } }', 'C.constructor !constructor'],
    ['a private method', 'class C { #m() { [cursor] } }', 'C.#m !private'],
    ['an abstract method', 'abstract class C { abstract m(): [cursor]void }', 'C.m !abstract'],
    ['a declared function', 'declare function f(): v[cursor]oid;', 'f !declared'],
    ['a declaration file', 'export function f(): v[cursor]oid;', 'f !declared', '/p/a.d.ts'],
    ['a signature alone', 'function f(): v[cursor]oid;', 'f !no-body'],
    ['a method that needs an object', 'class C { constructor(a) {} m() { return this.x[cursor] } }', 'C.m !needs-instance'],
    ['a method whose base needs arguments', 'class B { constructor(a) {} }\nclass C extends B { m() { return this[cursor] } }', 'C.m !needs-instance'],
    ['a function with a this', 'function f() { return this[cursor].x }', 'f !needs-this'],
    ['a hidden member of a namespace', 'namespace N { function f() { [cursor] } }', 'N.f !namespace'],
    ['a computed name', 'const o = { [key()]() { [cursor] } }', 'o[…] !computed-name'],

    ['no function', 'const x = 1;[cursor]\nfunction f() {}', '!no-function'],
    ['a callback without a name', 'app.get("/", () => { [cursor] })', '!no-function'],
    ['a selection over two functions', 'func[cursor]tion f() {}\nfunction[cursor] g() {}', '!no-function'],
    ['nothing at all', '[cursor]', '!no-function'],
  ];
  for (const [title, code, expected, path] of cases) it(title, () => assert.equal(named(code, path), expected));

  it('names the captured variables and the next step', () => {
    const result = at('function outer(k: number) { const t = 1; return (n) => { const inner = () => n + k + t[cursor]; } }');
    assert(result.ok);
    assert.match(result.value.refusal!.message, /`n` \(line 1\), `k` \(line 1\), `t` \(line 1\) of `outer`.*top level/);
  });

  it('gives the line of a refusal', () => {
    const result = at('\n\nconst x = 1;[cursor]');
    assert(!result.ok);
    assert.equal(result.error.line, 3);
  });
});

describe('how a function is reached', () => {
  it('by name, through its class, on a new object, or through the object', () => {
    const code = `
      export function f() {}
      class C {
        static s() { return this }
        static p() {}
        plain(a) { return a }
        bound() { return this.x }
        field = () => this.x
        static arrow = () => 1;
        [Symbol.iterator]() { return this }
      }
      const o = { m() { return this.k }, a: () => 1, in: { deep() {} } };`;
    assert.deepEqual(reaches(code), {
      f: 'f',
      'C.s': '(o => o.s.bind(o))(C)',
      'C.p': 'C.p',
      'C.plain': 'C.prototype.plain',
      'C.bound': '(o => o.bound.bind(o))(new C())',
      'C.field': '(new C()).field',
      'C.arrow': 'C.arrow',
      'C[Symbol.iterator]': '(o => o[Symbol.iterator].bind(o))(new C())',
      'o.m': '(o => o.m.bind(o))(o)',
      'o.a': 'o.a',
      'o.in.deep': 'o.in.deep',
    });
  });

  it('through the module itself where a default has no name', () => {
    assert.deepEqual(reaches('export default () => 1'), { default: 'self.default' });
    assert.deepEqual(reaches('export default class { m() {} }'), { 'default.m': 'self.default.prototype.m' });
    assert.deepEqual(reaches('module.exports = { m() {} }', '/p/a.cjs'), { m: 'module.exports.m' });
    assert.deepEqual(reaches('exports.f = () => 1', '/p/a.cjs'), { f: 'exports.f' });
  });

  it('ignores the this of other functions', () => {
    assert.deepEqual(reaches('function f() { class C { x = this.y } return function () { return this } }'), { f: 'f' });
  });

  it('warns that an object is made', () => {
    const file = read('/p/a.ts', 'class C { m() { return this } }');
    assert(file.ok);
    assert.match(file.value.functions[0]!.reach!.warning!, /new C\(\)/);
  });
});

describe('the list of functions', () => {
  const one = (code: string, path = '/p/a.ts') => listFunctions(path, code)[0]!;

  it('is in order, with overloads once', () => {
    const names = listFunctions('/p/a.ts', 'export default c;\nfunction b(x: 1): void;\nfunction b(x: any) {}\nclass A { z() {} y(a: 1): void; y(a: any) {} }\nconst c = () => 1').map((it) => it.name);
    assert.deepEqual(names, ['b', 'A.z', 'A.y', 'c']);
  });

  it('counts parameters', () => {
    assert.deepEqual(one('function f(this: X, a: number, { b, c = 1 }: Y, d = 2, ...rest) {}').parameters, {
      names: ['a', '{ b, c = 1 }', 'd', '...rest'],
      least: 2,
      most: Infinity,
    });
    assert.deepEqual(one('function f(a?: number) {}').parameters, { names: ['a'], least: 0, most: 1 });
    assert.equal(one('function f() { return () => arguments.length }', '/p/a.js').parameters.most, Infinity);
    assert.equal(one('function f() { return function () { return arguments } }', '/p/a.js').parameters.most, 0);
  });

  it('knows async, exported, language and place', () => {
    const it = one('\n  export const f = async () => 1');
    assert.equal(it.async, true);
    assert.equal(it.exported, true);
    assert.equal(it.language, 'typescript');
    assert.deepEqual([it.line, it.column], [2, 16]);
    assert.equal(one('const f = () => 1; export { f as g }').exported, true);
    assert.equal(one('const f = () => 1; export default f').exported, true);
    assert.equal(one('const f = () => 1; module.exports = { f }', '/p/a.cjs').exported, true);
    assert.equal(one('const f = () => 1;').exported, false);
    assert.equal(one('const f = () => 1;', '/p/a.mjs').language, 'javascript');
  });

  it('handles CRLF and a shebang', () => {
    const it = one('#!/usr/bin/env node\r\n\r\nfunction f() {}\r\n');
    assert.deepEqual([it.line, it.column], [3, 10]);
  });

  it('takes inputs from examples', () => {
    const examples = (comment: string, fn: string) => one(`const K = 1;\n/**\n${comment}\n */\n${fn}`).examples;
    assert.deepEqual(examples(' * @example f(1, 2)\n * f(3, 4) // 7\n * @returns x', 'function f(a, b) {}'), ['[[1, 2], [3, 4]]']);
    assert.deepEqual(examples(' * @example\n * ```ts\n * const s = await f(20_000);\n * ```', 'function f(n) {}'), ['[20_000]']);
    assert.deepEqual(examples(' * @example <caption>All</caption>\n * f([1, 2].map((x) => x + K))', 'function f(n) {}'), ['[[1, 2].map((x) => x + K)]']);
    assert.deepEqual(examples(' * @example f(unknown)', 'function f(n) {}'), []);
    assert.deepEqual(examples(' * @example f(1, 2)', 'function f(n) {}'), []);
    assert.deepEqual(examples(' * @example g(1)', 'function f(n) {}'), []);
    assert.deepEqual(one('class C {\n/** @example new C().m(5) */\nm(n) { return n } }').examples, ['[5]']);
  });

  it('finds a function again by its name, the nearest where names repeat', () => {
    const file = read('/p/a.ts', 'class C { static m() {}\n\n m() {} }');
    assert(file.ok);
    assert.equal(locatedByName(file.value, 'C.m', 3, 2)?.found.line, 3);
    assert.equal(locatedByName(file.value, 'C.m', 0, 0)?.found.line, 1);
    assert.equal(locatedByName(file.value, 'nope', 0, 0), null);
  });
});

describe('hostile text', () => {
  const refusalOf = (text: string) => {
    const result = functionAt('/p/a.ts', text, 0, 0);
    assert(!result.ok);
    return result.error.code;
  };

  it('declines what is too large', () => {
    assert.equal(refusalOf('x'.repeat(5e6)), 'too-large');
    assert.equal(refusalOf('const a = 1;\n'.repeat(7e5)), 'too-large');
  });

  for (const [open, shut] of [['[', ']'], ['(', ')'], ['{', '}'], ['f(', ')'], ['a=>{', '}'], ['`${', '}`'], ['<a>', '</a>'], ['!', ''], ['if(a)', ';'], ['a?', ':0'], ['class{x=', '}']]) {
    it(`declines or reads 100,000 nested ${open}`, () => {
      const text = `x = ${open!.repeat(1e5)}${shut!.repeat(1e5)}`;
      const result = functionAt('/p/a.tsx', text, 0, 0);
      assert(!result.ok);
      assert.match(result.error.code, /^(too-deep|no-function)$/);
      assert.equal(named('function f() { [cursor] }'), 'f', 'the parser works after it');
    });
  }

  it('reads a chain of 20,000 operators or declines it', () => {
    const result = functionAt('/p/a.ts', `function f() { return ${'1+'.repeat(2e4)}1 }`, 12, 12);
    assert(result.ok || result.error.code === 'too-deep');
  });

  it('keeps odd names as data', () => {
    assert.equal(named('const o = { "${x}`\\"</script>": () => [cursor]1 }'), 'o["${x}`\\"</script>"]');
    assert.equal(named('const __proto__ = () => [cursor]1'), '__proto__');
  });
});
