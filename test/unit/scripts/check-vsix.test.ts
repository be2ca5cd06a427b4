import assert from 'node:assert/strict';
import { vsixFindings } from '../../../scripts/check-vsix.mjs';

const whole = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/dist/extension.js',
  'extension/dist/analyst.js',
  'extension/dist/analyst-core.js',
  'extension/dist/cli.js',
  'extension/dist/runner/main.js',
  'extension/dist/runner/worker.js',
  'extension/dist/runner/task.js',
  'extension/dist/runner/monitor.js',
  'extension/dist/panel/panel.js',
  'extension/dist/panel/panel.css',
  'extension/snippets/javascript.json',
  'extension/snippets/typescript.json',
];

describe('what the package may hold', () => {
  it('accepts what belongs there', () => {
    assert.deepEqual(vsixFindings([...whole, 'extension/media/walkthrough/run.svg']), []);
  });

  for (const foreign of [
    'extension/src/host/extension.ts',
    'extension/test/vscode/index.ts',
    'extension/node_modules/piscina/package.json',
    'extension/dist/extension.js.map',
    'extension/dist/meta/extension.json',
    'extension/dist/runner/addon.node',
    'extension/media/../secret.env',
  ]) {
    it(`refuses ${foreign}`, () => assert.deepEqual(vsixFindings([...whole, foreign]).length, 1));
  }

  for (const needed of whole) {
    it(`misses ${needed}`, () => assert.equal(vsixFindings(whole.filter((file) => file !== needed)).length, 1));
  }
});
