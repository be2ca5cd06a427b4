import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { freeNames } from '../../../../src/source/python/check-inputs';
import { locatedByName, read } from '../../../../src/source/python/find';
import { sliceFunction, type PythonSlice } from '../../../../src/source/python/slice/slice-function';
import type { Result } from '../../../../src/base/result';
import type { Refusal } from '../../../../src/source/found-function';

function sliced(code: string, name: string, inputs = ''): Result<PythonSlice, Refusal> {
  const file = read('/p/a.py', code);
  assert(file.ok);
  const target = locatedByName(file.value, name, 1, 1);
  assert(target, `no ${name} in ${code}`);
  return sliceFunction(file.value, target, inputs === '' ? [] : freeNames(inputs));
}

interface Outcome {
  readonly result: string;
  readonly printed: readonly string[];
  /** Lines of the module in the traceback of a call that failed. */
  readonly lines: readonly number[];
}

/** What each slice does in one fresh Python: each in a module of its own, as a worker would load it. */
function runAll(cases: readonly { readonly text: string; readonly entry: string; readonly args: string }[]): Outcome[] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'corewise-slice-'));
  try {
    const program = `
import contextlib, importlib.util, io, json, sys, traceback
for i, it in enumerate(json.load(open(sys.argv[1], encoding='utf-8'))):
    name, file = f'case_{i}', f'{sys.argv[2]}/case_{i}.py'
    open(file, 'w', encoding='utf-8', newline='').write(it['text'])
    out, result, lines = io.StringIO(), '', []
    with contextlib.redirect_stdout(out):
        try:
            spec = importlib.util.spec_from_file_location(name, file)
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            value = eval(f"({it['entry']})(*{it['args']})", module.__dict__)
            if hasattr(value, '__await__'):
                import asyncio
                value = asyncio.new_event_loop().run_until_complete(value)
            result = repr(value)
        except Exception as e:
            result = f'{type(e).__name__}: {e}'
            lines = [f.lineno for f in traceback.extract_tb(e.__traceback__) if f.filename == file]
    print(json.dumps({'result': result, 'printed': out.getvalue().split(), 'lines': lines}))
`;
    fs.writeFileSync(path.join(folder, 'cases.json'), JSON.stringify(cases));
    fs.writeFileSync(path.join(folder, 'run.py'), program);
    const output = execFileSync('python3', ['-B', path.join(folder, 'run.py'), path.join(folder, 'cases.json'), folder], { encoding: 'utf8', timeout: 60_000 });
    return output.trim().split('\n').map((it) => JSON.parse(it) as Outcome);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface Case {
  readonly title: string;
  readonly code: string;
  /** The function; `f` where absent. */
  readonly name?: string;
  readonly args?: string;
  readonly inputs?: string;
  readonly result: string;
  /** Words that the module prints while it is loaded and called. */
  readonly printed?: string[];
  readonly lines?: number[];
  /** Codes of the warnings. */
  readonly warns?: string[];
}

const cases: Case[] = [
  { title: 'a function alone', code: 'print("top")\ndef f(n):\n    return n + 1\nprint("end")\n', args: '(1,)', result: '2' },
  { title: 'constants and helpers', code: 'A = 2\nB = A * 3\nC = print("no")\ndef g(n): return n * B\ndef f(n): return g(n) + A\n', args: '(1,)', result: '8' },
  { title: 'imports, one name of many', code: 'import nowhere_at_all\nfrom math import (floor, ceil as up,\n    pi)\nimport os.path, json\ndef f(n): return up(n), os.path.join("a", "b"), json.dumps(n)\n', args: '(1.5,)', result: "(2, 'a/b', '1.5')" },
  { title: 'an import that goes on after a backslash', code: 'from math import floor, \\\n    ceil, \\\n    pi\ndef f(n): return floor(n), pi > 3\n', args: '(1.5,)', result: '(1, True)' },
  { title: 'a backslash before the only name', code: 'from math import floor, \\\n    ceil\ndef f(n): return ceil(n)\n', args: '(1.5,)', result: '2' },
  { title: 'an import that may fail', code: 'try:\n    import nowhere_at_all as np\nexcept ImportError:\n    np = None\ndef f(): return np\n', result: 'None' },
  { title: 'a class with its bases and decorators', code: 'from dataclasses import dataclass\n@dataclass\nclass A:\n    n: int = 1\nclass B(A):\n    def m(self): return self.n\nprint("no")\ndef f(): return B(3).m()\n', result: '3' },
  { title: 'decorators with what they reach', code: 'from functools import wraps\ndef twice(g):\n    @wraps(g)\n    def inner(n): return g(n) * FACTOR\n    return inner\nFACTOR = 2\n@twice\ndef f(n): return n\n', args: '(4,)', result: '8' },
  { title: 'a loop that fills a table', code: 'table = {}\nfor i in range(3):\n    table[i] = i * i\nprint("no")\ndef f(n): return table[n]\n', args: '(2,)', result: '4' },
  { title: 'appends, updates and setdefault', code: 'a = []\na.append(1)\na.extend([2])\nb = {}\nb.update(x=1)\nb.setdefault("y", 2)\nc = {1}\nc.add(2)\nd = [1, 2]\ndel d[0]\ne = 1\ne += 1\ndef f(): return a, b, c, d, e\n', result: "([1, 2], {'x': 1, 'y': 2}, {1, 2}, [2], 2)" },
  { title: 'attributes set from outside', code: 'class C: pass\nC.limit = 3\nsetattr(C, "more", 4)\nprint("no")\ndef f(): return C.limit, C.more\n', result: '(3, 4)' },
  { title: 'a name that is given twice', code: 'x = 1\nx = x + 1\nif x > 1:\n    x = 10\ndef f(): return x\n', result: '10' },
  { title: 'a registering decorator', code: 'handlers = {}\ndef register(g):\n    handlers[g.__name__] = g\n    return g\n@register\ndef a(): return 1\n@register\ndef b(): return 2\ndef f(n): return handlers[n]()\n', args: '("b",)', result: '2' },
  { title: 'single dispatch', code: 'from functools import singledispatch\n@singledispatch\ndef f(n): return "any"\n@f.register(int)\ndef _(n): return "int"\n@f.register\ndef _(n: str): return "str"\n', args: '("a",)', result: "'str'" },
  { title: 'no main block', code: 'def f(): return 1\nif __name__ == "__main__":\n    print("main")\n', result: '1' },
  { title: 'a function of the main block', code: 'import json\nif "__main__" == __name__:\n    print("main")\n    K = 2\n    def f(n): return json.dumps(n * K)\n    print(f(1))\n', args: '(2,)', result: "'4'" },
  { title: 'what only type checkers read', code: 'from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nowhere_at_all import T\nelse:\n    T = 5\ndef f(n: Unknown) -> T:\n    x: Missing = n\n    return x\ndef g(): return T\n', args: '(2,)', result: '2' },
  { title: 'the other branch of it', code: 'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nowhere_at_all import T\nelse:\n    T = 5\ndef f(): return T\n', result: '5' },
  { title: 'annotations that are evaluated', code: 'class T: pass\ndef f(n: T = None) -> "Missing": return n\n', result: 'None' },
  { title: 'star imports', code: 'from math import *\ndef f(n): return floor(n)\n', args: '(1.5,)', result: '1' },
  { title: 'settings of the process', code: 'import os, sys\nsys.path.insert(0, "/corewise-test")\nos.environ["COREWISE_TEST"] = "1"\nprint("no")\ndef f():\n    import os, sys\n    return sys.path[0], os.environ["COREWISE_TEST"]\n', result: "('/corewise-test', '1')" },
  { title: 'a seed', code: 'import random\nrandom.seed(1)\nrandom.shuffle([])\ndef f(): return random.random()\n', result: '0.13436424411240122' },
  { title: 'the precision of decimals', code: 'from decimal import Decimal, getcontext\ngetcontext().prec = 5\ndef f(): return Decimal(1) / 3\n', result: "Decimal('0.33333')" },
  { title: 'a static and a class method', code: 'class C:\n    k = 2\n    @staticmethod\n    def s(n): return n\n    @classmethod\n    def f(cls, n): return cls.s(n) * cls.k\n', name: 'C.f', args: '(3,)', result: '6' },
  { title: 'a method on a new object', code: 'class C:\n    def __init__(self): self.k = 4\n    def m(self, n): return n * self.k\n', name: 'C.m', args: '(2,)', result: '8', warns: ['new-object'] },
  { title: 'a nested function', code: 'K = 3\nprint("no")\ndef outer(xs):\n    print("no")\n    if xs:\n        for x in xs:\n            def inner(n):\n                return n * K if n < 2 else inner(n - 1)\n    return inner\n', name: 'outer.inner', args: '(4,)', result: '3' },
  { title: 'a nested function indented by tabs', code: 'def outer():\n\ttry:\n\t\tpass\n\texcept ValueError:\n\t\tdef inner(n):\n\t\t\treturn n\n', name: 'outer.inner', args: '(4,)', result: '4' },
  { title: 'a nested function of a method', code: 'class C:\n    @staticmethod\n    def m():\n        def inner(n): return n + 1\n        return inner\n', name: 'C.m.inner', args: '(4,)', result: '5' },
  { title: 'a lambda', code: 'k = 2\nf = lambda n: n * k\n', args: '(4,)', result: '8' },
  { title: 'a coroutine', code: 'import asyncio\nasync def g(): await asyncio.sleep(0); return 2\nasync def f(): return await g() + 1\n', result: '3' },
  { title: 'statements that share a line', code: 'a = 1; b = 2; print("no"); c = 3\nd = 4; e = 5\ndef f(): return b, c, e\n', result: '(2, 3, 5)' },
  { title: 'CRLF and a continued line', code: 'a = 1 + \\\r\n    2\r\nprint("no")\r\ndef f():\r\n    return a\r\n', result: '3' },
  { title: 'a docstring that is used', code: '"""Text  \n  more"""\ndef f(): return __doc__\n', result: "'Text  \\n  more'" },
  { title: 'strings with blanks at line ends', code: 'A = """x  \n  \ny"""\nprint("no")\ndef f(): return A\n', result: "'x  \\n  \\ny'" },
  { title: 'broken code elsewhere', code: 'def broken(a):\n    x = [1,\n\ny = (\ndef f(n):\n    return n\n\nclass Half(\n', args: '(1,)', result: '1' },
  { title: 'lines of a traceback', code: 'print("no")\n\n\ndef g(n):\n    # nothing\n    return 1 / n\n\n\nprint("no")\ndef f(n):\n    return g(n)\n', args: '(0,)', result: 'ZeroDivisionError: division by zero', lines: [11, 6] },
  { title: 'lines of a traceback in a nested function', code: 'def outer():\n    x = 1\n    def inner(n):\n        return 1 / n\n    return inner\n', name: 'outer.inner', args: '(0,)', result: 'ZeroDivisionError: division by zero', lines: [4] },
  { title: 'a needed initialiser that prints', code: 'def load():\n    print("loading")\n    return 3\nTABLE = load()\nOTHER = print("no")\ndef f(): return TABLE\n', result: '3', printed: ['loading'] },
  { title: 'names of an inputs expression', code: 'LIMIT = 2\ndef case(n): return n * LIMIT\nOTHER = print("no")\ndef f(n): return n\n', inputs: '[case(i) for i in range(LIMIT)]', args: '([case(i) for i in range(LIMIT)],)', result: '[0, 2]' },
  { title: 'names set by globals()', code: 'globals().update(dynamic=7)\nprint("no")\ndef f(): return dynamic\n', result: '7' },
  { title: 'an assignment expression and a with statement', code: 'import io\nif (size := len("abc")) > 2:\n    pass\nwith io.StringIO("text") as stream:\n    text = stream.read()\ndef f(): return size, text\n', result: "(3, 'text')" },
  { title: 'module state that it changes', code: 'count = 0\nseen = []\ndef f(n):\n    global count\n    count += 1\n    seen.append(n)\n    return count, seen\n', args: '(5,)', result: '(1, [5])', warns: ['module-state', 'module-state'] },
  { title: 'set-up that is not run', code: 'cache = {}\ndef setup():\n    cache["a"] = 1\nsetup()\ndef f(): return cache\n', result: '{}', warns: ['skipped-setup'] },
  { title: 'names that only the main block sets', code: 'def f(): return args\nif __name__ == "__main__":\n    args = 1\n', result: "NameError: name 'args' is not defined", lines: [1], warns: ['skipped-setup'] },
];

describe('slices of Python modules', function () {
  this.timeout(90_000);
  let outcomes: Outcome[];
  const slices = new Map<Case, PythonSlice>();

  before(() => {
    const inputs = cases.map((it) => {
      const slice = sliced(it.code, it.name ?? 'f', it.inputs);
      assert(slice.ok, `${it.title}: ${slice.ok ? '' : slice.error.message}`);
      slices.set(it, slice.value);
      return { text: slice.value.text, entry: slice.value.entry, args: it.args ?? '()' };
    });
    outcomes = runAll(inputs);
  });

  cases.forEach((it_, index) => {
    it(`run ${it_.title}`, () => {
      const { result, printed, lines } = outcomes[index]!;
      assert.equal(result, it_.result);
      assert.deepEqual(printed, it_.printed ?? []);
      assert.deepEqual(lines, it_.lines ?? []);
      assert.deepEqual(slices.get(it_)!.warnings.map(({ code }) => code), it_.warns ?? []);
    });
  });

  it('keep every line and column of what they keep', () => {
    for (const [{ code }, { text }] of slices) {
      const lines = text.split('\n');
      code.split('\n').forEach((line, index) => {
        const kept = lines[index] ?? '';
        for (let column = 0; column < kept.length; column++) {
          const added = /if 1:|0;/.test(kept);
          assert(kept[column] === ' ' || kept[column] === '\r' || kept[column] === line[column] || added, `${JSON.stringify(kept)} of ${JSON.stringify(line)}`);
        }
      });
    }
  });

  it('say what they keep, leave out and use, and why', () => {
    const slice = sliced('import os, re\nA = re.compile("a")\nB = 1\nprint(B)\nif __name__ == "__main__":\n    f(1)\ndef f(n): return A.match(n)\n', 'f');
    assert(slice.ok);
    const { captures, kept, leftOut, importName } = slice.value;
    assert.deepEqual(captures, ['A']);
    assert.equal(importName, 'f');
    assert.deepEqual(kept.map(({ what, line, why }) => `${line} ${what}: ${why}`), [
      '1 import re: used by `A`',
      '2 A = re.compile("a"): used by `f`',
      '7 def f(n): return A.match(n): the target',
    ]);
    assert.deepEqual(leftOut.map(({ what, line, why }) => `${line} ${what}: ${why}`), [
      '1 import os: not needed',
      '3 B = 1: not needed',
      '4 print(B): changes nothing that is needed',
      '5 if __name__ == "__main__":: only for a file that is started itself',
    ]);
  });

  const refusals: [title: string, code: string, name: string, expected: string][] = [
    ['a closure', 'def o(k):\n    def f(n): return n * k\n', 'o.f', 'closure'],
    ['a generator', 'def f(): yield 1\n', 'f', 'generator'],
    ['eval of the module', 'X = 1\ndef f(text): return eval(text)\n', 'f', 'eval'],
    ['globals', 'def f(name): return globals()[name]\n', 'f', 'eval'],
    ['a broken function', 'def f(n):\n    return (n +\n\ndef g(): pass\n', 'f', 'syntax'],
    ['a broken helper', 'def g(n):\n    return n n\ndef f(n): return g(n)\n', 'f', 'syntax'],
    ['a nested function that needs its outer one', 'def o(n):\n    def f(m): return o(m)\n    return n\n', 'o.f', 'nested'],
  ];
  for (const [title, code, name, expected] of refusals) {
    it(`refuse ${title}`, () => {
      const slice = sliced(code, name);
      assert.equal(!slice.ok && slice.error.code, expected);
    });
  }

  const accepted: [title: string, code: string][] = [
    ['eval with names of its own', 'def f(text): return eval(text, {})\n'],
    ['a function called eval', 'def eval(x): return x\ndef f(text): return eval(text)\n'],
    ['broken code beside it', 'def g(n):\n    return n n\ndef f(n): return n\n'],
  ];
  for (const [title, code] of accepted) {
    it(`take ${title}`, () => assert(sliced(code, 'f').ok));
  }

  it('give what the whole module gives', () => {
    // A module of constants, tables and functions, each using some of those before it.
    const module_ = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.array(fc.nat(20), { maxLength: 3 }), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 9 }).map((parts) => {
      const kinds: string[] = [];
      const lines = parts.map(([kind, uses, n], i) => {
        const used = uses.filter((it) => it < i).map((it) => (kinds[it] === 'function' ? `x${it}(1)` : kinds[it] === 'table' ? `sum(x${it}.values())` : `x${it}`));
        const sum = [String(n), ...used].join(' + ');
        kinds[i] = kind < 2 ? 'function' : kind === 2 ? 'table' : 'value';
        if (kind === 0) return `def x${i}(n):\n    # a comment\n    return n + ${sum}`;
        if (kind === 1) return `@staticmethod\ndef y${i}(n): return n\ndef x${i}(n): return y${i}.__func__(n) * (${sum})`;
        if (kind === 2) return `x${i} = {}\nfor k in range(${n}):\n    x${i}[k] = ${sum}`;
        if (kind === 3) return `x${i} = ${sum}; z${i} = 1`;
        return kind === 4 ? `x${i} = 1\nx${i} += ${sum}` : `if ${n} > 4:\n    x${i} = ${sum}\nelse:\n    x${i} = 0`;
      });
      return `${lines.join('\n')}\ndef f(n):\n    return n + x${parts.length - 1}${kinds.at(-1) === 'function' ? '(2)' : kinds.at(-1) === 'table' ? '[0]' : ''}\n`;
    });
    const pairs = fc.sample(module_, { numRuns: 300, seed: 7 }).map((code) => {
      const slice = sliced(code, 'f');
      assert(slice.ok);
      return { code, text: slice.value.text };
    });
    const results = runAll(pairs.flatMap(({ code, text }) => [code, text].map((it) => ({ text: it, entry: 'f', args: '(1,)' })))).map(({ result }) => result);
    pairs.forEach(({ code }, i) => assert.equal(results[2 * i + 1], results[2 * i], code));
    assert(results.every((it) => /^\d+$/.test(it)));
  });
});
