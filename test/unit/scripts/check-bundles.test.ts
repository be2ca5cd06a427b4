import assert from 'node:assert/strict';
import { contentFindings } from '../../../scripts/check-bundles.mjs';

const bundle = (name: string, what: { inputs?: string[]; externals?: string[] }) =>
  contentFindings({ name, inputs: what.inputs ?? [], externals: what.externals ?? [] });

describe('what a bundle may hold', () => {
  it('lets only the extension import vscode', () => {
    assert.deepEqual(bundle('extension', { externals: ['vscode'] }), []);
    assert.match(bundle('cli', { externals: ['vscode'] }).join(), /cli bundle holds vscode; only extension may/);
  });

  it('keeps TypeScript in the analyst', () => {
    const inputs = ['src/session/analyst/core.ts', 'node_modules/typescript/lib/typescript.js'];
    assert.deepEqual(bundle('analyst', { inputs }), []);
    assert.match(bundle('extension', { inputs }).join(), /extension bundle holds typescript/);
  });

  it('keeps Piscina in the runner, found by its folder and not by a part of a name', () => {
    const inputs = ['node_modules/piscina/dist/worker.js'];
    assert.deepEqual(bundle('runner', { inputs }), []);
    assert.equal(bundle('extension', { inputs }).length, 1);
    assert.deepEqual(bundle('extension', { inputs: ['node_modules/piscina-like/index.js'] }), []);
  });

  it('refuses Node in the panel', () => {
    assert.equal(bundle('panel', { externals: ['node:fs'] }).length, 1);
    assert.equal(bundle('panel', { externals: ['path'] }).length, 1);
    assert.deepEqual(bundle('extension', { externals: ['node:fs', 'path'] }), []);
  });
});
