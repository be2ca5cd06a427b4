import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { HumanError } from '../../../../src/base/human-error';
import { Analyst, type AnalystOptions } from '../../../../src/session/analyst/client';

describe('the analysis thread', function () {
  this.timeout(60_000);
  let folder: string;
  const log: string[] = [];
  const open: Analyst[] = [];

  before(async () => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'corewise-analyst-')));
    await build({
      entryPoints: {
        analyst: 'src/session/analyst/thread.ts',
        'analyst-core': 'src/session/analyst/core.ts',
        'analyst-python': 'src/session/analyst/python-core.ts',
        client: 'src/session/analyst/client.ts',
      },
      outdir: path.join(folder, 'dist'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      logLevel: 'error',
    });
  });
  afterEach(async () => {
    for (const it of open.splice(0)) await it.dispose();
    log.length = 0;
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));

  function analyst(options: AnalystOptions = {}): Analyst {
    const it = new Analyst(path.join(folder, 'dist/analyst.js'), (line) => log.push(line), { codeCache: path.join(folder, 'code'), ...options });
    open.push(it);
    return it;
  }

  function file(name: string, text: string): string {
    fs.writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  }

  it('lists, finds, checks and links', async () => {
    const it = analyst();
    const text = 'export const f = (n: number) => n * 2;\nfunction* g() {}';
    const path_ = file('a.ts', text);
    const list = await it.list(path_);
    assert(list.ok);
    assert.deepEqual(list.value.map(({ name, refusal }) => [name, refusal?.code]), [['f', undefined], ['g', 'generator']]);
    const at = await it.at(path_, text, 20, 20);
    assert(at.ok);
    assert.equal(at.value.name, 'f');
    assert.equal(await it.checkInputs('[1, 2]', at.value), null);
    assert.equal((await it.checkInputs('[1,, 2', at.value))?.offset, 6);
    const linked = await it.link({ target: { language: 'typescript', file: path_, function: 'f', line: 1, column: 1 }, inputs: '[1]', cache: path.join(folder, 'cache') });
    assert(linked.ok);
    assert(fs.existsSync(linked.value.moduleFile));
  });

  it('lists, finds and checks Python without TypeScript', async () => {
    const dist = path.join(folder, 'python');
    fs.mkdirSync(dist);
    for (const name of ['analyst.js', 'analyst-python.js']) fs.copyFileSync(path.join(folder, 'dist', name), path.join(dist, name));
    const it = new Analyst(path.join(dist, 'analyst.js'), (line) => log.push(line));
    open.push(it);
    const text = 'def f(n, *more):\n    return n\n\ndef g():\n    yield 1\n';
    const path_ = file('a.py', text);
    const list = await it.list(path_);
    assert(list.ok);
    assert.deepEqual(list.value.map(({ name, refusal }) => [name, refusal?.code]), [['f', undefined], ['g', 'generator']]);
    const at = await it.at(path_, text, 20, 20);
    assert(at.ok);
    assert.equal(at.value.language, 'python');
    assert.equal(await it.checkInputs('[x for x in range(3)]', at.value), null);
    assert.equal((await it.checkInputs('[1, 2', at.value))?.offset, 0);
    assert.equal(await it.isHarmless('range(8)', at.value), true);
    assert.equal(await it.isHarmless('print(8)', at.value), false);
    const missing = await it.list(path.join(folder, 'nope.py'));
    assert(!missing.ok && /nope\.py/.test(missing.error.message));
  });

  it('reads the text of an editor, not the file', async () => {
    const list = await analyst().list(file('b.ts', 'function saved() {}'), 'function unsaved() {}');
    assert(list.ok);
    assert.deepEqual(list.value.map((it) => it.name), ['unsaved']);
  });

  it('keeps Infinity', async () => {
    const list = await analyst().list('/c.ts', 'function f(...all) {}');
    assert(list.ok);
    assert.equal(list.value[0]!.parameters.most, Infinity);
  });

  it('refuses other languages and files that are not there', async () => {
    const ruby = await analyst().list('/a.rb', 'def f() end');
    assert(!ruby.ok);
    assert.match(ruby.error.message, /JavaScript, TypeScript and Python/);
    const missing = await analyst().list(path.join(folder, 'nope.ts'));
    assert(!missing.ok);
    assert.match(missing.error.message, /nope\.ts: it does not exist/);
  });

  it('declines hostile text and goes on', async () => {
    const it = analyst();
    for (const text of ['['.repeat(10_000), 'x'.repeat(5e6), 'const a = 1;\n'.repeat(7e5)]) {
      const at = await it.at('/a.ts', text, 0, 0);
      assert(!at.ok);
    }
    assert((await it.at('/a.ts', 'function f() {}', 10, 10)).ok);
  });

  it('starts again after it ran out of memory', async () => {
    const it = analyst({ memoryMb: 128 });
    // Below the limit on length, and some hundred MiB as a tree.
    const big = Array.from({ length: 60_000 }, (_, i) => `export function f${i}(a, b) { return a + b * ${i} }`).join('\n');
    const fault = await it.list('/a.ts', big).then(
      () => assert.fail('it should have run out of memory'),
      (error: unknown) => error as HumanError,
    );
    assert(fault instanceof HumanError);
    assert.match(fault.message, /out of memory/);
    assert.match(log.join('\n'), /out of memory/);
    const small = await it.list('/a.ts', 'function f() {}');
    assert(small.ok);
  });

  it('gives up an answer that takes too long', async () => {
    const it = analyst({ limitMs: 1 });
    await assert.rejects(it.list('/a.ts', 'function f() {}\n'.repeat(50_000)), /took too long/);
  });

  it('drops what is no longer wanted', async () => {
    const it = analyst();
    const stale = new AbortController();
    const first = it.list('/a.ts', 'function a() {}', stale.signal);
    const second = it.list('/a.ts', 'function b() {}');
    stale.abort(new Error('stale'));
    await assert.rejects(first, /stale/);
    assert((await second).ok);
    await assert.rejects(it.list('/a.ts', '', AbortSignal.abort(new Error('before'))), /before/);
  });

  it('fails what waits when it is disposed of, and everything after', async () => {
    const it = analyst();
    const waiting = assert.rejects(it.list('/a.ts', ''), /stopped/);
    await it.dispose();
    await waiting;
    await assert.rejects(it.list('/a.ts', ''), /stopped/);
  });

  it('keeps compiled code for its next start, and does without where it is broken', async () => {
    const codeCache = path.join(folder, 'code-2');
    const listed = async (): Promise<boolean> => {
      const it = analyst({ codeCache });
      const { ok } = await it.list('/a.ts', 'function f() {}');
      await waitFor(() => fs.existsSync(codeCache) && fs.readdirSync(codeCache).some((name) => name.endsWith('.v8cache')));
      await it.dispose();
      return ok;
    };
    assert(await listed());
    const [kept] = fs.readdirSync(codeCache).map((name) => path.join(codeCache, name));
    const size = fs.statSync(kept!).size;
    assert(size > 100_000, `${size} bytes`);
    fs.truncateSync(kept!, 5000);
    assert(await listed());
    const it = analyst({ codeCache });
    assert((await it.list('/a.ts', 'function f() {}')).ok);
    await waitFor(() => fs.statSync(kept!).size > 100_000);
  });

  it('keeps no process alive', async () => {
    const script = `
      const { Analyst } = require(${JSON.stringify(path.join(folder, 'dist/client.js'))});
      const it = new Analyst(${JSON.stringify(path.join(folder, 'dist/analyst.js'))}, console.log);
      it.list('/a.ts', 'function f() {}').then((list) => console.log(list.value[0].name));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { timeout: 30_000 });
    assert.equal(stdout.trim(), 'f');
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    assert(Date.now() < end, 'waited for too long');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
