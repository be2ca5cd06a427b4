/** Each refusal from both sides: the code that is refused, and the nearest code that is not. */
import assert from 'node:assert/strict';
import type { RecipeName } from '../../../../src/rewrite/edit-plan';
import { rewritePython } from '../../../../src/rewrite/python/recipes';
import { python, rewriteMarked, unmark } from './fixtures';

interface Pair {
  readonly code: string;
  /** The line that the refusal names. */
  readonly line: number;
  /** What its message has to name. */
  readonly names: string;
  readonly refused: string;
  readonly accepted: string;
}

/** Lines of a function over `xs` with a loop over them; the cursor is in the loop's first line. */
const loop = (head: string, ...body: string[]): string =>
  ['async def f(xs, other):', '    out = []', `    ${head}[cursor]`, ...body.map((it) => `        ${it}`), '    return out', ''].join('\n');

const forEach = (...body: string[]): string => loop('for x in xs:', ...body);
const plain = forEach('out.append(await get(x))');

const gatherLoops: Pair[] = [
  { code: 'break', line: 5, names: 'break', refused: forEach('if x:', '    break', 'out.append(await get(x))'), accepted: forEach('y = 0', 'for y in x:', '    break', 'out.append(await get(x))') },
  { code: 'continue', line: 5, names: 'continue', refused: forEach('if x:', '    continue', 'out.append(await get(x))'), accepted: forEach('for y in x:', '    continue', 'out.append(await get(x))') },
  { code: 'return', line: 5, names: 'return', refused: forEach('if x:', '    return out', 'out.append(await get(x))'), accepted: forEach('if x:', '    raise ValueError(x)', 'out.append(await get(x))') },
  { code: 'yield', line: 4, names: 'yield', refused: forEach('yield x', 'out.append(await get(x))'), accepted: plain },
  { code: 'loop-carried', line: 4, names: 'other', refused: forEach('other = x', 'out.append(await get(other))').replace('return out', 'return out, other'), accepted: forEach('mine = x', 'out.append(await get(mine))') },
  { code: 'loop-carried', line: 5, names: 'total', refused: forEach('y = x', 'total += y', 'out.append(await get(y))').replace('other):', 'total):').replace('return out', 'return out, total'), accepted: forEach('total = 0', 'total += x', 'out.append(await get(total))') },
  { code: 'loop-carried', line: 6, names: 'last', refused: forEach('if x:', '    last = x', 'out.append(await get(x, last))'), accepted: forEach('if x:', '    last = x', 'else:', '    last = 0', 'out.append(await get(last))') },
  { code: 'loop-carried', line: 4, names: 'y := x', refused: forEach('out.append(await get(y := x))'), accepted: forEach('out.append(await get(y == x))') },
  { code: 'loop-carried', line: 5, names: 'count', refused: forEach('count = x', 'out.append(await get(x))').replace('    out', '    global count\n    out'), accepted: forEach('count = x', 'out.append(await get(count))') },
  { code: 'reads-accumulator', line: 4, names: 'out', refused: forEach('out.append(await get(x, len(out)))'), accepted: forEach('out.append(await get(x, len(x)))') },
  { code: 'accumulator-shared', line: 1, names: 'other', refused: forEach('other.append(await get(x))'), accepted: plain },
  { code: 'accumulator-shared', line: 4, names: 'self.out', refused: forEach('self.out.append(await get(x))'), accepted: plain },
  { code: 'accumulator-shared', line: 3, names: 'out', refused: plain.replace('    for', '    show(out)\n    for'), accepted: plain.replace('    for', '    show(xs)\n    for') },
  { code: 'waits-on-purpose', line: 5, names: 'asyncio.sleep', refused: forEach('y = x', 'await asyncio.sleep(1)', 'out.append(await get(y))'), accepted: forEach('y = x', 'out.append(await get(y))') },
  { code: 'waits-on-purpose', line: 4, names: 'time.sleep', refused: forEach('time.sleep(1)', 'out.append(await get(x))'), accepted: plain },
  { code: 'one-receiver', line: 4, names: 'conn', refused: forEach('out.append(await conn.fetch(x))'), accepted: forEach('out.append(await api.fetch(x))') },
  { code: 'one-receiver', line: 4, names: 'self.session', refused: forEach('out.append(await self.session.get(x))'), accepted: forEach('out.append(await self.api.get(x))') },
  { code: 'one-receiver', line: 4, names: 'cursor', refused: forEach('out.append(await run(cursor_, x))').replaceAll('cursor_', 'cursor'), accepted: forEach('out.append(await run(other, x))') },
  { code: 'one-receiver', line: 4, names: 'page', refused: forEach('out.append(await page.title(x))'), accepted: forEach('out.append(await x.title())') },
  { code: 'one-receiver', line: 4, names: 'other.at', refused: forEach('out.append(await other.get(x, other.at))'), accepted: forEach('out.append(await other.get(x, x.at))') },
  { code: 'shared-mutation', line: 4, names: 'other', refused: forEach('other[x] = 1', 'out.append(await get(x))'), accepted: forEach('mine = {}', 'mine[x] = 1', 'out.append(await get(mine))') },
  { code: 'shared-mutation', line: 4, names: 'other.count', refused: forEach('other.count += 1', 'out.append(await get(x))'), accepted: plain },
  { code: 'shared-mutation', line: 4, names: 'xs', refused: forEach('xs.append(x)', 'out.append(await get(x))'), accepted: forEach('ys = []', 'ys.append(x)', 'out.append(await get(ys))') },
  { code: 'shared-mutation', line: 4, names: 'next', refused: forEach('y = next(other)', 'out.append(await get(y, x))'), accepted: forEach('y = min(other)', 'out.append(await get(y, x))') },
  { code: 'conditional-push', line: 5, names: 'out.append', refused: forEach('if x:', '    out.append(await get(x))'), accepted: plain },
  { code: 'conditional-push', line: 4, names: 'out.append', refused: forEach('out.append(await get(x))', 'show(x)'), accepted: plain },
  { code: 'no-result', line: 3, names: 'collects no results', refused: forEach('await get(x)'), accepted: plain },
  { code: 'while', line: 3, names: 'while', refused: loop('while xs:', 'out.append(await get(xs))'), accepted: plain },
  { code: 'async-for', line: 3, names: 'async for', refused: loop('async for x in xs:', 'out.append(await get(x))'), accepted: plain },
  { code: 'for-else', line: 5, names: 'else', refused: plain.replace('    return', '    else:\n        show(xs)\n    return'), accepted: plain },
  { code: 'leaked-variable', line: 5, names: 'x', refused: plain.replace('return out', 'return out, x'), accepted: plain.replace('return out', 'return [x for x in out]') },
  { code: 'no-direct-await', line: 4, names: 'await x', refused: forEach('out.append(await x + await get(x))'), accepted: forEach('out.append(await get(x) + 1)') },
  { code: 'no-await', line: 3, names: 'Nothing is awaited', refused: forEach('out.append(get(x))'), accepted: plain },
  { code: 'not-async', line: 3, names: 'async def', refused: plain.replace('async def', 'def'), accepted: plain },
  { code: 'effect', line: 4, names: 'save_item', refused: forEach('out.append(await save_item(x))'), accepted: forEach('out.append(await saved_item(x))') },
  { code: 'effect', line: 4, names: 'scatter', refused: forEach('out.append(await other.scatter(x))'), accepted: forEach('out.append(await other.scattered(x))') },
  { code: 'effect', line: 4, names: 'show', refused: forEach('show(x)', 'out.append(await get(x))'), accepted: forEach('logger.info(x)', 'out.append(await get(x))') },
  { code: 'same-call', line: 4, names: 'get(other)', refused: forEach('out.append(await get(other))'), accepted: forEach('out.append(await get(other, x))') },
  { code: 'closure', line: 4, names: 'x', refused: forEach('out.append(await get(lambda: x))'), accepted: forEach('out.append(await get(lambda: 1, x))') },
  { code: 'closure', line: 4, names: 'x', refused: forEach('out.append(await get(y for y in other if x))'), accepted: forEach('out.append(await get([y for y in other if x]))') },
  { code: 'declaration', line: 4, names: 'def g', refused: forEach('def g(): return x', 'out.append(await get(x, g))'), accepted: plain },
  { code: 'needs-frame', line: 4, names: 'super', refused: forEach('out.append(await get(super().get(x)))'), accepted: forEach('out.append(await get(other.get(x)))') },
  { code: 'holds-lock', line: 4, names: 'lock', refused: forEach('async with lock:', '    y = await get(x)', 'out.append(y)'), accepted: forEach('async with opened(x) as z:', '    y = await get(z)', 'out.append(y)') },
  { code: 'partial-results', line: 7, names: 'out', refused: ['async def f(xs):', '    try:', '        out = []', '        for x in xs:[cursor]', '            out.append(await get(x))', '    except ValueError:', '        return out', ''].join('\n'), accepted: ['async def f(xs):', '    try:', '        out = []', '        for x in xs:[cursor]', '            out.append(await get(x))', '        return out', '    except ValueError:', '        return []', ''].join('\n') },
  { code: 'other-event-loop', line: 4, names: 'trio', refused: `import trio\n${plain}`, accepted: `import aiohttp\n${plain}` },
  { code: 'syntax-error', line: 5, names: 'line 5', refused: plain.replace('return out', 'return out)'), accepted: plain },
  { code: 'shared-mutation', line: 9, names: 'changes `total', refused: `${plain}\nasync def get(x):\n    global total\n    total += x\n    return total\n`, accepted: `${plain}\nasync def get(x):\n    total = 0\n    total += x\n    return total\n` },
  { code: 'unknown-method', line: 5, names: 'self.get', refused: `class A:\n${forEach('out.append(await self.get(x))').replace(/^(?=.)/gm, '    ')}`, accepted: `class A:\n${forEach('out.append(await self.get(x))').replace(/^(?=.)/gm, '    ')}\n    async def get(self, x):\n        return x\n` },
  { code: 'no-loop', line: 1, names: 'loop', refused: 'async def f(xs):[cursor]\n    return xs\n', accepted: plain },
];

/** A function with two awaits in a row; the cursor is in the first. */
const row = (first: string, ...others: string[]): string =>
  ['async def f(x, y):', `    ${first}[cursor]`, ...others.map((it) => `    ${it}`), '    return 1', ''].join('\n');

const both = row('a = await get_a(x)', 'b = await get_b(x)');

const rows: Pair[] = [
  { code: 'needs-result', line: 3, names: 'a', refused: row('a = await get_a(x)', 'b = await get_b(a)'), accepted: both },
  { code: 'needs-result', line: 5, names: 'a', refused: row('a = await get_a(x)', 'b = await get_b(x)', 'def g():', '    return a'), accepted: row('a = await get_a(x)', 'b = await get_b(x)', 'c = [a for b in a]') },
  { code: 'one-receiver', line: 3, names: 'x', refused: row('a = await x.get(1)', 'b = await x.get(2)'), accepted: row('a = await x.get(1)', 'b = await y.get(2)') },
  { code: 'one-receiver', line: 3, names: 'x.y', refused: row('a = await x.get(1)', 'b = await x.y.get(2)'), accepted: `import z\n${row('a = await z.get(1)', 'b = await z.y.get(2)')}` },
  { code: 'one-receiver', line: 3, names: 'x.size', refused: row('a = await x.get(1)', 'b = await get_b(x.size)'), accepted: row('a = await x.get(1)', 'b = await get_b(y.size)') },
  { code: 'one-receiver', line: 2, names: 'tx', refused: row('a = await get_a(tx)', 'b = await get_b(tx)'), accepted: both },
  { code: 'assignment-in-argument', line: 3, names: 'z := x', refused: row('a = await get_a(x)', 'b = await get_b(z := x)'), accepted: row('a = await get_a(x)', 'b = await get_b(z == x)') },
  { code: 'assignment-in-argument', line: 3, names: 'y.pop()', refused: row('a = await get_a(x)', 'b = await get_b(y.pop())'), accepted: row('a = await get_a(x)', 'b = await get_b(y.top())') },
  { code: 'await-in-argument', line: 3, names: 'await get_c()', refused: row('a = await get_a(x)', 'b = await get_b(await get_c())'), accepted: row('a = await get_a(x)', 'b = await get_b(get_c())') },
  { code: 'no-result', line: 2, names: 'await get_a(x)', refused: row('await get_a(x)', 'b = await get_b(x)').replace('[cursor]', '').replace('    await', '    [start]await').replace('get_b(x)', 'get_b(x)[end]'), accepted: both.replace('[cursor]', '').replace('    a =', '    [start]a =').replace('get_b(x)', 'get_b(x)[end]') },
  { code: 'effect', line: 2, names: 'begin', refused: row('a = await begin(x)', 'b = await get_b(x)'), accepted: row('a = await beginning(x)', 'b = await get_b(x)') },
  { code: 'effect', line: 3, names: 'save', refused: row('a = await get_a(x)', 'b = await save(x)'), accepted: both },
  { code: 'effect', line: 3, names: 'commit_all', refused: row('a = await get_a(x)', 'b = await commit_all(x)'), accepted: row('a = await get_a(x)', 'b = await committed(x)') },
  { code: 'effect', line: 3, names: 'y.lock', refused: row('a = await get_a(x)', 'b = await y.lock(x)'), accepted: row('a = await get_a(x)', 'b = await y.locks(x)') },
  { code: 'waits-on-purpose', line: 3, names: 'asyncio.sleep', refused: row('a = await get_a(x)', 'b = await asyncio.sleep(1, x)'), accepted: both },
  { code: 'not-adjacent', line: 2, names: 'only one', refused: row('a = await get_a(x)', 'c = 1', 'b = await get_b(x)'), accepted: both },
  { code: 'not-adjacent', line: 3, names: 'c = 1', refused: row('a = await get_a(x)', 'c = 1', 'b = await get_b(x)').replace('[cursor]', '').replace('    a =', '    [start]a =').replace('get_b(x)', 'get_b(x)[end]'), accepted: both },
  { code: 'not-a-name', line: 2, names: 'x.a', refused: row('x.a = await get_a(x)', 'b = await get_b(x)'), accepted: both },
  { code: 'same-call', line: 3, names: 'get_a(x)', refused: row('a = await get_a(x)', 'b = await get_a(x)'), accepted: row('a = await get_a(x)', 'b = await get_a(y)') },
  { code: 'shares-line', line: 2, names: 'line', refused: row('c = 1; a = await get_a(x)', 'b = await get_b(x)'), accepted: both },
  { code: 'partial-results', line: 6, names: 'a', refused: ['async def f(x):', '    try:', '        a = await get_a(x)[cursor]', '        b = await get_b(x)', '    except ValueError:', '        return a', ''].join('\n'), accepted: ['async def f(x):', '    try:', '        a = await get_a(x)[cursor]', '        b = await get_b(x)', '    except ValueError:', '        return x', ''].join('\n') },
  { code: 'shared-mutation', line: 2, names: 'get_a` changes `seen', refused: `${both}\nasync def get_a(x):\n    seen.add(x)\n    return x\n`, accepted: `${both}\nasync def get_a(x):\n    seen = set()\n    seen.add(x)\n    return seen\n` },
];

/** A module with a function to run in workers, and a loop over it; the cursor is in the loop. */
const pool = (call: string, { work = 'def work(n, k=1):\n    return [k for _ in range(n)]\n', before = '' } = {}): string =>
  `${work}\ndef main(xs, other):\n    out = []\n${before}    for x in xs:[cursor]\n        out.append(${call})\n    return out\n`;

const pools: Pair[] = [
  { code: 'not-module-level', line: 8, names: 'inner', refused: pool('inner(x)', { before: '    def inner(n): return n\n' }), accepted: pool('work(x)') },
  { code: 'not-module-level', line: 7, names: 'other', refused: pool('other(x)'), accepted: pool('work(x, other)') },
  { code: 'bound-method', line: 7, names: 'other.work', refused: pool('other.work(x)'), accepted: `import other_module\n${pool('other_module.work(x)')}` },
  { code: 'lambda', line: 1, names: 'work', refused: pool('work(x)', { work: 'work = lambda n: n\n' }), accepted: pool('work(x)') },
  { code: 'keywords', line: 7, names: 'work', refused: pool('work(x, k=2)'), accepted: pool('work(x, 2)') },
  { code: 'keywords', line: 7, names: 'work', refused: pool('work(*x)'), accepted: pool('work(x)') },
  { code: 'not-worth-it', line: 7, names: 'str', refused: pool('str(x)'), accepted: pool('work(x)') },
  { code: 'same-call', line: 7, names: 'work(other)', refused: pool('work(other)'), accepted: pool('work(x, other)') },
  { code: 'call-in-argument', line: 7, names: 'open(x)', refused: pool('work(open(x))'), accepted: pool('work(x + 1)') },
  { code: 'not-picklable', line: 7, names: 'lambda', refused: pool('work(x, lambda: 1)'), accepted: pool('work(x, 1)') },
  { code: 'not-picklable', line: 2, names: 'return', refused: pool('work(x)', { work: 'def work(n):\n    return lambda: n\n' }), accepted: pool('work(x)', { work: 'def work(n):\n    return [n for _ in n]\n' }) },
  { code: 'generator', line: 2, names: 'work', refused: pool('work(x)', { work: 'def work(n):\n    yield n\n' }), accepted: pool('work(x)') },
  { code: 'decorated', line: 1, names: '@timed', refused: pool('work(x)', { work: '@timed\ndef work(n):\n    return n\n' }), accepted: `import functools\n${pool('work(x)', { work: '@functools.lru_cache(maxsize=None)\ndef work(n):\n    return [n for _ in n]\n' })}` },
  { code: 'shared-mutation', line: 2, names: 'seen', refused: pool('work(x)', { work: 'def work(n):\n    seen.add(n)\n    return n\n' }), accepted: pool('work(x)', { work: 'def work(n):\n    seen = set()\n    for k in n: seen.add(k)\n    return seen\n' }) },
  { code: 'module-state', line: 8, names: 'mode', refused: `mode = 1\ndef work(n):\n    return [mode for _ in n]\n\n\ndef set_mode():\n    global mode\n    mode = 2\n\n\n${pool('work(x)', { work: '' })}`, accepted: `mode = 1\ndef work(n):\n    return [mode for _ in n]\n\n\n${pool('work(x)', { work: '' })}` },
  { code: 'process-state', line: 3, names: 'random.random', refused: `import random\n${pool('work(x)', { work: 'def work(n):\n    return random.random() * n\n' })}`, accepted: `import random\n${pool('work(x)', { work: 'def work(n):\n    return random.Random(n).random()\n' })}` },
  { code: 'not-worth-it', line: 7, names: 'work', refused: pool('work(x)', { work: 'def work(n):\n    return n + 1\n' }), accepted: pool('work(x)') },
  { code: 'recursive', line: 6, names: 'leads back', refused: 'def work(n):\n    return main(n)\ndef main(xs):\n    out = []\n    for x in xs:[cursor]\n        out.append(work(x))\n    return out\n', accepted: pool('work(x)') },
  { code: 'identity', line: 3, names: 'NOTHING', refused: `NOTHING = object()\n${pool('work(x)', { work: 'def work(n):\n    return [n is NOTHING for _ in range(3)]\n' })}`, accepted: `NOTHING = object()\n${pool('work(x)', { work: 'def work(n):\n    return [n is None for _ in range(3)]\n' })}` },
  { code: 'in-coroutine', line: 6, names: 'event loop', refused: pool('work(x)').replace('def main', 'async def main'), accepted: pool('work(x)') },
  { code: 'awaits', line: 7, names: 'awaits', refused: pool('await work(x)').replace('def main', 'async def main'), accepted: pool('work(x)') },
  { code: 'nested-loop', line: 6, names: 'loop', refused: 'def work(n):\n    return [n for _ in n]\n\ndef main(xss):\n    all_of_them = []\n    for xs in xss:\n        out = []\n        for x in xs:[cursor]\n            out.append(work(x))\n        all_of_them.append(out)\n    return all_of_them\n', accepted: pool('work(x)') },
  { code: 'more-than-call', line: 7, names: 'line 7', refused: pool('work(y)').replace('        out', '        y = x\n        out'), accepted: pool('work(x)') },
  { code: 'no-call', line: 7, names: 'one function', refused: pool('work(x) + 1'), accepted: pool('(work(x))') },
  { code: 'main-guard', line: 9, names: '__main__', refused: `${pool('work(x)')}\nmain([1], 2)\n\ndef later(): pass\n`.replace('\n\nmain', '\nmain'), accepted: `${pool('work(x)')}\nmain([1], 2)\n` },
  { code: 'not-known', line: 8, names: 're.match', refused: `import re\n${pool('re.match("a", x)')}`, accepted: `import math\n${pool('math.factorial(x)')}` },
];

const wrap = (code: string): string => `${code}\n`;

const wraps: Pair[] = [
  { code: 'bound-method', line: 2, names: 'work', refused: wrap('class A:\n    def work(self):[cursor]\n        return 1'), accepted: wrap('def work(self):[cursor]\n    return 1') },
  { code: 'not-module-level', line: 2, names: 'work', refused: wrap('def outer():\n    def work():[cursor]\n        return 1\n    return work'), accepted: wrap('def work():[cursor]\n    return 1') },
  { code: 'not-module-level', line: 2, names: 'work', refused: wrap('if __name__ == "__main__":\n    def work():[cursor]\n        return 1'), accepted: wrap('def work():[cursor]\n    return 1') },
  { code: 'already-async', line: 1, names: 'work', refused: wrap('async def work():[cursor]\n    return 1'), accepted: wrap('def work():[cursor]\n    return 1') },
  { code: 'generator', line: 2, names: 'work', refused: wrap('def work():[cursor]\n    yield 1'), accepted: wrap('def work():[cursor]\n    return [1]') },
  { code: 'decorated', line: 1, names: '@app.task', refused: wrap('@app.task\ndef work():[cursor]\n    return 1'), accepted: wrap('import functools\n@functools.cache\ndef work():[cursor]\n    return 1') },
  { code: 'shared-mutation', line: 2, names: 'items', refused: wrap('def work(items):[cursor]\n    items.sort()\n    return items'), accepted: wrap('def work(items):[cursor]\n    return sorted(items)') },
  { code: 'main-guard', line: 4, names: '__main__', refused: wrap('def work():[cursor]\n    return 1\n\nprint(work())\ndef after(): pass'), accepted: wrap('def work():[cursor]\n    return 1\n\nprint(work())') },
];

const offload = (...lines: string[]): string => `import time\nimport requests\n${lines.join('\n')}\n`;

const offloads: Pair[] = [
  { code: 'no-await-here', line: 4, names: 'lambda', refused: offload('async def f(x):', '    return lambda: requests.get(x)[cursor]'), accepted: offload('async def f(x):', '    return requests.get(x)[cursor]') },
  { code: 'not-async', line: 4, names: 'g', refused: offload('async def f(x):', '    def g():', '        return requests.get(x)[cursor]', '    return g'), accepted: offload('async def f(x):', '    async def g():', '        return requests.get(x)[cursor]', '    return g') },
  { code: 'no-await-here', line: 4, names: 'generator', refused: offload('async def f(xs):', '    return tuple(requests.get(x)[cursor] for x in xs)'), accepted: offload('async def f(xs):', '    return tuple([requests.get(x)[cursor] for x in xs])') },
  { code: 'not-async', line: 3, names: 'f', refused: offload('def f(x):', '    time.sleep(x)[cursor]'), accepted: offload('async def f(x):', '    time.sleep(x)[cursor]') },
  { code: 'holds-lock', line: 4, names: 'self.lock', refused: offload('async def f(self, x):', '    with self.lock:', '        time.sleep(x)[cursor]'), accepted: offload('async def f(self, x):', '    async with self.lock:', '        time.sleep(x)[cursor]') },
  { code: 'holds-lock', line: 4, names: 'lock', refused: offload('async def f(x):', '    with lock, open(x) as file:', '        return file.read()[cursor]'), accepted: offload('async def f(x):', '    with open(x) as file:', '        return file.read()[cursor]') },
  { code: 'not-blocking', line: 4, names: 'g', refused: offload('async def f(x):', '    return g(x)[cursor]'), accepted: offload('async def f(x):', '    return g(x)[cursor]', '', 'def g(x):', '    time.sleep(x)') },
  { code: 'not-blocking', line: 4, names: 'awaited', refused: offload('async def f(x):', '    return await g(x)[cursor]'), accepted: offload('async def f(x):', '    return requests.post(x)[cursor]') },
  { code: 'shared-mutation', line: 8, names: 'g', refused: offload('async def f(x):', '    return g(x)[cursor]', '', 'def g(x):', '    time.sleep(1)', '    seen.append(x)'), accepted: offload('async def f(x):', '    return g(x)[cursor]', '', 'def g(x):', '    time.sleep(1)', '    seen = []', '    seen.append(x)') },
  { code: 'no-await-here', line: 4, names: 'defined', refused: offload('async def f(x):', '    class A:', '        y = requests.get(x)[cursor]', '    return A'), accepted: offload('async def f(x):', '    y = requests.get(x)[cursor]', '    return y') },
  { code: 'no-await-here', line: 4, names: '3.11', refused: offload('async def f(xss):', '    return [[requests.get(x)[cursor] for x in xs] for xs in xss]'), accepted: offload('async def f(xs):', '    return [requests.get(x)[cursor] for x in xs]') },
  { code: 'waits-on-purpose', line: 3, names: 'time.sleep', refused: offload('async def f(x):', '    await asyncio.sleep(x)', '    time.sleep(x)[cursor]').replace('import time\nimport requests', 'import time, asyncio'), accepted: offload('async def f(x):', '    await g.sleep(x)', '    time.sleep(x)[cursor]') },
  { code: 'other-event-loop', line: 5, names: 'trio', refused: `import trio\n${offload('async def f(x):', '    time.sleep(x)[cursor]')}`, accepted: offload('async def f(x):', '    time.sleep(x)[cursor]') },
];

const all: Partial<Record<RecipeName, readonly Pair[]>> = {
  'loop-to-gather': gatherLoops,
  'awaits-to-gather': rows,
  'loop-to-pool': pools,
  'wrap-cpu-task': wraps,
  'offload-blocking-call': offloads,
};

describe('refusals for Python: files of other event loops', () => {
  it('are known by their folder, where they import each other without its name', () => {
    const { text, selection } = unmark(offload('async def f(x):', '    time.sleep(x)[cursor]'));
    const at = (path: string) => rewritePython('offload-blocking-call', { language: 'python', path, text, selection, project: python(3, 9) });
    const inside = at('/lib/trio/_core/a.py');
    assert(!inside.ok);
    assert.equal(inside.error.code, 'other-event-loop');
    assert(at('/lib/trios/_core/a.py').ok);
  });
});

for (const [recipe, pairs] of Object.entries(all) as [RecipeName, readonly Pair[]][]) {
  describe(`refusals for Python: ${recipe}`, () => {
    pairs.forEach(({ code, line, names, refused, accepted }, at) => {
      it(`${at + 1}. ${code}: ${names}`, () => {
        const against = rewriteMarked(recipe, refused);
        assert(!against.ok, 'the unsafe code is accepted');
        assert.equal(against.error.code, code, against.error.message);
        assert.equal(against.error.line, line, against.error.message);
        assert(against.error.message.includes(names), against.error.message);
        const towards = rewriteMarked(recipe, accepted);
        assert(towards.ok, towards.ok ? '' : `the safe code is refused: ${towards.error.code}, ${towards.error.message}`);
      });
    });
  });
}
