import assert from 'node:assert/strict';
import { faultIn, lineOf, parse, type PySource } from '../../../../src/source/python/parse';
import { childOf, childrenOf, statementsOf, walk, type PyNode } from '../../../../src/source/python/tree';

function read(text: string): PySource {
  const source = parse('/p/a.py', text);
  assert(source.ok);
  return source.value;
}

/** The kinds of the definitions at the top level. */
const definitions = (text: string): string => childrenOf(read(text).root, 'FunctionDefinition', 'ClassDefinition').map((it) => it.kind).join(' ');

const faults = (text: string): number | null => {
  const source = read(text);
  return faultIn(source, source.root);
};

describe('a Python tree', () => {
  const syntax: [title: string, code: string][] = [
    ['a yield without a value', 'def f():\n    x = yield\n    yield\n    g((yield), [(yield)])\n'],
    ['numbers that end with a dot', 'x = 1. + 2.*3 - 1.e5 + 1.j\ny = f(1., 2.)\n'],
    ['the targets of with', 'with a as b.c, d as (e, [f]), g() as h[0]:\n    pass\n'],
    ['with in parentheses', 'with (open(a) as b, open(c) as d.e,):\n    pass\nwith (a as b):\n    pass\n'],
    ['an async with', 'async def f():\n    async with a as b[0], c:\n        pass\n'],
    ['empty patterns', 'match a:\n    case X() | a.b.Y():\n        pass\n    case [] | {} | ():\n        pass\n    case():\n        pass\n'],
    ['a key with a dot', 'match a:\n    case {A.b: x, "c": C.d.e(), **rest}:\n        pass\n'],
    ['several subjects', 'match a, b[0]:\n    case x, y:\n        pass\n'],
    ['unpacking between brackets', 'x = a[*b, *c]\ndef f(*args: *Ts): pass\nfor x in *a, b: pass\ny = [z for a, *z in b]\n'],
    ['a marker in a lambda', 'x = lambda a, /, b, *, c: a / b\ny = lambda a,: a\n'],
    ['type parameters with defaults', 'type X[T = int, U: str = str] = list[T]\nclass C[T, *Ts, **P](B): pass\ndef f[T: (int, str)](a: T) -> T: pass\n'],
    ['decorators of any kind', '@a.b(1)\n@c[0].d\n@(lambda f: f)\nclass A:\n    @e(1)(2)\n    async def f(self): pass\n'],
    ['print as a name', 'print, x = 1, 2\nf(print, key=print)\nprint = print if a else b\nprint >> f\n'],
    ['match and case as names', 'match = re.match(a)\nmatch[0]()\ncase = 1\nmatch.x, case.y = a\n'],
    ['template and formatted strings', 't"{a!r:>{w.x}}" rf"\\{b}" f"\\N{DASH} {c=} {{d}}" f\'{e["f"]:%H:%M}\'\n'],
    ['quotes in fields', 'f"{a["b"]}" + f"{f"{c}"}"\n'],
    ['form feeds and CRLF', '\f\nimport a\r\n\f\ndef f():\r\n    x = 1 + \\\r\n        2\r\n    return x\r\n'],
    ['a byte order mark', '\ufeffimport a\n'],
    ['lone carriage returns', 'import a\rdef f():\r    return 1\r'],
    ['thousands of empty lines', `import a${'\n'.repeat(3000)}def f():${'\n'.repeat(3000)}    return a${'\r\n'.repeat(3000)}`],
    ['names outside of ASCII', 'größe = 1\ndef 面積(x): return x * größe\n'],
  ];
  for (const [title, code] of syntax) {
    it(`knows ${title}`, () => assert.equal(faults(code), null));
  }

  it('keeps its text when the grammar reads another', () => {
    const source = read('with a as (b, c):\n    pass\n');
    const [statement] = statementsOf(source.root);
    const names: string[] = [];
    walk(statement!, (node) => void (node.kind === 'VariableName' && names.push(source.text.slice(node.start, node.end))));
    assert.deepEqual(names, ['a', 'b', 'c']);
    assert.equal(source.text.slice(childOf(statement!, 'as')!.start, childOf(statement!, 'as')!.end), 'as');
  });

  it('holds decorators of any kind with their definition', () => {
    const source = read('x = 1\n@a[0].b\n@c\ndef f(): pass\ny = 2\n');
    const [, decorated] = statementsOf(source.root);
    assert.deepEqual(decorated!.children.map((it) => it.kind), ['Decorator', 'Decorator', 'FunctionDefinition']);
    const texts = decorated!.children.map((it: PyNode) => source.text.slice(it.start, it.end));
    assert.deepEqual(texts, ['@a[0].b', '@c', 'def f(): pass']);
  });

  it('ends nodes where their code ends', () => {
    const source = read('def f():\n    return 1  # one\n\n\n# far below\ndef g(): pass\n');
    assert.equal(source.root.children[0]!.end, source.text.indexOf('1') + 1);
  });

  const broken: [title: string, code: string, expected: string][] = [
    ['an open bracket', 'x = f(1,\ndef g():\n    return 1\n', 'FunctionDefinition'],
    ['an open bracket in a body', 'def f():\n    x = [1, {2\n\ndef g():\n    return 1\n', 'FunctionDefinition FunctionDefinition'],
    ['a bracket too many', 'x = f(1))\ndef g():\n    return 1\n', 'FunctionDefinition'],
    ['an open string', "x = 'abc\ndef g():\n    return 1\n", 'FunctionDefinition'],
    ['an open field', 'x = f"abc{d"\ndef g():\n    return 1\n', 'FunctionDefinition'],
    ['an open head', 'def f(a,\n    x = 1\nclass G:\n    pass\n', 'FunctionDefinition ClassDefinition'],
  ];
  for (const [title, code, expected] of broken) {
    it(`reads on after ${title}`, () => {
      assert.equal(definitions(code), expected);
      assert.notEqual(faults(code), null);
    });
  }

  it('ends a yield without a value after its word', () => {
    const source = read('def f(): yield\n');
    assert.equal(source.root.children[0]!.end, 'def f(): yield'.length);
  });

  it('counts lines of every kind', () => {
    const source = read('a\r\nb\rc\nd');
    assert.deepEqual([0, 3, 5, 7].map((at) => lineOf(source, at)), [1, 2, 3, 4]);
  });

  it('declines what is too large', () => {
    const result = parse('/p/a.py', `x = "${'a'.repeat(5_000_000)}"\n`);
    assert.equal(!result.ok && result.error.code, 'too-large');
  });

  it('ends on 10,000 nested brackets', () => {
    const result = parse('/p/a.py', `x = ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`);
    assert.equal(!result.ok && result.error.code, 'too-deep');
  });

  it('ends on long chains of operators', () => {
    const result = parse('/p/a.py', `x = ${'1 + '.repeat(100_000)}1\n`);
    assert(result.ok || result.error.code === 'too-deep');
  });

  it('ends on a long line', () => {
    const result = parse('/p/a.py', `x = [${'1, '.repeat(300_000)}]\ndef f(): pass\n`);
    assert(result.ok);
    assert.equal(statementsOf(result.value.root).length, 2);
  });
});
