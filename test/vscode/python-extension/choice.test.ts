import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('stand-in', () => {
  it('is there', async () => {
    assert.ok(vscode.extensions.getExtension('ms-python.python'));
  });
});
