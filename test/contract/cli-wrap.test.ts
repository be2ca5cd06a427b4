/** Rewrites on the command line: diffs out, or the reason. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { CliKit } from './cli-kit';

const program = `import { getPage } from './pages.js';

export async function getPages(urls) {
  const pages = [];
  for (const url of urls) pages.push(await getPage(url));
  return pages;
}

export async function getFirst(urls) {
  for (const url of urls) {
    if (url.done) break;
    await getPage(url);
  }
}

export function sum(limit) {
  let total = 0;
  for (let n = 0; n <= limit; n++) total += n;
  return total;
}
`;

describe('corewise wrap', function () {
  this.timeout(60_000);
  let kit: CliKit;
  beforeEach(() => {
    kit = new CliKit();
    kit.write('calls.mjs', program);
    kit.write('package.json', '{ "packageManager": "pnpm@10.0.0", "dependencies": {} }');
  });
  afterEach(() => kit.dispose());

  it('prints a diff that applies, and what changes on stderr', async () => {
    const { code, stdout, stderr } = await kit.run(['wrap', 'calls.mjs#getPages', '--recipe', 'loop-to-gather']);
    assert.equal(code, 0, stderr);
    const after = applyPatch(program, stdout);
    assert.match(String(after), /const pages = await Promise\.all\(Array\.from\(urls, async \(url\) => getPage\(url\)\)\);/);
    assert.match(stderr, /After one failure the other calls go on/);
    assert.equal(readFileSync(join(kit.folder, 'calls.mjs'), 'utf8'), program);
  });

  it('refuses with exit code 4, the reason and the line', async () => {
    const { code, stdout, stderr } = await kit.run(['wrap', 'calls.mjs#getFirst', '--recipe', 'loop-to-gather', '--json']);
    assert.equal(code, 4);
    assert.deepEqual(JSON.parse(stdout).refusal, { code: 'break', message: '`break` on line 11: later iterations must not start.', line: 11 });
    assert.match(stderr, /calls\.mjs:11/);
  });

  it('writes the files, once', async () => {
    const words = ['wrap', 'calls.mjs#sum', '--recipe', 'wrap-cpu-task', '--write'];
    const { code, stdout, stderr } = await kit.run(words);
    assert.deepEqual([code, stdout], [0, ''], stderr);
    assert.match(stderr, /pnpm add piscina/);
    assert.match(readFileSync(join(kit.folder, 'calls.mjs'), 'utf8'), /export async function sum\(limit\)/);
    assert(existsSync(join(kit.folder, 'calls.worker.mjs')));
  });

  it('patches new files too', async () => {
    const { stdout } = await kit.run(['wrap', 'calls.mjs#sum:17', '--recipe', 'wrap-cpu-task']);
    const patches = parsePatch(stdout);
    assert.deepEqual(patches.map(({ oldFileName, newFileName }) => [oldFileName, newFileName]), [
      ['a/calls.mjs', 'b/calls.mjs'],
      ['/dev/null', 'b/calls.worker.mjs'],
    ]);
  });

  it('wants a recipe that there is', async () => {
    const { code, stderr } = await kit.run(['wrap', 'calls.mjs#sum', '--recipe', 'faster']);
    assert.equal(code, 2);
    assert.match(stderr, /There is no recipe "faster"/);
  });
});
