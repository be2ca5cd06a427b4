import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RunReport } from '../../../src/protocol/report';
import { activateExtension, openAt, workspaceFile } from '../harness';

/** Presses Enter in the picker, as soon as there is one, until `answer` has come. */
async function accepting<T>(answer: Thenable<T>): Promise<T> {
  let over = false;
  const settled = Promise.resolve(answer).finally(() => (over = true));
  while (!over) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  return settled;
}

describe('inputs that are asked for', function () {
  this.timeout(60_000);
  before(activateExtension);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('begin with a suggestion, for the function under the cursor', async () => {
    await openAt(workspaceFile('src', 'primes.ts'), 'return n >= 2');
    const report = await accepting(vscode.commands.executeCommand<RunReport>('corewise.runOnWorkerPool'));
    assert.equal(report.target.function, 'isPrime');
    assert.equal(report.counts.succeeded, 64);
    assert.equal(report.results, undefined);
  });

  it('are offered again, those that were set first', async () => {
    const uri = workspaceFile('src', 'primes.ts');
    await openAt(uri, 'let count');
    const set = await vscode.commands.executeCommand('corewise.setInputs', { uri, function: 'countPrimes', inputs: '[10, 20, 30]' });
    assert.equal(set, '[10, 20, 30]');
    const report = await accepting(vscode.commands.executeCommand<RunReport>('corewise.runSequentially'));
    assert.equal(report.counts.tasks, 3);
  });

  it('may be left, and then nothing runs', async () => {
    await openAt(workspaceFile('src', 'primes.ts'), 'let count');
    let over = false;
    const running = Promise.resolve(vscode.commands.executeCommand('corewise.runOnWorkerPool')).finally(() => (over = true));
    while (!over) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await running, undefined);
  });
});
