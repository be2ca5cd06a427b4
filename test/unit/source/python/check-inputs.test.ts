import assert from 'node:assert/strict';
import { checkInputs, freeNames } from '../../../../src/source/python/check-inputs';
import { isHarmless } from '../../../../src/source/python/harmless';

describe('inputs in Python', () => {
  const good = [
    'range(8)', '[(1, 2), (3, 4)]', '(1, 2)', '1, 2', '[x * 2 for x in range(3)]', '(x for x in xs)', '{"a": 1}', 'lambda: 1', 'await load()',
    '[\n  1,\n  2,\n]', '[1]  # two calls', 'f(*a, **b)', 'x if y else z', 'f"{n:>{w}}"', '()', '"#)"', '(y := 1)', 'not a',
  ];
  for (const expression of good) {
    it(`take ${JSON.stringify(expression)}`, () => assert.equal(checkInputs(expression), null));
  }

  const bad: [expression: string, message: RegExp][] = [
    ['', /Give an expression/],
    ['  ', /Give an expression/],
    ['[1, 2', /no Python expression/],
    ['1)', /no Python expression/],
    ['1) + (2', /one expression|no Python expression/],
    ['x = 1', /expression/],
    ['import os', /expression/],
    ['1; 2', /expression/],
    ['1\n2', /expression/],
    ['*a', /one expression/],
    ['yield 1', /yield|expression/],
    ['"abc', /no Python expression/],
    ['1)\nimport os\n(1', /expression/],
    ['1, \\\n)\nimport os\n(', /expression/],
    ['[1] [', /no Python expression/],
    ['def f(): pass', /expression/],
    ['', /expression/],
  ];
  for (const [expression, message] of bad) {
    it(`decline ${JSON.stringify(expression)}`, () => assert.match(checkInputs(expression)?.message ?? 'accepted', message));
  }

  it('tell where the fault is', () => {
    const fault = checkInputs('[1, 2) + [3]');
    assert(fault && fault.offset <= 6);
  });

  it('decline what is too long or too deep', () => {
    assert.match(checkInputs(`[${'1,'.repeat(3_000_000)}]`)!.message, /too long/);
    const deep = checkInputs('['.repeat(50_000) + ']'.repeat(50_000));
    assert.match(deep!.message, /deep/);
  });

  it('know the names that come from outside', () => {
    assert.deepEqual([...freeNames('[f(x, y) for x in xs if (z := x)] + [lambda a: a + b]')].sort(), ['b', 'f', 'xs', 'y']);
  });

  const harmless = [
    'range(8)', '[1, 2.5, -3, "a", b"b", None, True, ...]', '[(n, n ** 2) for n in range(10) if n % 2]', 'list(zip("ab", [1, 2]))',
    '"a b".split()', '[f"{n!r:>4}" for n in range(3)]', 'sorted([3, 1], key=lambda n: -n)', '{k: [v] for k, v in {"a": 1}.items()}', '1, 2',
    '[1, 2][0:1]', 'not 1 < 2', 'x if 1 else 2'.replace('x', '1'),
  ];
  for (const expression of harmless) {
    it(`are evaluated while typed: ${expression}`, () => assert.equal(isHarmless(expression), true));
  }

  const other = [
    'print(1)', 'open("a")', 'exec("1")', 'eval("1")', '__import__("os")', 'LIMIT', 'f(1)', '[].append(1)', 'x.y', '(1).real',
    '().__class__', '"{0.__class__}".format(1)', 'getattr(1, "real")', '[x := 1]', 'await f()', 'input()', 'range(8).__class__', '[range for range in [1]][0](2)',
    'f"{().__class__}"', 'type("A", (), {})', '(lambda len: len(1))(2)', '[1', '', 'globals()', 'vars()', '[a.b for a in [1]]',
  ];
  for (const expression of other) {
    it(`are not evaluated while typed: ${expression}`, () => assert.equal(isHarmless(expression), false));
  }
});
