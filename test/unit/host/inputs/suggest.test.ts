import assert from 'node:assert/strict';
import vm from 'node:vm';
import { textFromInputs } from '../../../../src/host/inputs/inputs-text';
import { suggest } from '../../../../src/host/inputs/suggest';
import { functionLike } from './function-like';

describe('suggested inputs', () => {
  it('are a range of numbers for a number', () => {
    assert.deepEqual(suggest(functionLike(['limit'])), {
      inputs: { kind: 'expression', text: 'Array.from({ length: 64 }, (_, i) => i)' },
      preview: { count: 64, first: ['0', '1', '2'] },
    });
  });

  it('are a number of calls where there is no parameter', () => {
    assert.deepEqual(suggest(functionLike([])).inputs, { kind: 'repeat', times: 64 });
  });

  it('have placeholders to edit where a number will not do', () => {
    for (const names of [['url'], ['items'], ['{ path, width }'], ['callback'], ['[a, b]'], ['x', 'words']]) {
      assert.equal(suggest(functionLike(names)).preview, null, names.join());
    }
  });

  /** What the calls of a function with such parameters would be, spread as a run spreads them. */
  function firstCall(names: string[], least = names.length, most = names.length): unknown[] {
    const { inputs } = suggest(functionLike(names, least, most));
    assert.ok(inputs.kind === 'expression');
    const list = JSON.parse(JSON.stringify(vm.runInNewContext(inputs.text)));
    assert.equal(list.length, 64);
    return most > 1 && Array.isArray(list[1]) ? list[1] : [list[1]];
  }

  it('make calls with an argument for each parameter that is needed', () => {
    assert.deepEqual(firstCall(['row', 'width']), [1, 1]);
    assert.deepEqual(firstCall(['row', 'options'], 1), [1]);
    assert.deepEqual(firstCall(['...rest'], 0, Infinity), [1]);
    assert.deepEqual(firstCall(['{ row, width: w = 3 }']), [{ row: 1, width: 1 }]);
    assert.deepEqual(firstCall(['path', 'n']), ['text 1', 1]);
    assert.deepEqual(firstCall(['values']), [[1]]);
  });

  describe('in Python', () => {
    const suggested = (names: string[], least = names.length, most = names.length) => suggest(functionLike(names, least, most, 'python'));
    const textOf = (...of: Parameters<typeof suggested>): string => textFromInputs(suggested(...of).inputs);

    it('are a range of numbers for a number, and a number of calls where there is no parameter', () => {
      assert.equal(textOf(['limit']), 'range(64)');
      assert.deepEqual(suggested(['limit']).preview, { count: 64, first: ['0', '1', '2'] });
      assert.deepEqual(suggested([]).inputs, { kind: 'repeat', times: 64 });
    });

    it('are a tuple where several parameters are needed, and only there', () => {
      assert.equal(textOf(['row', 'width']), '[(i, i) for i in range(64)]');
      assert.deepEqual(suggested(['row', 'width']).preview?.first[1], '1, 1');
      assert.equal(textOf(['row', 'width'], 1), 'range(64)');
      assert.equal(textOf(['*numbers_'], 0, Infinity), 'range(64)');
    });

    it('have placeholders to edit where a number will not do', () => {
      assert.equal(textOf(['path']), '[f"text {i}" for i in range(64)]');
      assert.equal(textOf(['values']), '[[i] for i in range(64)]');
      assert.equal(textOf(['n', 'callback']), '[(i, None) for i in range(64)]');
      for (const name of ['path', 'values', 'callback']) assert.equal(suggested([name]).preview, null);
    });
  });
});
