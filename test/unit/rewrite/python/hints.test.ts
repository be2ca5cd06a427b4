import assert from 'node:assert/strict';
import { findHints } from '../../../../src/rewrite/python/hints';
import { rewritePython } from '../../../../src/rewrite/python/recipes';
import { python } from './fixtures';

const text = `import time
import requests


async def main(xs, conn):
    a = await get_a(xs)
    b = await get_b(xs)
    found = []
    for x in xs:
        found.append(await get_a(x))
    for x in xs:
        found.append(await conn.fetch(x))
    c = await get_c(b)
    time.sleep(1)
    return requests.get(c).text, [await get_a(x) for x in found], a


def plain(xs):
    time.sleep(1)
    return [requests.get(x) for x in xs]
`;
const request = { language: 'python' as const, path: '/project/a.py', text, selection: { start: 0, end: 0 }, project: python(3, 9) };

describe('hints for Python', () => {
  it('names what could overlap and what blocks, in order, and nothing that is refused', () => {
    assert.deepEqual(
      findHints(request).map(({ recipe, start, end }) => [recipe, text.slice(0, start).split('\n').length, text.slice(start, end)]),
      [
        ['awaits-to-gather', 6, 'a = await get_a(xs)\n    b = await get_b(xs)'],
        ['loop-to-gather', 9, 'for x in xs:'],
        ['offload-blocking-call', 14, 'time.sleep(1)'],
        ['offload-blocking-call', 15, 'requests.get(c)'],
        ['loop-to-gather', 15, '[await get_a(x) for x in found]'],
      ],
    );
  });

  it('says what holds up the event loop', () => {
    const [, , sleep] = findHints(request);
    assert.equal(sleep!.message, '`time.sleep` holds up the event loop until it is done.');
  });

  it('is kept by the recipe at every place it names', () => {
    for (const { recipe, start } of findHints(request)) {
      const plan = rewritePython(recipe!, { ...request, selection: { start, end: start } });
      assert(plan.ok, recipe!);
    }
  });

  it('looks at nothing where there are no coroutines, and survives broken code', () => {
    assert.deepEqual(findHints({ ...request, text: 'import time\n\n\ndef f():\n    time.sleep(1)\n' }), []);
    for (let end = 0; end < text.length; end += 7) findHints({ ...request, text: text.slice(0, end) });
  });
});

describe('the style of a rewritten Python file', () => {
  const rewritten = (code: string) => {
    const plan = rewritePython('loop-to-gather', { ...request, text: code, selection: { start: code.length - 20, end: code.length - 20 } });
    assert(plan.ok, plan.ok ? '' : plan.error.message);
    return plan.value.edits.map((it) => it.newText).join('');
  };
  const loop = 'async def f(xs):\n\tr = []\n\tfor x in xs:\n\t\ty = await g(x)\n\t\tr.append((y, x))\n\treturn r  # all of it..\n';

  it('keeps CRLF', () => {
    const made = rewritten(loop.replaceAll('\n', '\r\n'));
    assert.match(made, /\r\n/);
    assert.doesNotMatch(made, /[^\r]\n/);
  });

  it('keeps tabs', () => {
    assert.match(rewritten(loop), /^\t\treturn \(y, x\)$/m);
  });
});
