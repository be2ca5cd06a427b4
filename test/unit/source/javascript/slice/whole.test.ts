/** For made modules of every shape that slicing knows: the slice gives what the whole module would. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sliceOf } from './slice-of';

/** A piece of a module; it may use whatever has a lower number. */
type Piece = (at: number, pick: (below: number) => number) => string;

/** What an earlier piece reads. */
const use = (at: number, pick: (below: number) => number): string => (at === 0 ? '0' : `read${pick(at)}()`);

/** `read(i)` of each piece is a number: by its variable, table, function or class. */
const pieces: Record<string, Piece> = {
  constant: (at, pick) => `const v${at} = ${pick(9) + 1}; const read${at} = () => v${at};`,
  derived: (at, pick) => `const v${at} = ${use(at, pick)} + 1, unused${at} = effect(${at}); function read${at}() { return v${at} }`,
  changed: (at, pick) => `let v${at} = 1;\nv${at} += ${use(at, pick)};\nif (v${at} > 2) { v${at}++ } else v${at} = 7;\nfunction read${at}() { return v${at} }`,
  table: (at, pick) => `const v${at} = {}\neffect(${at})\n;[1, 2, 3].forEach((it) => { v${at}['k' + it] = it * ${pick(5)} })\nfor (const it of Object.keys(v${at})) v${at}[it] += 1\nfunction read${at}() { return v${at}.k1 + v${at}.k3 }`,
  list: (at, pick) => `var v${at} = [];\n(function () { v${at}.push(${pick(9)}, ${use(at, pick)}) })();\nv${at}.sort();\neffect(v${at}.length);\nfunction read${at}() { return v${at}[0] + v${at}.length }`,
  pattern: (at, pick) => `let { a: a${at}, b: [b${at}] } = { a: ${pick(9)}, b: [2] };\n[a${at}, b${at}] = [b${at}, a${at}];\nconst read${at} = () => a${at} * 10 + b${at};`,
  map: (at, pick) => `const v${at} = new Map([[1, []]]);\nv${at}.set(2, [${pick(9)}]).get(1).push(${use(at, pick)});\nfunction read${at}() { return v${at}.size + (v${at}.get(1)[0] ?? 0) }`,
  class: (at, pick) => `class C${at} { static all = new Map(); static n = ${use(at, pick)}; #p = 2; static { C${at}.all.set('a', ${pick(9)}) } m() { return this.#p + C${at}.n } }\nC${at}.k = 3;\nconst read${at} = () => new C${at}().m() + C${at}.all.get('a') + C${at}.k;`,
  prototype: (at, pick) => `function F${at}() { this.n = ${pick(9)} }\nF${at}.prototype.m = function () { return this.n + F${at}.k };\nF${at}.k = ${use(at, pick)};\nfunction read${at}() { return new F${at}().m() }`,
  recursive: (at, pick) => `function even${at}(n) { return n === 0 ? 1 : odd${at}(n - 1) }\nfunction odd${at}(n) { return n === 0 ? ${use(at, pick)} : even${at}(n - 1) }\nconst read${at} = () => even${at}(${pick(6)});`,
  effect: (at) => `effect(${at}); if (require.main === module) effect("main");\nfunction read${at}() { return ${at} }`,
  caught: (at, pick) => `let v${at};\ntry { v${at} = ${pick(2) === 0 ? 'null.x' : use(at, pick)} } catch { v${at} = 4 } finally { effect(${at}) }\nfunction read${at}() { return v${at} }`,
};

const madeModule = fc
  .array(fc.tuple(fc.constantFrom(...Object.keys(pieces)), fc.array(fc.nat({ max: 1000 }), { minLength: 8, maxLength: 8 })), { minLength: 1, maxLength: 9 })
  .map((made) => ({ count: made.length, code: made.map(([kind, numbers], at) => pieceOf(kind, numbers, at)).join('\n') }));

function pieceOf(kind: string, numbers: readonly number[], at: number): string {
  let next = 0;
  return pieces[kind]!(at, (below) => numbers[next++ % numbers.length]! % below);
}

/** The value of an expression after a text has run, and how often it called `effect`. */
function evaluated(text: string, expression: string): { value: unknown; effects: number } {
  let effects = 0;
  const effect = (it: unknown): unknown => (effects++, it);
  const value: unknown = new Function('effect', 'require', 'module', `${text}\n;return (${expression})()`)(effect, {}, { exports: {} });
  return { value, effects };
}

describe('a slice', function () {
  this.timeout(60_000);

  it('gives what the whole module would, with no more effects, and every character in its line and column', () => {
    fc.assert(
      fc.property(madeModule, fc.nat(), ({ code, count }, chosen) => {
        const target = `read${chosen % count}`;
        const sliced = sliceOf(code, target, '/p/a.cjs');
        assert(sliced.ok);
        const whole = evaluated(code, target);
        const part = evaluated(sliced.value.text, sliced.value.entry);
        assert.deepEqual(part.value, whole.value);
        assert(part.effects <= whole.effects);
        const lines = code.split('\n');
        for (const [i, line] of sliced.value.text.split('\n').entries()) {
          for (const [at, char] of [...line].entries()) assert(' ;'.includes(char) || char === lines[i]![at], `${char} at ${i + 1}:${at + 1}`);
        }
      }),
      { numRuns: 100 },
    );
  });
});
