import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunReport } from '../../../src/protocol/report';
import { activateExtension, openAt, until, workspaceFile } from '../harness';
import { run, valuesOf } from '../report';

const primes = () => workspaceFile('python', 'primes.py');

async function write(name: string, lines: readonly string[]): Promise<vscode.Uri> {
  const uri = workspaceFile('python', name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${lines.join('\n')}\n`));
  return uri;
}

/** Presses Enter in the picker, as soon as there is one, until `answer` has come. */
async function accepting<T>(answer: Thenable<T>): Promise<T> {
  let over = false;
  const settled = Promise.resolve(answer).finally(() => (over = true));
  while (!over) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  return settled;
}

async function lensesOf(uri: vscode.Uri): Promise<string[]> {
  await vscode.workspace.openTextDocument(uri);
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
  return lenses.filter(({ command }) => command?.command.startsWith('corewise.')).map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
}

describe('a run of a Python function', function () {
  this.timeout(120_000);
  before(activateExtension);
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('is on processes where a worker pool is asked for', async () => {
    const report = await run('runOnWorkerPool', { uri: primes(), function: 'count_primes', inputs: '[10, 100, 1000]', show: false });
    assert.equal(report.outcome, 'completed', report.message);
    assert.deepEqual(valuesOf(report), [4, 25, 168]);
    assert.equal(report.target.language, 'python');
    assert.equal(report.plan.model, 'processes');
    assert.equal(report.environment?.runtime, 'python');
  });

  it('takes inputs in Python, with the module in scope', async () => {
    const report = await run('runSequentially', { uri: workspaceFile('python', 'mandelbrot.py'), function: 'render_row', inputs: 'range(HEIGHT - 2, HEIGHT)', show: false });
    assert.equal(report.outcome, 'completed', report.message);
    assert.deepEqual((valuesOf(report) as string[]).map((row) => row.length), [120, 120]);
  });

  it('takes a list from a program, spread over several parameters', async () => {
    const uri = workspaceFile('python', 'clamp.py');
    const report = await run('runSequentially', { uri, function: 'clamp', inputs: [[5, 0, 3], [-1, 0, 3]], show: false });
    assert.deepEqual(valuesOf(report), [3, 0], report.message);
    const lists = await write('lists.py', ['def total(numbers):', '    return sum(numbers)']);
    assert.deepEqual(valuesOf(await run('runSequentially', { uri: lists, function: 'total', inputs: [[1, 2], [3, 4]], show: false })), [3, 7]);
    const flags = await write('flags.py', ['def name(value):', '    return type(value).__name__']);
    assert.deepEqual(valuesOf(await run('runSequentially', { uri: flags, function: 'name', inputs: [true, null, { a: false }, 'x'], show: false })), ['bool', 'NoneType', 'dict', 'str']);
  });

  for (const model of ['threads', 'hybrid', 'gather', 'sequential', 'processes'] as const) {
    it(`can be on ${model}`, async () => {
      const uri = workspaceFile('python', 'weather.py');
      const report = await run('runOnWorkerPool', { uri, function: 'forecast', inputs: ['Oslo', 'Lima', 'Oslo'], model, workers: ['threads', 'hybrid', 'processes'].includes(model) ? 2 : undefined, show: false });
      assert.equal(report.outcome, 'completed', report.message);
      assert.equal(report.plan.model, model);
      const [oslo, lima, again] = valuesOf(report) as { city: string }[];
      assert.deepEqual([oslo?.city, lima?.city], ['Oslo', 'Lima']);
      assert.deepEqual(oslo, again);
    });
  }

  it('starts its processes as it was told, by the argument or by the setting', async () => {
    const argument = { uri: primes(), function: 'is_prime', inputs: '[7, 8]', workers: 2, show: false };
    assert.equal((await run('runOnWorkerPool', { ...argument, startMethod: 'forkserver' })).plan.startMethod, 'forkserver');
    const settings = () => vscode.workspace.getConfiguration('corewise');
    await settings().update('startMethod', 'spawn', vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal((await run('runOnWorkerPool', argument)).plan.startMethod, 'spawn');
      // What starts no processes is not held to it.
      assert.equal((await run('runSequentially', argument)).outcome, 'completed');
    } finally {
      await settings().update('startMethod', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('runs the text of the editor, saved or not', async () => {
    const uri = await write('draft.py', ['def f(n):', '    return n + 1']);
    const argument = { uri, function: 'f', inputs: '[1]', show: false };
    assert.deepEqual(valuesOf(await run('runOnWorkerPool', argument)), [2]);
    const editor = await openAt(uri, 'n + 1');
    await editor.edit((edit) => edit.replace(new vscode.Range(1, 11, 1, 16), 'n * 10'));
    assert.deepEqual(valuesOf(await run('runOnWorkerPool', argument)), [10]);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('tells each failure by its task and line, and keeps what succeeded', async () => {
    const uri = await write('odd.py', ['def odd(n):', '    if n % 2 == 0:', '        raise ValueError(f"{n} is even")', '    return n']);
    const report = await run('runOnWorkerPool', { uri, function: 'odd', inputs: 'range(1, 4)', show: false });
    assert.deepEqual(report.counts, { tasks: 3, succeeded: 2, failed: 1, cancelled: 0 });
    const [error] = report.errors;
    assert.deepEqual([error?.index, error?.name, error?.message, error?.phase], [1, 'ValueError', '2 is even', 'run']);
    assert.match(error!.stack, /odd\.py.*line 3|odd\.py:3/);
  });

  it('is ended by the cancel command, however busy', async () => {
    const marker = workspaceFile('marker-python').fsPath;
    const uri = await write('busy.py', ['def busy(n):', '    if n == 0:', '        return "done"', `    open(${JSON.stringify(marker)}, "w").close()`, '    while True:', '        pass']);
    const running = run('runOnWorkerPool', { uri, function: 'busy', inputs: 'range(2)', workers: 1, chunk: 1, show: false });
    await until('the second task is busy', () => existsSync(marker), 30_000);
    assert.equal(await vscode.commands.executeCommand('corewise.cancelRun'), true);
    const report = await running;
    assert.equal(report.outcome, 'cancelled');
    assert.deepEqual(report.counts, { tasks: 2, succeeded: 1, failed: 0, cancelled: 1 });
    assert.deepEqual(valuesOf(report), ['done']);
  });

  it('is done again, with the same plan', async () => {
    const before = await run('runOnWorkerPool', { uri: primes(), function: 'is_prime', inputs: '[7]', workers: 2, startMethod: 'spawn', show: false });
    const report = await run('rerun', { show: false });
    assert.deepEqual(valuesOf(report), [true]);
    assert.deepEqual([report.plan.model, report.plan.workers, report.plan.startMethod], ['processes', 2, before.plan.startMethod]);
  });

  it('is refused a model that Python has not, and JavaScript one that is Python’s', async () => {
    const uri = workspaceFile('src', 'primes.ts');
    await assert.rejects(run('runOnWorkerPool', { uri, function: 'countPrimes', inputs: '[1]', model: 'processes', show: false }), /no model "processes"/);
    await assert.rejects(run('runOnWorkerPool', { uri: primes(), function: 'is_prime', inputs: '[1]', model: 'fibres' }), /`model` takes/);
  });

  it('begins with a suggestion, for the function under the cursor', async () => {
    await openAt(primes(), 'return n >= 2');
    const report = await accepting(vscode.commands.executeCommand<RunReport>('corewise.runOnWorkerPool'));
    assert.equal(report.target.function, 'is_prime');
    assert.equal(report.counts.succeeded, 64);
  });

  it('starts nothing of a file but what the function needs', async () => {
    const marker = workspaceFile('started').fsPath;
    const uri = await write('program.py', [
      'import sys',
      '',
      'FACTOR = 3',
      '',
      '',
      'def triple(n):',
      '    return n * FACTOR',
      '',
      '',
      `open(${JSON.stringify(marker)}, "w").close()`,
      'if __name__ == "__main__":',
      '    sys.exit("the program itself")',
    ]);
    for (const model of ['sequential', 'processes', 'threads'] as const) {
      const report = await run('runOnWorkerPool', { uri, function: 'triple', inputs: '[FACTOR, 5]', model, show: false });
      assert.equal(report.outcome, 'completed', report.message);
      assert.deepEqual(valuesOf(report), [9, 15]);
    }
    assert.equal(existsSync(marker), false);
    const shop = await run('runOnWorkerPool', { uri: workspaceFile('python', 'shop.py'), function: 'best_coupons', inputs: 'baskets()', show: false });
    assert.equal(shop.outcome, 'completed', shop.message);
    assert.deepEqual((valuesOf(shop) as number[][])[0], [200, 200, 200]);
  });

  it('has a line above each function, with gather where it is a coroutine', async () => {
    const uri = await write('lenses.py', ['def plain(n):', '    return n', '', '', 'async def waits():', '    pass', '', '', 'def numbers():', '    yield 1']);
    assert.deepEqual(await lensesOf(uri), ['1 ▷ Run on every core', '5 ▷ Run on every core', '5 gather']);
  });
});

describe('a cell of a notebook', () => {
  before(activateExtension);

  it('is told apart, and why it cannot be run', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'def f(n):\n    return n\n', 'python');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const { uri } = notebook.cellAt(0).document;
    await assert.rejects(run('runOnWorkerPool', { uri, function: 'f', inputs: '[1]' }), /Cells of a notebook .* cannot be run by Corewise yet/);
  });
});
