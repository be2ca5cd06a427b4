import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension } from '../harness';

describe('activation', () => {
  it('finds and activates the extension in a trusted workspace', async () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal((await activateExtension()).isActive, true);
  });
});
