/**
 * What is left when the process that holds the engine is killed without a warning, busy or idle. This file is its own
 * victim: started by itself with a role, it runs an engine until it is killed.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createEngine } from '../../src/session/create-engine';
import { eventually, processesMarked } from './processes';

const role = process.env['COREWISE_VICTIM'];
if (role) void play(role);
else describeOrphans();

async function play(part: string): Promise<void> {
  const folder = process.env['COREWISE_VICTIM_FOLDER']!;
  const file = join(folder, 'program.mjs');
  const engine = createEngine({
    dist: resolve('dist'),
    cache: join(folder, 'cache'),
    spare: part === 'idle',
    env: process.env,
    nodePath: process.execPath,
    log: () => {},
  });
  const start = (text: string): ReturnType<typeof engine.start> => {
    writeFileSync(file, text);
    return engine.start({
      target: { language: 'javascript', file, function: 'f', line: 1, column: 1 },
      inputs: { kind: 'repeat', times: 2 },
      plan: { model: 'threads', workers: 2 },
    });
  };
  if (part === 'idle') await start('export function f() {}').ended;
  else start(part === 'busy' ? 'export function f() { for (;;); }' : "import { execSync } from 'node:child_process';\nexport function f() { execSync('sleep 60'); }");
  // Lives until it is killed.
  setInterval(() => {}, 1000);
}

function describeOrphans(): void {
  describe('when the editor is killed [24]', function () {
    this.timeout(30_000);
    before(function () {
      if (process.platform !== 'linux') this.skip();
    });

    for (const part of ['idle', 'busy', 'with a child process']) {
      it(`no process is left behind (${part})`, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'corewise-orphans-'));
        const id = randomUUID();
        const env = { ...process.env, COREWISE_VICTIM: part, COREWISE_VICTIM_FOLDER: folder, COREWISE_MARK: id };
        const victim = spawn(process.execPath, [__filename], { env, stdio: 'ignore' });
        const others = (): number[] => processesMarked(`COREWISE_MARK=${id}`).filter((pid) => pid !== victim.pid);
        try {
          await eventually('the runner is there', 10_000, () => others().length >= (part === 'with a child process' ? 2 : 1));
          victim.kill('SIGKILL');
          await eventually('all are gone', 3_000, () => others().length === 0);
        } finally {
          victim.kill('SIGKILL');
          for (const pid of others()) process.kill(pid, 'SIGKILL');
          rmSync(folder, { recursive: true, force: true });
        }
        assert.deepEqual(others(), []);
      });
    }
  });
}
