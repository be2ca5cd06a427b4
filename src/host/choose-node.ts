import * as vscode from 'vscode';

/**
 * Lets a person say which Node.js runs functions. It is kept where a workspace cannot reach: in the user's settings, or,
 * where VS Code works on another machine, in those of that machine.
 */
export async function chooseNode(): Promise<void> {
  const items = [
    { label: '$(folder-opened) Choose a file…', detail: 'The program node (node.exe on Windows), 20 or newer', choose: askFile },
    {
      label: '$(search) Look for one',
      detail: 'What the project asks for, what is on the PATH, or else the one inside VS Code',
      choose: async () => '',
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'The Node.js that runs your functions' });
  const path = await chosen?.choose();
  if (path === undefined) return;
  const setting = path === '' ? undefined : path;
  await vscode.workspace.getConfiguration('corewise').update('nodePath', setting, vscode.ConfigurationTarget.Global);
}

async function askFile(): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({ title: 'The program of a Node.js', openLabel: 'Use it' });
  return files?.[0]?.fsPath;
}
