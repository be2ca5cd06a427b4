import assert from 'node:assert/strict';
import fc from 'fast-check';
import ts from 'typescript';
import { checkInputs, freeNames } from '../../../../src/source/javascript/check-inputs';

describe('inputs expressions', () => {
  for (const text of ['[1, 2]', 'range(8)', 'Array.from({ length: 4 }, (_, i) => i)', 'await load()', '{ a: 1 }', '[1] // all', 'x as number[]', '(function* () { yield 1 })()', '`${[1]}`', '\n[1]\n']) {
    it(`accept ${JSON.stringify(text)}`, () => assert.equal(checkInputs(text), null));
  }

  const refused: [text: string, offset: number, message: RegExp][] = [
    ['', 0, /Give an expression/],
    ['[1, 2', 5, /expected/],
    ['1, 2', 1, /array/],
    ['1; 2', 1, /expected/],
    ['const x = 1', 0, /expected/],
    ['1)), evil(), ((2', 0, /one expression/],
    ['[1, 2]]', 6, /expected/],
    ['x'.repeat(5e6), 0, /too long/],
    ['['.repeat(50_000), 0, /deep/],
  ];
  for (const [text, offset, message] of refused) {
    it(`refuse ${JSON.stringify(text.slice(0, 30))}`, () => {
      const fault = checkInputs(text);
      assert(fault);
      assert.match(fault.message, message);
      assert.equal(fault.offset, offset);
    });
  }

  it('never break out of the place they are put in', () => {
    const token = fc.constantFrom('(', ')', '[', ']', '{', '}', ';', ',', '=>', 'async', 'await ', '1', 'a', '`', '${', '/*', '*/', '//', '\n', '"', "'", '/', '\\', ' ', 'function', '<', '>', ':', '?', '...');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }).map((it) => it.join('')), (text) => {
        if (checkInputs(text) !== null) return;
        const source = ts.createSourceFile('x.ts', `before;\n{s.inputs=async()=>(\n${text}\n);}\nafter;`, ts.ScriptTarget.ESNext, true);
        assert.deepEqual((source as unknown as { parseDiagnostics: unknown[] }).parseDiagnostics, []);
        const [before, block, after, ...more] = source.statements;
        assert.equal(before!.getText(), 'before;');
        assert(ts.isBlock(block!) && block.statements.length === 1);
        assert.equal(after!.getText(), 'after;');
        assert.equal(more.length, 0);
      }),
      { numRuns: 20_000 },
    );
  });

  it('tell the names that they take from the module', () => {
    assert.deepEqual([...freeNames('[own, ...more.map((x) => x + k), { own: y }, z as T]')].sort(), ['k', 'more', 'own', 'y', 'z']);
  });
});
