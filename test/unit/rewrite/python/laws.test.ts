/** Whenever a recipe accepts a program, the program's results and their order stay, whatever the program is. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecipeName } from '../../../../src/rewrite/edit-plan';
import { apply, fixturesFolder, python as projectWith, rewriteMarked, unmark } from './fixtures';
import { hasGroups, python } from './run-versions';

const lines = (indent: string, ...all: readonly string[]): string => all.flatMap((it) => it.split('\n')).map((it) => `${indent}${it}\n`).join('');

const values = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('x', 'x + 1', 'total', 'len(xs)', 'other[0]', 'x * 13') },
  { weight: 2, arbitrary: fc.constantFrom('y', 'z', 'y * 2', 'last', 'len(acc)') },
);
const awaits = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('get_double', 'get_name', 'get_checked'), values).map(([name, value]) => `await ${name}(${value})`) },
  { weight: 1, arbitrary: values.map((value) => `await count(${value})`) },
  { weight: 1, arbitrary: values.map((value) => `await twice(${value})`) },
);

/** Statements of a loop's body: harmless ones, and every kind that makes turns depend on each other. */
const statement: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('y', 'z'), fc.oneof(values, awaits)).map(([name, value]) => `${name} = ${value}`) },
  { weight: 3, arbitrary: fc.tuple(values, values).map(([a, b]) => `if x % 2:\n    y = ${a}\nelse:\n    y = ${b}`) },
  { weight: 2, arbitrary: values.map((value) => `try:\n    z = await get_checked(${value})\nexcept ValueError:\n    z = -1`) },
  { weight: 1, arbitrary: fc.constantFrom('for y in range(x):\n    z = y', 'z = [y for y in range(x)]', 'own = []\nown.append(x)', 'y = lambda: x') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'if x == 2:\n    continue', 'if x == 0:\n    break', 'total += x', 'last = x', 'other.append(x)', 'other[0] = x', 'xs[0] += 1', 'if x:\n    y = x',
      'acc.append(x)', 'y = next(numbers)', 'y = (z := x)', 'if x == 9:\n    return acc', 'x = x + 1', 'del y',
    ),
  },
);

const pushed = fc.oneof(
  { weight: 5, arbitrary: awaits },
  { weight: 2, arbitrary: fc.tuple(awaits, values).map(([a, b]) => `(${a}, ${b})`) },
  { weight: 1, arbitrary: fc.tuple(awaits, values).map(([a, b]) => `${a} == ${b}`) },
);

const heads = fc.constantFrom('for x in xs', 'for x in range(5)', 'for last, x in enumerate(xs)', 'for x in reversed(xs)', 'for x in 3, 1, 2', 'for x in iter(xs)');

const gatherProgram = fc
  .record({
    head: heads,
    body: fc.array(statement, { maxLength: 3 }),
    push: pushed,
    made: fc.boolean(),
    before: fc.constantFrom('last = total = 0', 'last = total = 0', 'y = z = last = total = 0'),
    after: fc.constantFrom('', '', '', '', ', x', ', y', ', total', ', other', ', last'),
    caught: fc.boolean(),
  })
  .map(({ head, body, push, made, before, after, caught }) => {
    const loop = lines('', ...(made ? ['acc = []', before, 'acc.append(-1)'] : [before, 'acc = []']), `${head}:[cursor]`) +
      lines('    ', ...body, `acc.append(${push})`);
    const inTry = caught ? `try:\n${lines('    ', loop.trimEnd())}except ValueError:\n    acc = acc[:2]\n` : loop;
    return `${preamble}async def main(xs):\n    other = [7]\n    numbers = iter(range(99))\n${lines('    ', inTry.trimEnd())}    return acc${after}\n`;
  });

const preamble = `import asyncio
from calls import get_checked, get_double, get_name

counted = 0


async def count(x):
    global counted
    counted += 1
    await get_double(1)
    return counted, x


async def twice(x):
    y = await get_double(x)
    return y


`;

const rowProgram = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'a, b', 'box.a'), fc.constantFrom('get_double', 'get_name', 'count', 'twice', 'box.get', 'pair'), fc.constantFrom('1', '2', 'a', 'b', 'next(numbers)', 'box.a', 'n')), {
    minLength: 2,
    maxLength: 4,
  })
  .map((steps) => {
    const row = steps.map(([target, callee, value], at) => `${target} = await ${callee}(${value})${at === 0 ? '[cursor]' : ''}`);
    return `${preamble}async def pair(x):\n    return x, await get_double(1)\n\n\nclass Box:\n    a = 5\n\n    async def get(self, x):\n        self.a += 1\n        return self.a, x\n\n\nasync def main(xs):\n    box = Box()\n    n = 4\n    numbers = iter(xs)\n    a = b = c = 0\n    print(end='')\n${lines('    ', ...row)}    return a, b, c, box.a\n`;
  });

const poolProgram = fc
  .record({
    head: heads,
    body: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom('y = x', 'total += x', 'if x:\n    y = 1') }),
    call: fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constantFrom('work', 'pick', 'spoil', 'tally', 'scaled'), fc.constantFrom('x', 'x, 2', 'x, y', 'x + 1, x', 'x, total', 'total, x', 'x, len(acc)', 'x, k=3')).map(([f, a]) => `${f}(${a})`) },
      { weight: 1, arbitrary: fc.constantFrom('str(x)', 'other.index(x)', '(lambda: x)()', 'work(*[x])', 'work(other)') },
    ),
    comprehension: fc.boolean(),
    after: fc.constantFrom('', ', x', ', total', ', other'),
  })
  .map(({ head, body, call, comprehension, after }) => {
    const loop = comprehension ? lines('    ', `acc = [${call} ${head.replace('in 3, 1, 2', 'in (3, 1, 2)')}][cursor]`) : `${lines('    ', 'acc = []', `${head}:[cursor]`)}${lines('        ', ...(body ? [body] : []), `acc.append(${call})`)}`;
    return `${poolPreamble}def main(xs):\n    global factor\n    factor = 10\n    other = [1, 2, 3, 4, 0]\n    y = total = 5\n    last = 0\n${loop}    return acc${after}\n`;
  });

const poolPreamble = `factor = 1
seen = []


def work(x, k=1):
    return [x * k for _ in range(3)]


def pick(x, k=1):
    return sum([x if n else k for n in range(4)])


def spoil(x, k=1):
    for n in range(2):
        seen.append(x)
    return list(seen)


def tally(x, k=1):
    return [factor * x for _ in range(2)]


def scaled(x, k=1):
    total = 0
    for n in range(3):
        total += tally(x, k)[0]
    return total


`;

/** Rewrites programs, runs both versions of those that were accepted, and says which differ. */
async function differences(recipe: RecipeName, programs: readonly string[], options: readonly Parameters<typeof rewriteMarked>[2][]) {
  const pairs: [string, string][] = [];
  programs.forEach((marked, at) => {
    const plan = rewriteMarked(recipe, marked, options[at % options.length]);
    if (plan.ok) pairs.push([unmark(marked).text, apply(unmark(marked).text, plan.value)]);
  });
  const support = join(fixturesFolder, 'support');
  const outcomes = JSON.parse(await python([join(support, 'compare.py')], `${JSON.stringify(pairs)}\n`)) as [string, string][];
  const wrong = outcomes.flatMap(([before, after], at) => (before === after ? [] : [`${pairs[at]![0]}\n# becomes\n${pairs[at]![1]}\n# ${before} became ${after}`]));
  return { accepted: pairs.length, wrong };
}

describe('laws of the Python rewrites', function () {
  this.timeout(90_000);
  const group = hasGroups ? { taskGroup: true, project: projectWith(3, 11) } : {};
  const kinds: [RecipeName, fc.Arbitrary<string>, Parameters<typeof rewriteMarked>[2][], least: number][] = [
    ['loop-to-gather', gatherProgram, [{}, { concurrency: 2 }, {}, group], 40],
    ['awaits-to-gather', rowProgram, [{}, {}, group], 15],
    ['loop-to-pool', poolProgram, [{}], 20],
  ];
  for (const [recipe, program, options, least] of kinds) {
    it(`${recipe}: what is accepted gives the same results in the same order`, async () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const programs = fc.sample(program, { numRuns: 800, seed });
      const { accepted, wrong } = await differences(recipe, programs, options);
      assert.equal(wrong.length, 0, `seed ${seed}, ${wrong.length} of ${accepted} differ; the first:\n${wrong[0]}`);
      assert(accepted >= least, `only ${accepted} programs were accepted (seed ${seed})`);
    });
  }
});
