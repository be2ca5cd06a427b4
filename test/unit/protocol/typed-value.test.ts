import assert from 'node:assert/strict';
import { encode } from '../../../src/profile/json-safe';
import { parseTyped, TypedValue } from '../../../src/protocol/typed-value';

describe('values of another language', () => {
  it('are read as what JavaScript has for them, or by the name of their type', () => {
    const text = '[{"$type":"bigint","value":"1152921504606846976"},{"$type":"number","value":"NaN"},{"a":{"$type":"set","value":[1]}}]';
    const [whole, none, rest] = parseTyped(text) as [bigint, number, { a: TypedValue }];
    assert.equal(whole, 2n ** 60n);
    assert.ok(Number.isNaN(none));
    assert.deepEqual(rest, { a: new TypedValue('set', [1]) });
  });

  it('are written into a report as they came', () => {
    for (const value of [{ $type: 'numpy.ndarray', value: 'ndarray(shape=(2,), dtype=int64)' }, { $type: 'cycle' }, [{ $type: 'dict', value: [[1, { $type: 'bigint', value: '12' }]] }]]) {
      const encoded = encode(parseTyped(JSON.stringify(value)));
      assert.deepEqual('value' in encoded && encoded.value, value);
    }
  });
});
