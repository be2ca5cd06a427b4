import assert from 'node:assert/strict';
import { once } from 'node:events';
import { descendants, processesMarked, processTable } from '../../../scripts/setup/process-table.mjs';
import { end, exited, isRunning, start } from '../../../scripts/setup/processes.mjs';

/** A process that starts another, says so, and neither ends nor minds a polite request. */
const stubborn = `
  process.on('SIGTERM', () => {});
  setInterval(() => {}, 1000);
  if (process.argv[1] !== 'child') {
    const args = ['-e', process.execArgv.at(-1), 'child'];
    require('node:child_process').spawn(process.execPath, args, { stdio: 'ignore', detached: true });
    console.log('started');
  }
`;

describe('ending processes', () => {
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  it('ends a stubborn tree, a child in another group too', async () => {
    const parent = start(process.execPath, ['-e', stubborn], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(parent.stdout!, 'data');
    const tree = descendants(parent.pid!);
    assert.equal(tree.length, 1);
    await end(parent, 100);
    assert.equal(isRunning(parent), false);
    assert.deepEqual(processTable().filter(({ pid }) => pid === tree[0]!.pid), []);
  });

  it('ends one that has ended', async () => {
    const child = start(process.execPath, ['-e', ''], { stdio: 'ignore' });
    assert.equal(await exited(child, 10_000), true);
    await end(child);
  });

  it('finds a process by what it was started with, whoever its parent is', async function () {
    if (process.platform !== 'linux') return this.skip();
    const value = `${process.pid}-${Date.now()}`;
    const child = start(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)'], {
      env: { ...process.env, COREWISE_MARK: value },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout!, 'data');
    assert.deepEqual(processesMarked('COREWISE_MARK', value).map(({ pid }) => pid), [child.pid]);
    await end(child, 100);
    assert.deepEqual(processesMarked('COREWISE_MARK', value), []);
  });
});
