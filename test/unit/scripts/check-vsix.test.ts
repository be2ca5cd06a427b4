import assert from 'node:assert/strict';
import { required, vsixFindings } from '../../../scripts/check-vsix.mjs';

/** As the packager writes them: the names of some files in capitals. */
const whole = required.map((file) => file.replace('[content_types].xml', '[Content_Types].xml').replace('license.txt', 'LICENSE.txt'));

describe('what the package may hold', () => {
  it('accepts what belongs there', () => {
    const more = ['extension/media/walkthrough/run.svg', 'extension/dist/runner/python/corewise_runner/pool.py'];
    assert.deepEqual(vsixFindings([...whole, ...more]), []);
  });

  for (const foreign of [
    'extension/src/host/extension.ts',
    'extension/test/vscode/index.ts',
    'extension/node_modules/piscina/package.json',
    'extension/dist/extension.js.map',
    'extension/dist/meta/extension.json',
    'extension/dist/runner/addon.node',
    'extension/dist/runner/python/corewise_runner/__pycache__/pool.cpython-311.pyc',
    'extension/dist/runner/python/notes.py',
    'extension/media/../secret.env',
  ]) {
    it(`refuses ${foreign}`, () => assert.deepEqual(vsixFindings([...whole, foreign]).length, 1));
  }

  for (const needed of whole) {
    it(`misses ${needed}`, () => assert.equal(vsixFindings(whole.filter((file) => file !== needed)).length, 1));
  }
});
