import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isRunning, start } from '../../../scripts/setup/processes.mjs';
import { watch } from '../../../scripts/testing/watchdog.mjs';

/** What a test process of ours would write, put together in a child as its last words before `then`. */
const reporting = (report: object, then: string) => `
  const { writeFileSync } = require('node:fs');
  const file = process.argv[1];
  writeFileSync(file, ${JSON.stringify(JSON.stringify(report))});
  function stuckHere() { ${then} }
  stuckHere();
`;
const midway = { passed: 2, failed: 0, skipped: 1, running: 'the third test', ended: false };
const ended = { passed: 3, failed: 0, skipped: 1, running: null, ended: true };

describe('watching a test process', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'corewise-watch-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function watched(code: string, boundMs = 60_000) {
    const [reportFile, stackFile] = [path.join(folder, 'report.json'), path.join(folder, 'stack.json')];
    const child = start(process.execPath, ['--require', './scripts/testing/stack-teller.cjs', '-e', code, reportFile], {
      env: { ...process.env, COREWISE_STACK_FILE: stackFile },
      stdio: 'ignore',
    });
    let printed = '';
    const counts = await watch(child, { reportFile, stackFile, boundMs, print: (text) => (printed += text) });
    assert.equal(isRunning(child), false);
    return { passed: counts.passed, failed: counts.failed, skipped: counts.skipped, printed };
  }

  it('takes the counts of one that ended well, and says nothing', async () => {
    assert.deepEqual(await watched(reporting(ended, '')), { passed: 3, failed: 0, skipped: 1, printed: '' });
  });

  it('ends one that hangs, and tells the test and the function that it was in', async function () {
    this.timeout(60_000);
    const { failed, passed, printed } = await watched(reporting(midway, 'for (;;);'), 1000);
    assert.deepEqual({ failed, passed }, { failed: 1, passed: 2 });
    assert.match(printed, /Running: the third test/);
    assert.match(printed, /stuckHere/);
  });

  it('counts one that died in the middle', async () => {
    const { failed, printed } = await watched(reporting(midway, 'process.kill(process.pid, "SIGKILL");'));
    assert.equal(failed, 1);
    assert.match(printed, /died \(SIGKILL\).*the third test/);
  });

  it('counts one that ended with another code than its report tells', async () => {
    const { failed, printed } = await watched(reporting(ended, 'process.exit(7);'));
    assert.equal(failed, 1);
    assert.match(printed, /code 7/);
  });

  it('counts one that wrote no report', async () => {
    assert.equal((await watched('process.exit(0)')).failed, 1);
  });
});
