import assert from 'node:assert/strict';
import { expandSnippet, tabStops } from './expand';

describe('expanding a snippet', () => {
  const cases: [string, string, string][] = [
    ['leaves plain text', 'a { b } c', 'a { b } c'],
    ['takes a default', '${1:name}()', 'name()'],
    ['drops bare tab stops', 'a$0b${2}c', 'abc'],
    ['repeats the first default in mirrors', '${1:x} + $1 + ${1}', 'x + x + x'],
    ['repeats it in mirrors that come before', '$1 = ${1:x}', 'x = x'],
    ['nests placeholders', '${1:f(${2:a}, $2)}', 'f(a, a)'],
    ['unescapes $, } and backslash', '`\\${a\\}` ${1:{ b \\}} \\\\', '`${a}` { b } \\'],
    ['takes the first choice', '${1|one\\,1,two|}', 'one,1'],
  ];
  for (const [title, body, expanded] of cases) {
    it(title, () => assert.equal(expandSnippet([body]), expanded));
  }

  it('refuses what VS Code would read as something else', () => {
    for (const body of ['`${name}`', '${1:open', '$', '${TM_FILENAME}']) assert.throws(() => expandSnippet([body]), /Snippet:/);
  });

  it('lists tab stops once each', () => {
    assert.deepEqual(tabStops(['${1:a ${3:b}} $1 $0']), [1, 3, 0]);
  });
});
