import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activateExtension, workspaceFile } from '../harness';
import { run } from '../report';

async function exported(format: string): Promise<string> {
  const uri = workspaceFile(`profile.${format}`);
  const written = await vscode.commands.executeCommand<vscode.Uri>('corewise.exportProfile', { format, uri });
  assert.equal(written.fsPath, uri.fsPath);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

describe('an exported profile', function () {
  this.timeout(60_000);

  before(async () => {
    await activateExtension();
    const uri = workspaceFile('src', 'primes.ts');
    await run('runOnWorkerPool', { uri, function: 'countPrimes', inputs: '[10, 100, 1000]', show: false });
  });

  it('is the report as JSON', async () => {
    const report = JSON.parse(await exported('json'));
    assert.equal(report.version, 1);
    assert.equal(report.target.function, 'countPrimes');
    assert.deepEqual(report.results.map(({ value }: { value: unknown }) => value), [4, 25, 168]);
  });

  it('is a row for each task as CSV', async () => {
    const [header, ...rows] = (await exported('csv')).trimEnd().split('\r\n');
    assert.match(header!, /^task,status,worker/);
    assert.deepEqual(rows.map((row) => row.split(',')[0]).sort(), ['0', '1', '2']);
  });

  it('is a slice for each task as a Chrome trace', async () => {
    const { traceEvents } = JSON.parse(await exported('trace')) as { traceEvents: { ph: string; tid: number; args?: { task?: number } }[] };
    assert.ok(traceEvents.length > 3);
    assert.ok(traceEvents.filter(({ ph }) => ph === 'X').length >= 3);
  });

  it('is refused for a run that is not known', async () => {
    const argument = { id: 'gone', format: 'csv', uri: workspaceFile('gone.csv') };
    await assert.rejects(async () => vscode.commands.executeCommand('corewise.exportProfile', argument), /no run to export/);
  });
});
