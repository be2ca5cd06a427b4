import assert from 'node:assert/strict';
import { plainBody, readSnippets } from '../../../src/host/snippets/snippet';
import { expandSnippet } from '../snippets/expand';
import { languages, readSnippets as readFiles } from '../snippets/snippet-files';

describe('plain body of a snippet', () => {
  it('has first values in the place of placeholders', () => {
    assert.equal(plainBody('f(${1:a}, ${2|x,y|}, $1)$0'), 'f(a, x, a)');
    assert.equal(plainBody('${1:f(${2:n})} \\${2} \\\\ \\}'), 'f(n) ${2} \\ }');
  });

  it('leaves what is no placeholder', () => {
    assert.equal(plainBody('`${n}` ${1:open'), '`${n}` ${1:open');
  });

  for (const language of languages) {
    it(`reads as the editor inserts it, for every snippet of ${language}`, () => {
      for (const { body } of Object.values(readFiles(language))) {
        assert.equal(plainBody([body].flat().join('\n')), expandSnippet([body].flat()));
      }
    });
  }

  it('reads files with one line or several', () => {
    const json = JSON.stringify({ A: { prefix: 'a', body: 'x' }, B: { prefix: ['b', 'bb'], description: 'd', body: ['1', '2'] } });
    assert.deepEqual(readSnippets(json), [
      { name: 'A', prefix: 'a', description: '', body: 'x' },
      { name: 'B', prefix: 'b', description: 'd', body: '1\n2' },
    ]);
  });
});
