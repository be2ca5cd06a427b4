import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findPython, isAtLeast, type Interpreter } from '../../../python-interpreter';
import { expandSnippet } from '../expand';
import { byPrefix } from '../snippet-files';
import { makeFolder, runProgram, writeCase } from './case-folder';
import { pythonCases } from './cases';

describe('python snippets with their defaults', function () {
  this.timeout(120_000);
  const workspace = makeFolder();
  const snippets = byPrefix('python');
  let python: Interpreter;

  before(() => {
    python = findPython();
    for (const [i, pythonCase] of pythonCases.entries()) {
      const insert = (prefix: string): string => expandSnippet(snippets.get(prefix)!.body).replaceAll('\t', '    ');
      writeCase(join(workspace.folder, String(i)), pythonCase, insert);
    }
  });
  after(() => workspace.remove());

  for (const [i, { title, runs = [null], prints, program = {}, exitCodes, since = [3, 9] as const }] of pythonCases.entries()) {
    const folder = join(workspace.folder, String(i));
    for (const [at, argument] of runs.entries()) {
      it(`run: ${title}${argument === null ? '' : ` (${argument})`}`, async function () {
        if (!isAtLeast(python, since)) this.skip();
        const end = await runProgram(python, folder, ['driver.py', ...(argument === null ? [] : [argument])]);
        assert.deepEqual(end, { stdout: `${prints.join('\n')}\n`, stderr: '', exitCode: exitCodes?.[at] ?? 0 });
      });
    }
    for (const [name, line] of Object.entries(program)) {
      it(`run as a program: ${title}`, async () => {
        const end = await runProgram(python, folder, [`${name}.py`]);
        assert.deepEqual(end, { stdout: `${line}\n`, stderr: '', exitCode: 0 });
      });
    }
  }
});
