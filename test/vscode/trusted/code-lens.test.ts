import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, openAt, workspaceFile } from '../harness';
import { run, valuesOf } from '../report';

async function lensesOf(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  await vscode.workspace.openTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.filter(({ command }) => command?.command.startsWith('corewise.'));
}

const titled = (lenses: vscode.CodeLens[]) => lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);

async function write(name: string, content: string): Promise<vscode.Uri> {
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}

describe('lenses', function () {
  this.timeout(60_000);
  before(activateExtension);
  afterEach(async () => {
    await vscode.workspace.getConfiguration('corewise').update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stand over each function that can be run, with gather where it is asynchronous', async () => {
    const uri = await write(
      'lenses.js',
      [
        'export function plain(n) { return [n].map((x) => x); }',
        'async function waits() {}',
        'export function* numbers() {}',
      ].join('\n'),
    );
    assert.deepEqual(titled(await lensesOf(uri)), ['1 ▷ Run on every core', '2 ▷ Run on every core', '2 gather']);
  });

  it('are not there where the setting says so', async () => {
    await vscode.workspace.getConfiguration('corewise').update('codeLens', false, vscode.ConfigurationTarget.Global);
    assert.deepEqual(await lensesOf(workspaceFile('src', 'primes.ts')), []);
  });

  it('run their own function in a text that has changed since', async () => {
    const uri = await write('stale.js', 'function first() { return 1; }\nfunction second() { return 2; }\n');
    const [, second] = await lensesOf(uri);
    const editor = await openAt(uri, 'function first');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'function zero() { return 0; }\n'));
    const [argument] = second!.command!.arguments as [object];
    const report = await run('runOnWorkerPool', { ...argument, inputs: 1, show: false });
    assert.deepEqual(valuesOf(report), [2]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('run nothing where their function is gone', async () => {
    const uri = await write('gone.js', 'function first() { return 1; }\n');
    const [lens] = await lensesOf(uri);
    const editor = await openAt(uri, 'first');
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 9, 0, 14), 'other'));
    const [argument] = lens!.command!.arguments as [object];
    await assert.rejects(run('runOnWorkerPool', { ...argument, inputs: 1, show: false }), /no function `first`/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
