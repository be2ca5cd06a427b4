import assert from 'node:assert/strict';
import { parse } from '../../../../src/source/python/parse';
import { freeNames, holderOf, scopesOf, type Scope, type Scopes } from '../../../../src/source/python/scopes';

function scopes(text: string): Scopes {
  const source = parse('/p/a.py', text);
  assert(source.ok);
  return scopesOf(source.value);
}

const titleOf = ({ kind, name, parent }: Scope): string => (parent ? name || kind : 'module');

/** `name:use@holder` for each use, in order; the scope that it is used in goes before where it is another. */
function uses(text: string): string {
  const shown = scopes(text).uses.map(({ name, kind, scope }) => {
    const holder = holderOf(scope, name);
    const sign = { read: '', write: '=', update: '+=', delete: '-' }[kind];
    return `${holder === scope ? '' : `${titleOf(scope)}>`}${titleOf(holder)}.${name}${sign}`;
  });
  return shown.join(' ');
}

describe('Python scopes', () => {
  const cases: [title: string, code: string, expected: string][] = [
    ['assignments', 'x = y = z', 'module.x= module.y= module.z'],
    ['unpacking', 'a, (b, *c), d.e, f[g] = h', 'module.a= module.b= module.c= module.d module.f module.g module.h'],
    ['updates', 'x += y\na.b -= c', 'module.x+= module.y module.a module.c'],
    ['annotations', 'x: int = y\nz: str', 'module.x= module.int module.y module.str'],
    ['del', 'del a, b.c, d[e]', 'module.a- module.b module.d module.e'],
    ['loops', 'for i, j in k:\n  i', 'module.i= module.j= module.k module.i'],
    ['with', 'with a as b, c as (d, e.f): d', 'module.a module.b= module.c module.d= module.e module.d'],
    ['handlers', 'try: a\nexcept (B, C) as d: d', 'module.a module.B module.C module.d= module.d'],
    ['imports', 'import a.b.c, d as e\nfrom .f import (g, h as i)\nfrom j import *', 'module.a= module.e= module.g= module.i='],
    ['attributes and keywords', 'a.b.c(d=e, *f, **g)', 'module.a module.e module.f module.g'],
    ['a function', 'def f(a, b=c, *d: e, **g) -> h: return a', 'module.f= f.a= f.b= module.c f.d= module.e f.g= module.h f.a'],
    ['an assignment that makes a name local', 'x = 1\ndef f():\n  x\n  x = 2', 'module.x= module.f= f.x f.x='],
    ['global', 'x = 1\ndef f():\n  global x\n  x = 2', 'module.x= module.f= f>module.x='],
    ['nonlocal', 'def f():\n  x = 1\n  def g():\n    nonlocal x\n    x += 1', 'module.f= f.x= f.g= g>f.x+='],
    ['closures', 'def f(a):\n  def g():\n    def h(): return a', 'module.f= f.a= f.g= g.h= h>f.a'],
    ['a class body', 'x = 1\nclass C:\n  x = 2\n  def m(self): return x', 'module.x= module.C= C.x= C.m= m.self= m>module.x'],
    ['defaults in a class', 'class C:\n  x = 2\n  def m(self, y=x): pass', 'module.C= C.x= C.m= m.self= m.y= C.x'],
    ['private names', 'class _C:\n  __x = 1\n  def m(self): return __x, __y__', 'module._C= _C._C__x= _C.m= m.self= m>module._C__x m>module.__y__'],
    ['decorators', '@a.b(c)\ndef f(): pass', 'module.a module.c module.f='],
    ['super', 'class C:\n  def m(self): super().m()', 'module.C= C.m= m.self= m>module.super m>C.__class__'],
    ['a lambda', 'f = lambda x, y=z: x + y + w', 'module.f= lambda.x= lambda.y= module.z lambda.x lambda.y lambda>module.w'],
    ['a comprehension', '[x + y for x in z if x for w in x]', 'comprehension.x comprehension>module.y comprehension.x= module.z comprehension.x comprehension.w= comprehension.x'],
    ['a comprehension in a class', 'class C:\n  a = 1\n  b = [a for _ in a]', 'module.C= C.a= C.b= comprehension>module.a comprehension._= C.a'],
    ['a generator argument', 'f(x for x in y)', 'module.f comprehension.x comprehension.x= module.y'],
    ['a walrus', 'def f():\n  if (x := g()): [y := x for _ in x]', 'module.f= f.x= f>module.g comprehension>f.y= comprehension>f.x comprehension._= f.x'],
    ['a walrus argument', 'f(x := 1, y=2)', 'module.f module.x='],
    ['formatted strings', 'f"{a!r:>{b}} {c.d}"', 'module.a module.b module.c'],
    ['patterns', 'match a:\n  case {"k": v, **r} | P(x, y=z) | [_, *w] | Q.R as n if g: v', 'module.a module.v= module.r= module.P module.x= module.z= module.w= module.Q module.n= module.g module.v'],
    ['type parameters', 'def f[T: B](a: T) -> T: return T', 'module.f= type-parameters.T= type-value>module.B f.a= type-parameters.T type-parameters.T f>type-parameters.T'],
    ['a generic class', 'class C[T](B[T]):\n  x: T', 'module.C= type-parameters.T= type-parameters>module.B type-parameters.T C>type-parameters.T'],
    ['a type alias', 'type X[T] = list[T]\ntype Y = X', 'module.X= type-parameters.T= type-value>module.list type-value>type-parameters.T module.Y= type-value>module.X'],
  ];
  for (const [title, code, expected] of cases) {
    it(`of ${title}`, () => assert.equal(uses(`${code}\n`), expected));
  }

  it('tell what a function takes from those around it', () => {
    const { module, of } = scopes('def f(a):\n  b = 1\n  def g(c):\n    return [a + c + len(d) for d in b]\n');
    const [f] = module.children;
    const g = f!.children[0]!;
    assert.deepEqual(freeNames(g), ['b', 'a']);
    assert.deepEqual(freeNames(f!), []);
    assert.equal(of.get(g.node), g);
  });

  it('tell generators', () => {
    const { module } = scopes('def f():\n  yield\ndef g():\n  x = yield 1\ndef h():\n  def i(): yield\n  return lambda: (yield)\n');
    assert.deepEqual(module.children.map((it) => it.yields), [true, true, false]);
  });
});
