import assert from 'node:assert/strict';
import { isHarmless } from '../../../../src/source/javascript/harmless';

describe('isHarmless', () => {
  const harmless = [
    '[1, 2, 3]',
    'Array.from({ length: 64 }, (_, i) => 20000 + i)',
    '[...Array(8).keys()].map((n) => [n, n * 2])',
    "['a', `b${1 + 1}`].map((s) => ({ s, upper: s.toUpperCase() }))",
    '[undefined, null, -1, 2n, NaN, true ? 1 : 2]',
    'new Array(3).fill(0).map((_, i) => Math.sqrt(i))',
    '[1, 2][0]',
    '[new Date(2026, 0, 1), new Uint8Array(4)]',
    '"abc".split("").length',
  ];
  for (const text of harmless) it(`lets ${text} be evaluated`, () => assert.equal(isHarmless(text), true));

  const others = [
    'projectFiles()',
    'limits',
    'rm("/")',
    "require('fs')",
    "import('fs')",
    'process.exit()',
    '(() => { for (;;); })()',
    '((f) => f())(rm)',
    '[1].map(rm)',
    'Array.from(files)',
    'x = 1',
    '[1].map((n) => globalThis.a)',
    '[].constructor.constructor("return process")()',
    "Array['from']([1])",
    '({ get a() { return rm(); } })',
    '({ [rm()]: 1 })',
    '({ __proto__: rm })',
    '`${rm}`',
    'await fetch("x")',
    'new Worker("x")',
    '[..."a"].map((n) => n++)',
    'eval("1")',
    'Function("rm()")()',
    '[1].map((Number) => Number(1))',
    'rm`x`',
    '1); rm(',
  ];
  for (const text of others) it(`waits with ${text} until it is asked for`, () => assert.equal(isHarmless(text), false));
});
