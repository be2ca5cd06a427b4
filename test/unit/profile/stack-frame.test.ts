import assert from 'node:assert/strict';
import { framePlace } from '../../../src/profile/stack-frame';

describe('the place in a line of a stack', () => {
  const cases: [line: string, place: [string, number] | null][] = [
    ['    at f (/a/b.ts:3:14)', ['/a/b.ts', 3]],
    ['    at /a/b.ts:3:14', ['/a/b.ts', 3]],
    ['    at async Promise.all (index 0)', null],
    ['    at file:///a/b c.mjs:120:1', ['/a/b c.mjs', 120]],
    ['    at Object.<anonymous> (C:\\work\\b.ts:7:1)', ['C:\\work\\b.ts', 7]],
    ['  File "/a/b.py", line 12, in f', ['/a/b.py', 12]],
    ['    at node:internal/process/task_queues:95:5', null],
    ['Error: see /a/b.ts', null],
    ['    at eval (relative/b.ts:3:1)', null],
    ['', null],
  ];
  for (const [line, place] of cases) {
    it(JSON.stringify(line), () => {
      const found = framePlace(line);
      assert.deepEqual(found && [found.file, found.line], place);
    });
  }

  it('takes no time for a long line that is none', () => {
    const begin = performance.now();
    framePlace(`at ${'/a:1 ('.repeat(2500)}`);
    assert.ok(performance.now() - begin < 2000);
  });
});
