import assert from 'node:assert/strict';
import { uncloneable, unsendableAmong } from '../../../../src/runner/node/cloning';
import { parseCsv } from '../../../../src/runner/node/csv';
import { faultOf } from '../../../../src/runner/node/fault';
import { preview, previewArguments } from '../../../../src/runner/node/preview';

describe('unsendable inputs', () => {
  it('are named by their call, their place and what they are', () => {
    assert.equal(unsendableAmong([1, { a: [2, () => 3] }]), 'Call 2 cannot be sent to a worker: its .a[1] is a function.');
    assert.equal(unsendableAmong([Symbol('x')]), 'Call 1 cannot be sent to a worker: it is a symbol.');
    assert.equal(unsendableAmong([1, new Map([[{}, new Date()]])]), null);
  });
});

describe('uncloneable', () => {
  it('finds nothing in plain data, cycles among it', () => {
    const cycle: Record<string, unknown> = { a: [1, new Map([[1, new Date()]])] };
    cycle['self'] = cycle;
    assert.equal(uncloneable(cycle), null);
    assert.equal(uncloneable(undefined), null);
  });

  const cases: [string, unknown, string, string][] = [
    ['a function', () => 1, '', 'a function'],
    ['a named function deep inside', { a: [1, { callback() {} }] }, '.a[1].callback', 'the function callback'],
    ['a symbol', { x: { y: Symbol('q') } }, '.x.y', 'a symbol'],
    ['a promise', [Promise.resolve(1)], '[0]', 'a Promise'],
    ['a weak map', { 'odd key': new WeakMap() }, '["odd key"]', 'a WeakMap'],
    ['a member of a map', new Map([['k', () => 1]]), '.get(k)', 'a function'],
    ['a cycle around a function', (() => { const o: Record<string, unknown> = {}; o['me'] = o; o['f'] = parseCsv; return o; })(), '.f', 'the function parseCsv'],
  ];
  for (const [name, value, path, what] of cases) {
    it(`names the place of ${name}`, () => {
      const trouble = uncloneable(value);
      assert.ok(trouble);
      assert.ok(trouble.path.endsWith(path), trouble.path);
      assert.equal(trouble.what, what);
    });
  }

  it('does not trip over getters that throw', () => {
    const trouble = uncloneable({ get bad(): never { throw new Error('no'); } });
    assert.ok(trouble);
  });
});

describe('preview', () => {
  it('shows plain values as they are written', () => {
    assert.equal(preview(42), '42');
    assert.equal(preview('a\n'), '"a\\n"');
    assert.equal(preview({ a: [1, 2] }), '{ a: [ 1, 2 ] }');
    assert.equal(preview(null), 'null');
  });

  it('is bounded and one line, whatever it is given', () => {
    const large = [
      'x'.repeat(1e6),
      Array.from({ length: 1e5 }, (_, i) => i),
      { deep: { deep: { deep: { deep: 1 } } }, text: 'y\ny'.repeat(1000) },
      new Map(Array.from({ length: 1000 }, (_, i) => [i, i])),
    ];
    for (const value of large) {
      const text = preview(value);
      assert.ok(text.length <= 200);
      assert.ok(!text.includes('\n'));
    }
  });

  it('runs no inspection code of the value', () => {
    let ran = false;
    preview({ [Symbol.for('nodejs.util.inspect.custom')]: () => ((ran = true), 'x'), toString: () => ((ran = true), 'x') });
    preview(new Proxy({}, { get: () => ((ran = true), 1), ownKeys: () => ((ran = true), []) }));
    assert.equal(ran, false);
  });

  it('writes arguments as a call has them', () => {
    assert.equal(previewArguments([1, 'a'], true), '1, "a"');
    assert.equal(previewArguments([1, 2], false), '[ 1, 2 ]');
  });
});

describe('faultOf', () => {
  it('reads name, message, stack and causes', () => {
    const fault = faultOf(new TypeError('bad', { cause: new Error('why', { cause: 'text' }) }), 3, 'run');
    assert.equal(fault.name, 'TypeError');
    assert.equal(fault.message, 'bad');
    assert.match(fault.stack, /TypeError: bad[^]*Caused by: Error: why[^]*Caused by: "text"/);
  });

  it('tells what was thrown where it is no error', () => {
    assert.equal(faultOf(null, 0, 'run').message, 'threw null');
    assert.equal(faultOf(undefined, 0, 'run').message, 'threw undefined');
    assert.match(faultOf({ a: 1 }, 0, 'run').message, /a: 1/);
  });

  it('survives hostile errors, and bounds what they bring', () => {
    const hostile = new Error('x');
    Object.defineProperty(hostile, 'message', { get: () => { throw new Error('no'); } });
    Object.defineProperty(hostile, 'name', { value: { toString: null } });
    assert.match(faultOf(hostile, 0, 'run').message, /cannot be read/);
    const long = faultOf(new Error('m'.repeat(50e6)), 0, 'run');
    assert.ok(long.message.length < 5_000);
    assert.ok(long.stack.length < 30_000);
    const cycle = new Error('round');
    cycle.cause = cycle;
    assert.ok(faultOf(cycle, 0, 'run').stack.length < 30_000);
  });
});

describe('parseCsv', () => {
  const text = 'name,age\n"Ann, B",3\nBob,4.5\n';
  it('gives arrays in column order where the target takes several arguments', () => {
    assert.deepEqual(parseCsv(text, true), [['Ann, B', 3], ['Bob', 4.5]]);
  });
  it('gives objects by header, or the cell of a single column', () => {
    assert.deepEqual(parseCsv(text, false), [{ name: 'Ann, B', age: 3 }, { name: 'Bob', age: 4.5 }]);
    assert.deepEqual(parseCsv('n\n1\n2\n', false), [1, 2]);
    assert.deepEqual(parseCsv('', false), []);
  });
});
