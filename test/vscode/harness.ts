import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const extensionId = 'corewise.corewise';

/** The extension under test, activated. */
export async function activateExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension, `VS Code does not know ${extensionId}.`);
  await extension.activate();
  return extension;
}

/** A file of the launch's workspace, which is a copy: tests may change it. */
export function workspaceFile(...segments: string[]): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder, 'No folder is open.');
  return vscode.Uri.joinPath(folder.uri, ...segments);
}

/** Opens a file with the cursor where `text` begins. */
export async function openAt(uri: vscode.Uri, text: string): Promise<vscode.TextEditor> {
  const editor = await vscode.window.showTextDocument(uri);
  const offset = editor.document.getText().indexOf(text);
  assert.notEqual(offset, -1, `${uri.path} has no ${JSON.stringify(text)}.`);
  const position = editor.document.positionAt(offset);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/**
 * Waits until `probe` gives something, asking every 50 ms.
 * @throws after `boundMs`, naming what was waited for
 */
export async function until<T>(what: string, probe: () => T | undefined | false, boundMs = 10_000): Promise<T> {
  const deadline = performance.now() + boundMs;
  for (;;) {
    const found = probe();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${boundMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
