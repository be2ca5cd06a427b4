import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encode } from '../../../src/profile/json-safe';

const json = (value: unknown): unknown => {
  const encoded = encode(value);
  assert.ok('value' in encoded);
  return JSON.parse(JSON.stringify(encoded.value));
};

/** What the document at the head of json-safe.ts says, read backwards; cycles and errors apart. */
function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const { $type, value: inner } = value as { $type?: string; value?: unknown };
  switch (Object.hasOwn(value, '$type') ? $type : 'plain') {
    case 'plain':
      return entries(value);
    case 'object':
      return entries(inner as object);
    case 'undefined':
      return undefined;
    case 'number':
      return Number(inner);
    case 'bigint':
      return BigInt(inner as string);
    case 'Date':
      return new Date((inner as string | null) ?? Number.NaN);
    case 'Map':
      return new Map((inner as [unknown, unknown][]).map(([key, it]) => [decode(key), decode(it)]));
    case 'Set':
      return new Set((inner as unknown[]).map(decode));
    case 'ArrayBuffer':
      return Uint8Array.from(inner as number[]).buffer;
    default: {
      const types = globalThis as unknown as Record<string, { from(values: unknown[]): unknown }>;
      return types[$type!]!.from((inner as unknown[]).map(decode));
    }
  }
}

function entries(value: object): object {
  const plain = {};
  for (const [key, it] of Object.entries(value)) Object.defineProperty(plain, key, { value: decode(it), enumerable: true, writable: true, configurable: true });
  return plain;
}

describe('results as JSON', () => {
  it('loses nothing of what structured clone can carry', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      key: fc.oneof(fc.string(), fc.constantFrom('__proto__', '$type', 'value', 'toString')),
    });
    fc.assert(
      fc.property(anything, (value) => {
        const encoded = json(value);
        // Two invalid dates are not equal to the assertion of Node 20; they have a case of their own below.
        fc.pre(!JSON.stringify(encoded).includes('"Date","value":null'));
        assert.deepEqual(decode(encoded), value);
      }),
      { numRuns: 500 },
    );
  });

  for (const [what, value, expected] of [
    ['undefined', undefined, { $type: 'undefined' }],
    ['NaN', [Number.NaN, Number.POSITIVE_INFINITY, -0], [{ $type: 'number', value: 'NaN' }, { $type: 'number', value: 'Infinity' }, { $type: 'number', value: '-0' }]],
    ['a big integer', 2n ** 70n, { $type: 'bigint', value: '1180591620717411303424' }],
    ['an invalid date', new Date(Number.NaN), { $type: 'Date', value: null }],
    ['a regular expression', /a"b/g, { $type: 'RegExp', value: '/a"b/g' }],
    ['bytes', new Uint8Array([1, 255]).buffer, { $type: 'ArrayBuffer', value: [1, 255] }],
    ['a boxed number', Object(3), 3],
    ['an object with a $type of its own', { $type: 'Date', a: 1 }, { $type: 'object', value: { $type: 'Date', a: 1 } }],
  ] as const) {
    it(`says ${what}`, () => assert.deepEqual(json(value), expected));
  }

  it('keeps a key __proto__ without setting a prototype', () => {
    const encoded = encode(JSON.parse('{"__proto__": {"polluted": true}}'));
    assert.ok('value' in encoded);
    assert.equal(JSON.stringify(encoded.value), '{"__proto__":{"polluted":true}}');
    assert.equal((encoded.value as { polluted?: boolean }).polluted, undefined);
  });

  it('names where a cycle leads, and repeats what is only shared', () => {
    const shared = { x: 1 };
    const value: Record<string, unknown> = { a: [shared, shared], 'odd key': {} };
    (value['odd key'] as { up: unknown }).up = value;
    (value.a as unknown[]).push(value.a);
    assert.deepEqual(json(value), {
      a: [{ x: 1 }, { x: 1 }, { $type: 'cycle', value: '$.a' }],
      'odd key': { up: { $type: 'cycle', value: '$' } },
    });
  });

  it('keeps an error with its causes', () => {
    const error = Object.assign(new RangeError('outer', { cause: 'inner' }), { stack: 'RangeError: outer' });
    assert.deepEqual(json(error), { $type: 'Error', value: { name: 'RangeError', message: 'outer', stack: 'RangeError: outer', cause: 'inner' } });
  });

  it('refuses what is too large, in a time that its size has no part in', () => {
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
    for (const value of ['x'.repeat(2 << 20), new Array(2 ** 31), new Float64Array(1e7), deep]) {
      assert.ok('tooLarge' in encode(value));
    }
  });

  it('spends at least what the text is long', () => {
    fc.assert(
      fc.property(fc.anything({ withMap: true, withTypedArray: true }), (value) => {
        const encoded = encode(value);
        assert.ok('value' in encoded);
        // Control characters take up to six times their place, and numbers up to 25.
        assert.ok(JSON.stringify(encoded.value).length <= 100 + encoded.text * 6);
      }),
    );
  });
});
