import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { activateExtension, openAt, until, workspaceFile } from '../harness';
import { run, valuesOf } from '../report';

const text = new TextEncoder();

/** Writes a file of the workspace. */
async function write(name: string, content: string): Promise<vscode.Uri> {
  const uri = workspaceFile(name);
  await vscode.workspace.fs.writeFile(uri, text.encode(content));
  return uri;
}

const primes = () => workspaceFile('src', 'primes.ts');

describe('a run from another extension', function () {
  this.timeout(60_000);
  before(activateExtension);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('calls a function of the examples on the worker pool, in order', async () => {
    const report = await run('runOnWorkerPool', { uri: primes(), function: 'countPrimes', inputs: '[10, 100, 1000]', show: false });
    assert.equal(report.version, 1);
    assert.equal(report.outcome, 'completed');
    assert.deepEqual(valuesOf(report), [4, 25, 168]);
    assert.deepEqual(report.counts, { tasks: 3, succeeded: 3, failed: 0, cancelled: 0 });
    assert.equal(report.target.function, 'countPrimes');
    assert.equal(report.target.file, primes().fsPath);
    assert.equal(report.plan.model, 'threads');
    assert.ok(report.timing.wallMs > 0);
  });

  it('takes a list, a position, a URI as text, and a function that is not exported', async () => {
    const document = await vscode.workspace.openTextDocument(primes());
    const position = document.positionAt(document.getText().indexOf('isPrime(n: number)'));
    const report = await run('runOnWorkerPool', { uri: primes().toString(), position, inputs: [7919, 7921], workers: 2, show: false });
    assert.equal(report.target.function, 'isPrime');
    assert.deepEqual(valuesOf(report), [true, false]);
    assert.equal(report.plan.workers, 2);
  });

  it('spreads a list over the parameters, and leaves results out where they are not wanted', async () => {
    const clamp = workspaceFile('src', 'clamp.ts');
    const inputs = [
      [5, 0, 3],
      [-1, 0, 3],
    ];
    assert.deepEqual(valuesOf(await run('runSequentially', { uri: clamp, function: 'clamp', inputs, show: false })), [3, 0]);
    const without = await run('runSequentially', { uri: clamp, function: 'clamp', inputs, show: false, results: false });
    assert.equal(without.results, undefined);
  });

  it('reads inputs from a file beside the workspace’s others', async () => {
    await write('numbers.json', '[10, 100]');
    const report = await run('runOnWorkerPool', { uri: primes(), function: 'countPrimes', inputs: '@numbers.json', show: false });
    assert.deepEqual(valuesOf(report), [4, 25]);
  });

  it('overlaps asynchronous calls with gather', async () => {
    const uri = await write(
      'gather.js',
      `let now = 0, most = 0;
      export async function meet() { most = Math.max(most, ++now); await new Promise((r) => setTimeout(r, 20)); now--; return most; }`,
    );
    const report = await run('runWithGather', { uri, function: 'meet', inputs: 8, concurrency: 4, show: false });
    assert.equal(report.plan.model, 'gather');
    assert.equal(Math.max(...(valuesOf(report) as number[])), 4);
  });

  it('runs the text of the editor, saved or not', async () => {
    const uri = await write('draft.js', 'export function f(n) { return n + 1; }');
    const argument = { uri, function: 'f', inputs: '[1]', show: false };
    assert.deepEqual(valuesOf(await run('runOnWorkerPool', argument)), [2]);
    const editor = await openAt(uri, '+ 1');
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 100), 'export function f(n) { return n * 10; }'));
    assert.deepEqual(valuesOf(await run('runOnWorkerPool', argument)), [10]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('tells each failure by its task, and keeps what succeeded', async () => {
    const uri = await write('odd.js', `export function odd(n) {\n  if (n % 2 === 0) throw new RangeError(n + ' is even');\n  return n;\n}`);
    const report = await run('runOnWorkerPool', { uri, function: 'odd', inputs: '[1, 2, 3]', show: false });
    assert.equal(report.outcome, 'completed');
    assert.deepEqual(report.counts, { tasks: 3, succeeded: 2, failed: 1, cancelled: 0 });
    const [error] = report.errors;
    assert.deepEqual([error?.index, error?.name, error?.message, error?.phase], [1, 'RangeError', '2 is even', 'run']);
    assert.match(error!.stack, /odd\.js:2:/);
  });

  it('is ended by its time-out', async () => {
    const uri = await write('forever.js', 'export function forever() { for (;;); }');
    const report = await run('runOnWorkerPool', { uri, function: 'forever', inputs: 2, timeoutMs: 300, show: false });
    assert.notEqual(report.outcome, 'completed');
    assert.match(report.message!, /timed out/i);
  });

  it('is ended by the cancel command, however busy, and what finished is kept', async () => {
    const marker = workspaceFile('marker').fsPath;
    const uri = await write(
      'busy.js',
      `import { writeFileSync } from 'node:fs';
      const marker = ${JSON.stringify(marker)};
      export function busy(n) { if (n === 0) return 'done'; writeFileSync(marker, ''); for (;;); }`,
    );
    const running = run('runOnWorkerPool', { uri, function: 'busy', inputs: '[0, 1]', workers: 1, chunk: 1, show: false });
    await until('the second task is busy', () => existsSync(marker));
    assert.equal(await vscode.commands.executeCommand('corewise.cancelRun'), true);
    const report = await running;
    assert.equal(report.outcome, 'cancelled');
    assert.deepEqual(valuesOf(report), ['done']);
    assert.deepEqual(report.counts, { tasks: 2, succeeded: 1, failed: 0, cancelled: 1 });
    assert.equal(await vscode.commands.executeCommand('corewise.cancelRun'), false);
  });

  it('waits for the run before it', async () => {
    const uri = await write('turns.js', `export function when() { const from = Date.now(); while (Date.now() - from < 50); return [from, Date.now()]; }`);
    const argument = { uri, function: 'when', inputs: 2, workers: 1, show: false };
    const reports = await Promise.all([run('runOnWorkerPool', argument), run('runOnWorkerPool', argument)]);
    const [first, second] = reports.map((report) => (valuesOf(report) as number[][]).flat());
    assert.ok(Math.max(...first!) <= Math.min(...second!), 'the second began before the first had ended');
  });

  it('is done again on the code as it is now', async () => {
    const uri = await write('again.js', 'export function again(n) { return n; }');
    await run('runOnWorkerPool', { uri, function: 'again', inputs: '[1, 2]', show: false });
    await write('again.js', '// moved down\n\nexport function other(n) { return "other"; }\nexport function again(n) { return -n; }');
    const document = await vscode.workspace.openTextDocument(uri);
    await until('the editor has the new text', () => document.getText().includes('moved down'));
    const report = await run('rerun', { show: false });
    assert.deepEqual(valuesOf(report), [-1, -2]);
    assert.equal(report.target.line, 4);
  });

  it('shows the profile where that is wanted', async () => {
    await run('runOnWorkerPool', { uri: primes(), function: 'countPrimes', inputs: '[10]', show: true });
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.ok(tabs.some(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('corewise.profile')));
  });

  describe('is refused', () => {
    const refusals: [string, () => object, RegExp][] = [
      ['for a function that is not there', () => ({ uri: primes(), function: 'countprimes', inputs: 1 }), /no function `countprimes`/],
      ['for an argument that makes no sense', () => ({ uri: primes(), function: 'countPrimes', inputs: 1, workers: 0 }), /`workers` takes/],
      ['for a misspelt argument', () => ({ uri: primes(), fn: 'countPrimes', inputs: 1 }), /no argument `fn`/],
      ['for a file that is not there', () => ({ uri: workspaceFile('gone.ts'), function: 'f', inputs: 1 }), /gone\.ts cannot be read/],
      ['for another language', () => ({ uri: workspaceFile('README.md'), function: 'f', inputs: 1 }), /README\.md is markdown/],
      ['where which function is meant is not said', () => ({ uri: primes(), inputs: 1 }), /2 functions that can be run/],
    ];
    for (const [why, argument, message] of refusals) {
      it(why, () => assert.rejects(run('runOnWorkerPool', argument()), message));
    }

    it('for a document that is on no disk', async () => {
      const { uri } = await vscode.workspace.openTextDocument({ language: 'javascript', content: 'function f() {}' });
      await assert.rejects(run('runOnWorkerPool', { uri, function: 'f', inputs: 1 }), /not on disk/);
    });

    it('for a function that cannot be run by itself, with the line', async () => {
      const uri = await write('generator.js', '\nexport function* numbers() { yield 1; }');
      await assert.rejects(run('runOnWorkerPool', { uri, function: 'numbers', inputs: 1 }), /generator.*generator\.js:2/);
    });
  });

  it('fails with the reason where the module cannot be loaded', async () => {
    const uri = await write('broken.js', `import { g } from './missing.js';\nexport const f = () => g();`);
    const report = await run('runOnWorkerPool', { uri, function: 'f', inputs: 1, show: false });
    assert.equal(report.outcome, 'failed');
    assert.match(report.message!, /missing/);
  });
});
