import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { activateExtension, openAt, workspaceFile } from '../harness';
import { run } from '../report';

/** Processes that this extension host has started, by their ids; only Linux tells without starting one. */
function childProcesses(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === process.pid).map(Number);
}

function parentOf(pid: string): number {
  try {
    // After the name, which may hold spaces and parentheses: state and parent.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
  } catch {
    return -1;
  }
}

const primes = () => workspaceFile('src', 'primes.ts');
const pythonPrimes = () => workspaceFile('python', 'primes.py');

describe('in Restricted Mode', () => {
  before(activateExtension);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const command of ['runOnWorkerPool', 'runWithGather', 'runSequentially', 'rerun'] as const) {
    it(`${command} is refused to another extension, with the reason`, async () => {
      const argument = command === 'rerun' ? {} : { uri: primes(), function: 'countPrimes', inputs: '[1]' };
      await assert.rejects(run(command, argument), /not trusted: nothing was run/);
    });
  }

  it('setting inputs is refused, since their preview would evaluate them', async () => {
    const argument = { uri: primes(), function: 'countPrimes', inputs: '[1]' };
    await assert.rejects(async () => vscode.commands.executeCommand('corewise.setInputs', argument), /not trusted/);
  });

  it('a person is told, and the command ends', async () => {
    await openAt(primes(), 'let count');
    assert.equal(await vscode.commands.executeCommand('corewise.runOnWorkerPool'), undefined);
  });

  it('there are no lenses', async () => {
    for (const uri of [primes(), pythonPrimes()]) {
      await vscode.workspace.openTextDocument(uri);
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
      assert.deepEqual(lenses.filter(({ command }) => command?.command.startsWith('corewise.')), []);
    }
  });

  (process.platform === 'linux' ? it : it.skip)('no process is started, not even to look for Node or Python', async () => {
    const before = childProcesses();
    await openAt(primes(), 'let count');
    await vscode.commands.executeCommand('corewise.runOnWorkerPool');
    await openAt(pythonPrimes(), 'return sum');
    await vscode.commands.executeCommand('corewise.runOnWorkerPool');
    await vscode.commands.executeCommand('corewise.choosePython');
    await vscode.commands.executeCommand('corewise.showProfile');
    assert.deepEqual(childProcesses().filter((pid) => !before.includes(pid)), []);
  });

  it('an extension for Python is not asked, nor started', async () => {
    const argument = { uri: pythonPrimes(), function: 'count_primes', inputs: '[1]' };
    await assert.rejects(run('runOnWorkerPool', argument), /not trusted: nothing was run/);
    assert.equal(vscode.extensions.getExtension('ms-python.python')?.isActive, false);
  });

  it('snippets work', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'javascript', content: '' });
    const editor = await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('corewise.insertSnippet', { name: 'cw-gather' });
    assert.match(document.getText(), /Promise\.all/);
    await vscode.commands.executeCommand('leaveSnippet');
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, document.lineCount, 0)));
  });
});
