import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { link } from '../../../../src/session/link/link';
import { SourceCache } from '../../../../src/session/link/sources';
import { Project, removeProjects, runLinked } from './project';

/** Functions of packages that this project has anyway: code that nobody wrote for these tests. Without results, it is to be refused. */
const cases: [file: string, name: string, calls: unknown[][], results: unknown[]][] = [
  ['semver/functions/gt.js', 'gt', [['1.2.3', '1.2.2']], [true]],
  ['semver/functions/inc.js', 'inc', [['1.2.3', 'minor']], ['1.3.0']],
  ['semver/classes/semver.js', 'SemVer.compare', [], []],
  ['enhanced-resolve/lib/util/path.js', 'isSubPath', [['/a/', '/a/b'], ['/a/', '/b']], [true, false]],
  ['enhanced-resolve/lib/util/path.js', 'isInside', [['/a', '/a/b']], [true]],
  ['valibot/dist/index.mjs', '_isLuhnAlgo', [['4539 1488 0343 6467'], ['4539 1488 0343 6468']], [true, false]],
  ['get-tsconfig/dist/index.mjs', 'L', [['\\\\a\\b']], ['//a/b']],
  ['balanced-match/dist/esm/index.js', 'balanced', [['{', '}', 'a{b{c}d}e']], [{ start: 1, end: 7, pre: 'a', body: 'b{c}d', post: 'e' }]],
  ['valibot/dist/index.mjs', 'nope', [], []],
  ['jsonc-parser/lib/esm/impl/scanner.js', 'isDigit', [[53]], [true]],
  ['jsonc-parser/lib/umd/impl/scanner.js', 'isDigit', [[53]], [true]],
];

describe('functions of installed packages', function () {
  this.timeout(30_000);
  after(removeProjects);

  for (const [file, name, calls, results] of cases) {
    const full = path.resolve('node_modules', file);
    it(`${file}#${name}`, async function () {
      if (!fs.existsSync(full)) return this.skip();
      const { cache, root } = new Project({ x: '' });
      const linked = await link({ target: { language: 'javascript', file: full, function: name, line: 1, column: 1 }, inputs: null, cache }, { cache: new SourceCache() });
      if (results.length === 0) return assert(!linked.ok);
      assert(linked.ok, linked.ok ? '' : linked.error.message);
      assert.deepEqual((await runLinked(linked.value, calls, root)).results, results);
    });
  }
});
