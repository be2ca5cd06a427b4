import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension } from '../harness';

describe('activation in Restricted Mode', () => {
  it('finds and activates the extension in a workspace that is not trusted', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.equal((await activateExtension()).isActive, true);
  });
});
