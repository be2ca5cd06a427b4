import assert from 'node:assert/strict';
import type { RecipeName } from '../../../../src/rewrite/edit-plan';
import { rewriteMarked } from './fixtures';

/** For a refusal: code that is refused, and the nearest code that is not. */
interface Pair {
  readonly code: string;
  readonly refused: string;
  readonly accepted: string;
}

const loop = (body: string, before = ''): string => `async function f(xs, o) {\n  ${before}\n  for (const x of xs) {[cursor]\n    ${body}\n  }\n}`;

const pairs: Partial<Record<RecipeName, readonly Pair[]>> = {
  'loop-to-gather': [
    { code: 'break', refused: loop('if (x) break; x.y = await get(x);'), accepted: loop('for (const y of x.ys) { if (y) break; } x.y = await get(x);') },
    { code: 'continue', refused: loop('if (x) continue; x.y = await get(x);'), accepted: loop('if (x) { x.y = await get(x); }') },
    { code: 'return', refused: loop('if (x) return; x.y = await get(x);'), accepted: loop('const y = () => { return x; }; x.y = await get(y().z);') },
    { code: 'yield', refused: loop('yield await get(x);').replace('function', 'function*'), accepted: loop('x.y = await get(x);').replace('function', 'function*') },
    { code: 'not-for-of', refused: 'async function f(xs) { while (xs.length) { await get(xs[0]);[cursor] } }', accepted: 'async function f(xs) { while (xs.length) for (const x of xs) { x.y = await get(x);[cursor] } }' },
    { code: 'for-await', refused: loop('x.y = await get(x);').replace('for (', 'for await ('), accepted: loop('x.y = await get(x);') },
    { code: 'var-leak', refused: loop('var y = await get(x); x.y = y;'), accepted: loop('let y = await get(x); x.y = y;') },
    { code: 'no-await', refused: loop('x.y = get(x);'), accepted: loop('x.y = await get(x);') },
    { code: 'already-started', refused: loop('x.y = await x.started;'), accepted: loop('x.y = await x.start1();') },
    { code: 'loop-carried', refused: loop('o = await get(x, o);'), accepted: loop('let p = o; p = await get(x, p); x.p = p;') },
    { code: 'reads-accumulator', refused: loop('out.push(await get(out.at(-1)));', 'const out = [];'), accepted: loop('out.push(await get(x));', 'const out = [];') },
    { code: 'shared-mutation', refused: loop('o.y = await get(x);'), accepted: loop('x.y = await get(x);') },
    { code: 'mutates-source', refused: loop('if (await get(x)) xs.splice(0, 1);'), accepted: loop('if (await get(x)) x.list.splice(0, 1);') },
    { code: 'conditional-push', refused: loop('if (x.ok) out.push(await get(x));', 'const out = [];'), accepted: loop('out.push(x.ok ? await get(x) : null);', 'const out = [];') },
    { code: 'deliberate-delay', refused: loop('x.y = await get(x); await sleep(9);'), accepted: loop('x.y = await get(x, { sleep: 9 });') },
    { code: 'serial-resource', refused: loop('x.y = await tx.get(x);', 'const tx = o.tx;'), accepted: loop('x.y = await store.get(x);', 'const store = o.store;') },
    { code: 'serial-resource', refused: loop('x.y = await o.page.title();'), accepted: loop('x.y = await x.page.title();') },
    { code: 'effect', refused: loop('x.y = await save(x);'), accepted: loop('x.y = await load(x);') },
    { code: 'effect', refused: 'let n = 0; async function get(x) { n++; return x; }' + loop('x.y = await get(x);'), accepted: 'async function get(x) { let n = 0; n++; return x + n; }' + loop('x.y = await get(x);') },
    { code: 'effect', refused: loop('await inform(x, o);'), accepted: loop('await inform(x);') },
    { code: 'effect', refused: loop('await x(o);'), accepted: loop('o1.push(await x());', 'const o1 = [];') },
    { code: 'effect', refused: loop('x.y = await fetch(x, { method: "DELETE" });'), accepted: loop('x.y = await fetch(x, { method: "GET" });') },
    { code: 'prints', refused: loop('console.log(x); x.y = await get(x);'), accepted: loop('x.log = await get(x);') },
    { code: 'shared-argument', refused: loop('x.y = await get(x, seen);', 'const seen = new Map();'), accepted: loop('x.y = await get(x, seen);', 'const seen = new Map([[1, 2]]);') },
    { code: 'lazy-source', refused: loop('x.y = await get(x);').replace('of xs', 'of walk(xs)'), accepted: loop('x.y = await get(x);').replace('of xs', 'of list(xs)') },
    { code: 'cleanup', refused: `async function f(xs) { try { for (const x of xs) {[cursor] x.y = await get(x); } } finally { end(); } }`, accepted: `async function f(xs) { try { for (const x of xs) {[cursor] x.y = await get(x); } } catch { end(); } }` },
    { code: 'partial-result', refused: 'async function f(xs) { const out = []; try { for (const x of xs) {[cursor] out.push(await get(x)); } } catch {} return out; }', accepted: 'async function f(xs) { try { const out = []; for (const x of xs) {[cursor] out.push(await get(x)); } return out; } catch {} }' },
  ],
  'awaits-to-gather': [
    { code: 'dependent', refused: 'async function f() { const a = await get(1);[cursor] const b = await load(a); }', accepted: 'async function f(c) { const a = await get(1);[cursor] const b = await load(c.a); }' },
    { code: 'same-receiver', refused: 'async function f(o) { const a = await o.get(1);[cursor] const b = await o.load(2); }', accepted: 'async function f(o, p) { const a = await o.get(1);[cursor] const b = await p.load(2); }' },
    { code: 'argument-effect', refused: 'async function f(n) { const a = await get(n);[cursor] const b = await load(++n); }', accepted: 'async function f(n) { const a = await get(n);[cursor] const b = await load(n + 1); }' },
    { code: 'result-less', refused: 'async function f() { await get(1);[cursor] const b = await load(2); }', accepted: 'async function f() { const a = await get(1);[cursor] const b = await load(2); }' },
    { code: 'effect', refused: 'async function f() { const a = await commit(1);[cursor] const b = await load(2); }', accepted: 'async function f() { const a = await committer(1);[cursor] const b = await load(2); }' },
    { code: 'not-adjacent', refused: 'async function f(o) { const a = await get(1);[cursor] o.a = a; const b = await load(2); }', accepted: 'async function f(o) { const a = await get(1);[cursor] const b = await load(2); o.a = a; }' },
    { code: 'same-call', refused: 'async function f() { const a = await get();[cursor] const b = await get(); }', accepted: 'async function f() { const a = await get(1);[cursor] const b = await get(2); }' },
    { code: 'deliberate-delay', refused: 'async function f() { const a = await get(1);[cursor] const b = await delay(2); }', accepted: 'async function f() { const a = await get(1);[cursor] const b = await delayed(2); }' },
    { code: 'mixed-kinds', refused: 'async function f() { let a = await get(1);[cursor] const b = await load(2); }', accepted: 'async function f() { let a = await get(1);[cursor] let b = await load(2); }' },
    { code: 'already-started', refused: 'async function f(p, q) { const a = await p;[cursor] const b = await q; }', accepted: 'async function f(p, q) { const a = await p();[cursor] const b = await q(); }' },
  ],
  'wrap-cpu-task': [
    { code: 'method', refused: 'class C { f(n) { return n[cursor] + 1; } }', accepted: 'function f(n) { return n[cursor] + 1; }' },
    { code: 'uses-this', refused: 'function f(n) { return n[cursor] + this.n; }', accepted: 'function f(n) { return n[cursor] + [n].map(function () { return this; }).length; }' },
    { code: 'waits', refused: 'async function f(n) { return (await g(n))[cursor]; }', accepted: 'async function f(n) { return n[cursor] + 1; }' },
    { code: 'generator', refused: 'function* f(n) { yield n[cursor]; }', accepted: 'function f(n) { const g = function* () { yield n; }; return [...g()]; [cursor]}' },
    { code: 'uncloneable-argument', refused: 'function f(g) { return g(1)[cursor]; }', accepted: 'function f(g) { return g.map((x) => x + 1)[cursor]; }' },
    { code: 'mutates-argument', refused: 'function f(xs) { return xs.sort()[cursor]; }', accepted: 'function f(xs) { return [...xs].sort()[cursor]; }' },
    { code: 'uncloneable-result', refused: 'function f(n) { return () => n[cursor]; }', accepted: 'function f(n) { return (() => n)()[cursor]; }' },
    { code: 'error-type', refused: 'class E extends Error {} function f(n) { throw new E(n)[cursor]; }', accepted: 'function f(n) { throw new RangeError(n)[cursor]; }' },
    { code: 'main-thread', refused: 'function f(n) { return window.a + n[cursor]; }', accepted: 'function f(n) { const window = { a: 1 }; return window.a + n[cursor]; }' },
    { code: 'module-state', refused: 'let n = 0; function f(x) { return x + n[cursor]; } function g() { n++; }', accepted: 'const n = 0; function f(x) { return x + n[cursor]; } function g() { return n; }' },
    { code: 'effect-initialiser', refused: 'const n = boot(); function f(x) { return x + n[cursor]; }', accepted: 'const n = Math.max(1, 2); function f(x) { return x + n[cursor]; }' },
  ],
  'loop-to-pool': [
    { code: 'not-async', refused: 'const w = (n) => n; function f(xs) { return xs.map((x) => w(x)[cursor]); }', accepted: 'const w = (n) => n; async function f(xs) { return xs.map((x) => w(x)[cursor]); }' },
    { code: 'map-arguments', refused: 'const w = (n, m) => n; async function f(xs) { return xs.map(w)[cursor]; }', accepted: 'const w = (n) => n; async function f(xs) { return xs.map(w)[cursor]; }' },
    { code: 'nested', refused: 'async function f(xs) { const w = (n) => n; return xs.map(w)[cursor]; }', accepted: 'const w = (n) => n; async function f(xs) { return xs.map(w)[cursor]; }' },
  ],
  'offload-blocking-call': [
    { code: 'recursive', refused: 'function w(n) { return n > 1 ? [f] : 1; } async function f(x) { return w[cursor](x); }', accepted: 'function w(n) { return n > 1 ? [g] : 1; } function g() { return 1; } async function f(x) { return w[cursor](x); }' },
    { code: 'not-async', refused: 'const w = (n) => n; function f(x) { return w[cursor](x); }', accepted: 'const w = (n) => n; async function f(x) { return w[cursor](x); }' },
    { code: 'not-async', refused: 'const w = (n) => n; async function f(xs) { return xs.map((x) => w[cursor](x)); }', accepted: 'const w = (n) => n; async function f(xs) { return xs.map(async (x) => w[cursor](x)); }' },
    { code: 'race', refused: 'const w = (n) => n; async function f(o, x) { o.n += w[cursor](x); }', accepted: 'const w = (n) => n; async function f(o, x) { o.n = w[cursor](x); }' },
    { code: 'no-promise-form', refused: 'import fs from "fs"; async function f(x) { return fs.exists[cursor]Sync(x); }', accepted: 'import fs from "fs"; async function f(x) { return fs.read[cursor]FileSync(x); }' },
  ],
};

for (const [recipe, all] of Object.entries(pairs) as [RecipeName, readonly Pair[]][]) {
  describe(`${recipe} on both sides of a refusal`, () => {
    for (const { code, refused, accepted } of all) {
      it(`${code}: ${refused.replace(/\s+/g, ' ')}`, () => {
        const no = rewriteMarked(recipe, 'a.mjs', refused);
        assert.equal(no.ok ? 'accepted' : no.error.code, code);
        const yes = rewriteMarked(recipe, 'a.mjs', accepted);
        assert(yes.ok, yes.ok ? '' : `${yes.error.code}: ${yes.error.message}`);
      });
    }
  });
}
