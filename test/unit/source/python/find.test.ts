import assert from 'node:assert/strict';
import { functionAt, listFunctions, locatedByName, read } from '../../../../src/source/python/find';

/** The function at `[cursor]` (or between two of them) in `code`. */
function at(code: string) {
  const [before, ...rest] = code.split('[cursor]');
  const text = before + rest.join('');
  const start = before!.length;
  return functionAt('/p/a.py', text, start, rest.length === 2 ? start + rest[0]!.length : start);
}

/** What a person would call it, or `!code` where it is refused. */
function named(code: string): string {
  const result = at(code);
  if (!result.ok) return `!${result.error.code}`;
  const { name, refusal } = result.value;
  return refusal ? `${name} !${refusal.code}` : name;
}

/** The expression that reaches each function of a file, or `!code`. */
function entries(code: string): Record<string, string> {
  const file = read('/p/a.py', code);
  assert(file.ok);
  return Object.fromEntries(file.value.functions.map((it) => [it.found.name, it.reach?.entry ?? `!${it.found.refusal?.code}`]));
}

describe('the Python function at the cursor', () => {
  const cases: [title: string, code: string, expected: string][] = [
    ['its body', 'def f(n):\n    return n[cursor]\n', 'f'],
    ['its keyword', 'de[cursor]f f(n):\n    return n\n', 'f'],
    ['the white space before its line', 'def f(n):\n [cursor]   return n\n', 'f'],
    ['a decorator', '@cache[cursor]\ndef f(n):\n    return n\n', 'f'],
    ['a decorator of any kind', '@caches[0].on\n@x\ndef f(n):\n    return n[cursor]\n', 'f'],
    ['an async function', 'async def f(n):\n    await n[cursor]\n', 'f'],
    ['a method', 'class C:\n    def m(self):\n        return 1[cursor]\n', 'C.m'],
    ['a static method', 'class C:\n    @staticmethod\n    def m(n):\n        return n[cursor]\n', 'C.m'],
    ['a class in a class', 'class A:\n    class B:\n        def m(self): return [cursor]1\n', 'A.B.m'],
    ['a nested function', 'def f():\n    def g(n):\n        return n[cursor]\n    return g(1)\n', 'f.g'],
    ['a lambda with a name', 'f = lambda n: n[cursor] + 1\n', 'f'],
    ['a lambda without one', 'def f(a):\n    return map(lambda n: n[cursor] + 1, a)\n', 'f'],
    ['the main block', 'if __name__ == "__main__":\n    def f(n):\n        return n[cursor]\n', 'f'],
    ['a try statement', 'try:\n    import a\nexcept ImportError:\n    def a(n): return n[cursor]\n', 'a'],
    ['the comment above', '# Adds.\n# And[cursor] more.\ndef f(n):\n    return n\n', 'f'],
    ['an empty line at its end', 'def f(n):\n    return n\n    [cursor]\n\ndef g(): pass\n', 'f'],
    ['an empty line after a nested function', 'def f(n):\n    def g():\n        return 1\n    [cursor]\n', 'f'],
    ['a comment at its end', 'def f(n):\n    return n  # here\n    # the[cursor] end\n', 'f'],
    ['a selection', 'def f(n):\n    [cursor]return n[cursor]\n', 'f'],
    ['a selection of two functions', 'def f(n): [cursor]return n\ndef g(n): [cursor]return n\n', '!no-function'],
    ['no function', 'x = 1[cursor]\ndef f(): pass\n', '!no-function'],
    ['an empty line between functions', 'def f(): pass\n[cursor]\ndef g(): pass\n', '!no-function'],
    ['code after an error above', 'x = f(1,\n\ndef g(n):\n    return n[cursor]\n', 'g'],
    ['code before an error below', 'def g(n):\n    return n[cursor]\n\nclass C(\n    def m(self', 'g'],
    ['code that is being typed', 'def g(n):\n    if n >[cursor]\n\ndef f(): pass\n', 'g'],
  ];
  for (const [title, code, expected] of cases) {
    it(`from ${title}`, () => assert.equal(named(code), expected));
  }
});

describe('the functions of a Python file', () => {
  it('are reached by name, class, or a new object', () => {
    const code = [
      'def f(): pass',
      'g = lambda x: x',
      'class C:',
      '    @staticmethod',
      '    def s(): pass',
      '    @classmethod',
      '    def c(cls): pass',
      '    def m(self): return self',
      'def outer():',
      '    def inner(n): return inner(n - 1) if n else 0',
      '    return inner',
    ].join('\n');
    assert.deepEqual(entries(code), { f: 'f', g: 'g', 'C.s': 'C.s', 'C.c': 'C.c', 'C.m': 'C().m', outer: 'outer', 'outer.inner': 'inner' });
  });

  const refusals: [title: string, code: string, expected: Record<string, string>, message: RegExp][] = [
    ['a closure', 'def f(k):\n    def g(n): return n * k\n', { f: 'f', 'f.g': '!closure' }, /`k` of `f`.*pass what it uses/],
    ['a closure by a default', 'def f(k):\n    def g(n, m=k): return n\n', { f: 'f', 'f.g': '!closure' }, /`k` of `f`/],
    ['a closure by a decorator', 'def f(wrap):\n    @wrap\n    def g(n): return n\n', { f: 'f', 'f.g': '!closure' }, /`wrap` of `f`/],
    ['a nested function whose name is taken', 'def f():\n    def g(n): return n\ng = 1\n', { f: 'f', 'f.g': '!nested' }, /line 3 gives its name/],
    ['a method of a class in a function', 'def f():\n    class C:\n        def m(self): pass\n', { f: 'f', 'f.C.m': '!nested' }, /only while `f.*` runs/],
    ['a generator', 'def f():\n    yield 1\n', { f: '!generator' }, /returns a list/],
    ['an async generator', 'async def f():\n    yield\n', { f: '!generator' }, /an async generator/],
    ['a property', 'class C:\n    @property\n    def p(self): return 1\n', { 'C.p': '!accessor' }, /is a property/],
    ['a constructor', 'class C:\n    def __init__(self): pass\n', { 'C.__init__': '!constructor' }, /makes an object/],
    ['a method of an object with arguments', 'class C:\n    def __init__(self, a, *, b): pass\n    def m(self): return self.a\n', { 'C.__init__': '!constructor', 'C.m': '!needs-instance' }, /takes 2 arguments/],
    ['a method that could be static', 'class C:\n    def __init__(self, a): pass\n    def m(self, n): return n\n', { 'C.__init__': '!constructor', 'C.m': '!needs-instance' }, /make it a `@staticmethod`/],
    ['a method of a base with arguments', 'class A:\n    def __init__(self, a): self.a = a\nclass B(A):\n    def m(self): return self.a\n', { 'A.__init__': '!constructor', 'B.m': '!needs-instance' }, /`B\(…\)` takes an argument/],
    ['a method of a dataclass', '@dataclass\nclass C:\n    a: int\n    b: int = 1\n    c: ClassVar[int]\n    d: list = field(default_factory=list)\n    def m(self): return self.a\n', { 'C.m': '!needs-instance' }, /takes an argument/],
    ['an abstract method', 'class C(ABC):\n    @abstractmethod\n    def a(self): pass\n    def m(self): return self.a()\n', { 'C.a': '!abstract', 'C.m': '!abstract' }, /is abstract/],
    ['a needed keyword', 'def f(a, *, key): return a\n', { f: '!keyword-only' }, /needs `key` by keyword/],
    ['a definition that another replaces', 'def f(): return 1\ndef f(): return 2\n', { f: 'f' }, /defined again at line 2/],
  ];
  for (const [title, code, expected, message] of refusals) {
    it(`refuse ${title}`, () => {
      assert.deepEqual(entries(code), expected);
      const messages = listFunctions('/p/a.py', code).map((it) => it.refusal?.message ?? '');
      assert.match(messages.join('\n'), message);
    });
  }

  it('leave out what only describes', () => {
    assert.deepEqual(Object.keys(entries('@overload\ndef f(a: int): ...\n@typing.overload\ndef f(a: str): ...\ndef f(a): return a\n')), ['f']);
  });

  it('let a dataclass with defaults, a known base and conditions make objects', () => {
    const code = [
      '@dataclass',
      'class D:',
      '    a: int = 1',
      '    b: list = field(default_factory=list)',
      '    def m(self): return self.a',
      'class A:',
      '    def __init__(self, a=1, *rest, **more): pass',
      'class B(A):',
      '    if True:',
      '        def m(self): return 1',
    ].join('\n');
    assert.deepEqual(entries(code), { 'D.m': 'D().m', 'A.__init__': '!constructor', 'B.m': 'B().m' });
  });

  const parameters: [code: string, names: string[], least: number, most: number][] = [
    ['def f(): pass', [], 0, 0],
    ['def f(a, b=1): pass', ['a', 'b'], 1, 2],
    ['def f(a, /, b, *, c=1, **d): pass', ['a', 'b'], 2, 2],
    ['def f(a: int = g(1, 2), *b: str, c=b): pass', ['a', '*b'], 0, Infinity],
    ['f = lambda a, /, b=1, *, c=2: a', ['a', 'b'], 1, 2],
    ['class C:\n    def f(self, a): pass', ['a'], 1, 1],
    ['class C:\n    @classmethod\n    def f(cls, *a): pass', ['*a'], 0, Infinity],
    ['class C:\n    @staticmethod\n    def f(a): pass', ['a'], 1, 1],
  ];
  for (const [code, names, least, most] of parameters) {
    it(`take the parameters of ${code.split('\n').at(-1)!.trim()}`, () => {
      assert.deepEqual(listFunctions('/p/a.py', code)[0]!.parameters, { names, least, most });
    });
  }

  const examples: [title: string, code: string, expected: string[]][] = [
    ['each call', 'def f(n):\n    """\n    >>> f(20000)\n    2262\n    >>> f(3)\n    2\n    """\n', ['[20000, 3]']],
    ['tuples for more arguments', 'def f(a, b):\n    """\n    >>> x = f(1, "a")\n    >>> f(2,\n    ...   "b")\n    """\n', ['[(1, "a"), (2, "b")]']],
    ['a value that may be a tuple', 'N = 1\ndef f(a):\n    """>>> f(N)"""\n', ['[(N,)]']],
    ['nothing that only the example knows', 'def f(a):\n    """\n    >>> x = 1\n    >>> f(x)\n    """\n', []],
    ['nothing by keyword', 'def f(a):\n    """>>> f(a=1)"""\n', []],
    ['methods', 'class C:\n    def f(self, a):\n        """>>> C().f([1])"""\n', ['[[1]]']],
  ];
  for (const [title, code, expected] of examples) {
    it(`offer ${title} of the doctest`, () => assert.deepEqual(listFunctions('/p/a.py', code)[0]!.examples, expected));
  }

  it('are found again by name and place', () => {
    const file = read('/p/a.py', 'if a:\n    def f(): return 1\nelse:\n    def f(): return 2\n');
    assert(file.ok);
    assert.equal(locatedByName(file.value, 'f', 4, 9)?.found.line, 4);
    assert.equal(locatedByName(file.value, 'g', 4, 9), null);
  });
});
