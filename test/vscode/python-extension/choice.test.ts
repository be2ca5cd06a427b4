import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { findPython } from '../../python-interpreter';
import { activateExtension, workspaceFile } from '../harness';
import { run, valuesOf } from '../report';

/** What the stand-in of test/fixtures lets tests do. */
interface StandIn {
  readonly asked: number;
  choose(path: string | undefined, folder?: string): void;
}

describe('beside an extension for Python', function () {
  this.timeout(120_000);
  let standIn: StandIn;
  let where: vscode.Uri;

  /** The root of the environment whose Python runs the file's function. */
  async function environment(): Promise<string> {
    const report = await run('runSequentially', { uri: where, function: 'where', inputs: 1, show: false });
    assert.equal(report.outcome, 'completed', report.message);
    return realpathSync(valuesOf(report)[0] as string);
  }

  /** Makes a virtual environment; gives its root. */
  function makeEnvironment(name: string): string {
    const root = workspaceFile(name).fsPath;
    execFileSync(findPython().path, ['-m', 'venv', '--without-pip', root], { timeout: 60_000 });
    return realpathSync(root);
  }
  const pythonOf = (root: string): string => join(root, 'bin', 'python');

  before(async () => {
    await activateExtension();
    where = workspaceFile('python', 'where.py');
    await vscode.workspace.fs.writeFile(where, new TextEncoder().encode('import sys\n\n\ndef where():\n    return sys.prefix\n'));
    const extension = vscode.extensions.getExtension<{ standIn: StandIn }>('ms-python.python');
    assert.ok(extension);
    assert.ok(!extension.isActive, 'nothing has needed it so far');
    ({ standIn } = await extension.activate());
  });

  it('runs functions with what that one has chosen, and with another as soon as it is chosen', async () => {
    const [first, second] = [makeEnvironment('first-env'), makeEnvironment('second-env')];
    standIn.choose(pythonOf(first));
    assert.equal(await environment(), first);
    standIn.choose(pythonOf(second));
    assert.equal(await environment(), second);
  });

  it('asks it for the file’s own folder', async () => {
    const [all, own] = [workspaceFile('first-env').fsPath, workspaceFile('second-env').fsPath];
    standIn.choose(pythonOf(all));
    standIn.choose(pythonOf(own), workspaceFile('python').fsPath);
    assert.equal(await environment(), realpathSync(own));
    standIn.choose(undefined, workspaceFile('python').fsPath);
    assert.equal(await environment(), realpathSync(all));
  });

  it('lets a setting of ours go before', async () => {
    const settings = () => vscode.workspace.getConfiguration('corewise');
    await settings().update('pythonPath', pythonOf(workspaceFile('second-env').fsPath), vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await environment(), realpathSync(workspaceFile('second-env').fsPath));
    } finally {
      await settings().update('pythonPath', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.equal(await environment(), realpathSync(workspaceFile('first-env').fsPath));
  });

  it('looks for a Python itself where none is chosen, or the environment has none', async () => {
    for (const path of [undefined, workspaceFile('conda', 'empty').fsPath]) {
      standIn.choose(path);
      const found = await environment();
      assert.ok(!found.includes('first-env') && !found.includes('second-env'), found);
    }
  });

  it('says so where the one that is chosen is gone', async () => {
    const gone = workspaceFile('gone', 'bin', 'python').fsPath;
    standIn.choose(gone);
    const report = await run('runSequentially', { uri: where, function: 'where', inputs: 1, show: false });
    assert.equal(report.outcome, 'failed');
    assert.ok(report.message?.includes(gone), report.message);
    standIn.choose(undefined);
    await environment();
  });

  it('asks nothing for a function of JavaScript', async () => {
    const before = standIn.asked;
    await run('runOnWorkerPool', { uri: workspaceFile('src', 'primes.ts'), function: 'countPrimes', inputs: '[10]', show: false });
    assert.equal(standIn.asked, before);
  });
});
