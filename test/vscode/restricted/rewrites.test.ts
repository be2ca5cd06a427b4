import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, openAt, workspaceFile } from '../harness';

describe('rewrites in Restricted Mode', () => {
  before(activateExtension);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('work, since they are text', async () => {
    const { document } = await openAt(workspaceFile('src', 'primes.ts'), 'let count');
    assert.equal(vscode.workspace.isTrusted, false);
    const range = new vscode.Range(document.positionAt(document.getText().indexOf('let count')), document.positionAt(document.getText().indexOf('let count')));
    const found = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, 'refactor.rewrite.corewise');
    assert.ok(found.some(({ kind }) => kind?.value === 'refactor.rewrite.corewise.wrap-cpu-task'), JSON.stringify(found.map(({ title }) => title)));
  });
});
