import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rewriteJavaScript } from '../../../../src/rewrite/javascript/recipes';
import { apply, noProject } from './fixtures';

/**
 * Programs made of statements that a loop may hold: some harmless, some that need the order of the iterations. Their calls
 * take turns of the event loop, more for smaller numbers, so that what depends on the order comes out wrong when it is lost.
 */
const expression = fc.constantFrom('x', 'x + 1', 'x * 2', 'limit', 'total', 'out.length', 'seen.size', 'y');
const statement = fc.oneof(
  expression.map((it) => `const a = await get(${it});`),
  expression.map((it) => `const b = ${it};`),
  expression.map((it) => `await get(${it});`),
  fc.constantFrom(
    'total += x;',
    'total = await get(x);',
    'const total2 = total;',
    'seen.add(x);',
    'if (x > 2) break;',
    'if (x === 2) continue;',
    'if (x > 3) return { early: x };',
    'out.push(x);',
    'if (x > 1) out.push(await get(x));',
    'let local = [x]; local.push(await get(x));',
    'for (const z of [1, 2]) { if (z === x) break; await get(z); }',
    'if (xs.length < 20) xs2.push(x);',
    'await next();',
    'const n = await next();',
    'y = x;',
    'if (await get(x) > 4) throw new RangeError(`no ${x}`);',
    'const other = log; other.push(await get(x));',
  ),
);
const lastOne = fc.oneof(
  expression.map((it) => `out.push(await get(${it}));`),
  expression.map((it) => `out.push({ x, v: ${it} });`),
  expression.map((it) => `more.push(await get(${it}));`),
  fc.constantFrom('if (xs.length < 20) xs2.push(x);', 'view.push(await get(x));', ''),
);

const loops = fc.record({
  body: fc.array(statement, { maxLength: 3 }),
  last: lastOne,
  merged: fc.boolean(),
  items: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
  head: fc.constantFrom('const x of xs', 'let x of xs', 'const x of new Set(xs)', 'const [, x] of xs.entries()', 'const x of xs.map((n) => n)'),
  braces: fc.boolean(),
});

function program({ body, last, merged, head, braces }: { body: string[]; last: string; merged: boolean; head: string; braces: boolean }): string {
  const statements = [...body.map((it, n) => (it.startsWith('const') || it.startsWith('let') ? `{ ${it} }`.replace(/^\{ (const [ab] = .*) \}$/, n === 0 ? '$1' : '{ $1 }') : it)), last];
  const text = statements.filter(Boolean).join('\n    ');
  const loop = braces || statements.filter(Boolean).length !== 1 || /^(const|let|\{)/.test(text) ? `for (${head}) {\n    ${text}\n  }` : `for (${head}) ${text}`;
  return `async function main(xs, get, log) {
  const limit = 3;
  let total = 0;
  let y = 1;
  let counter = 0;
  const seen = new Set();
  const xs2 = xs;
  const more = [9];
  const view = more;
  async function next() { return ++counter; }
  ${merged ? '' : 'const out = [];'}
  log.push('before');
  ${merged ? 'const out = [];' : ''}
  ${loop}
  return { out, more, total, y, counter, seen: [...seen], xs };
}`;
}

async function run(text: string, items: readonly number[]): Promise<unknown> {
  const get = async (n: number): Promise<number> => {
    for (let turn = 0; turn < 8 - n; turn++) await null;
    if (n === 5) throw new TypeError(`five`);
    return n * 10;
  };
  const log: unknown[] = [];
  const main = new Function(`return ${text}`)() as (...all: unknown[]) => Promise<unknown>;
  try {
    return { value: await main([...items], get, log), log };
  } catch (error) {
    return { error: (error as Error).name, message: (error as Error).message };
  }
}

describe('gathers of generated loops', function () {
  this.timeout(60_000);

  it('give what the loop gives, whenever they are accepted', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(loops, async (it) => {
        const text = program(it);
        const start = text.indexOf('for (');
        const at = text.indexOf(it.head) > 0 ? text.indexOf(it.head) : start;
        const plan = rewriteJavaScript('loop-to-gather', { language: 'javascript', path: '/p/a.mjs', text, selection: { start: at, end: at }, project: noProject });
        if (!plan.ok) return;
        accepted++;
        const [before, after] = [await run(text, it.items), await run(apply(text, plan.value), it.items)];
        // Of several failures, another may be the first in time: that is told, and of this set all have the same type but two.
        const failed = (outcome: unknown): boolean => typeof outcome === 'object' && outcome !== null && 'error' in outcome;
        if (failed(before) && failed(after)) return;
        assert.deepEqual(after, before, apply(text, plan.value));
      }),
      { numRuns: 2000, interruptAfterTimeLimit: 40_000 },
    );
    assert(accepted > 300, `only ${accepted} were accepted`);
  });
});
