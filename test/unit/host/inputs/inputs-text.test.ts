import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import vm from 'node:vm';
import { inputsFromList, inputsFromText, inputsLine, sameInputs, textFromInputs } from '../../../../src/host/inputs/inputs-text';
import { previewText } from '../../../../src/host/inputs/preview-text';
import { findPython } from '../../../python-interpreter';
import { functionLike } from './function-like';

describe('inputs as text', () => {
  it('are a file after an @, a number of calls, or an expression', () => {
    assert.deepEqual(inputsFromText(' @data/a.json ', '/w'), { kind: 'file', path: '/w/data/a.json' });
    assert.deepEqual(inputsFromText('@/b.csv', '/w'), { kind: 'file', path: '/b.csv' });
    assert.deepEqual(inputsFromText('64', '/w'), { kind: 'repeat', times: 64 });
    assert.deepEqual(inputsFromText(' range(8) ', '/w'), { kind: 'expression', text: 'range(8)' });
  });

  it('read back as what they were', () => {
    for (const text of ['@/b.csv', '64', '[1, 2]']) {
      const inputs = inputsFromText(text, '/w');
      assert.ok(sameInputs(inputs, inputsFromText(textFromInputs(inputs), '/elsewhere')));
    }
  });

  it('hold any list as an expression with the same value', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (list) => {
        const inputs = inputsFromList(list, functionLike(['n']));
        assert.ok(inputs.kind === 'expression');
        const value: unknown = vm.runInNewContext(inputs.text);
        assert.equal(JSON.stringify(value), JSON.stringify(list));
      }),
    );
  });

  it('keep a key that would set the prototype', () => {
    const [value] = vm.runInNewContext((inputsFromList([JSON.parse('{"__proto__": 1}')], functionLike(['n'])) as { text: string }).text);
    assert.deepEqual(Object.keys(value), ['__proto__']);
  });

  describe('in Python', function () {
    this.timeout(60_000);

    it('hold any list as an expression with the same value', () => {
      const lists = fc.sample(fc.array(fc.jsonValue()), 200);
      const texts = lists.map((list) => textOf(list, 1));
      const code = 'import json, sys; print(json.dumps([eval(text) for text in json.load(sys.stdin)]))';
      const printed = execFileSync(findPython().path, ['-c', code], { input: JSON.stringify(texts), encoding: 'utf8', maxBuffer: 1 << 28 });
      // Python has integers of any size beside floats: read back they are the same numbers.
      assert.deepEqual(JSON.parse(printed), JSON.parse(JSON.stringify(lists)));
    });

    it('make a tuple of several arguments, and leave a list that is the only one', () => {
      assert.equal(textOf([[1, [2]], [3], 4, null], 2), '[(1, [2]), (3,), 4, None]');
      assert.equal(textOf([[1, 2], true], 1), '[[1, 2], True]');
    });

    function textOf(list: readonly unknown[], most: number): string {
      const inputs = inputsFromList(list, functionLike(['a'], 1, most, 'python'));
      assert.ok(inputs.kind === 'expression');
      return inputs.text;
    }
  });

  it('are one line in lists', () => {
    assert.equal(inputsLine({ kind: 'repeat', times: 1000 }), '1,000 calls without arguments');
    assert.equal(inputsLine({ kind: 'expression', text: '[\n  1,\n]' }), '[ 1, ]');
  });
});

describe('preview of inputs', () => {
  it('has the number of calls and the first ones', () => {
    const first = ['20000', '20001', '20002', '20003'];
    assert.equal(previewText('f', { count: 64, first }), '64 calls: f(20000), f(20001), f(20002), …');
    assert.equal(previewText('f', { count: 1, first: ['"a"'] }), '1 call: f("a")');
    assert.equal(previewText('f', { count: null, first: ['1'] }), 'Calls from an iterator: f(1), …');
    assert.equal(previewText('f', { count: 0, first: [] }), 'No calls: the inputs are empty');
  });
});
