import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { processesMarked } from '../../scripts/setup/process-table.mjs';
import { end, exited, start } from '../../scripts/setup/processes.mjs';
import { openBrowser } from '../../scripts/vscode/page.mjs';
import { runCommand } from './driver/actions';

const mark = { name: 'COREWISE_START', value: randomUUID() };

/** Starts as `npm start` does, and waits for the address that it prints. */
async function startProduct() {
  const child = start(process.execPath, ['scripts/start.mjs', '--no-open'], {
    env: { ...process.env, [mark.name]: mark.value },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  for await (const chunk of child.stdout!) {
    printed += String(chunk);
    const [url] = /http:\/\/\S+/.exec(printed) ?? [];
    if (url) return { child, url };
  }
  throw new Error(`No address was printed, but:\n${printed}`);
}

describe('npm start', function () {
  this.timeout(120_000);

  it('prints the address of a VS Code that has the extension, and Ctrl+C leaves nothing behind', async () => {
    const { child, url } = await startProduct();
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(url);
      await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'src' }).first().waitFor();
      await runCommand(page, 'Corewise: Show Output');
      await page.locator('.part.panel .output-view').waitFor();

      child.kill('SIGINT');
      assert.equal(await exited(child, 15_000), true);
      if (process.platform === 'linux') assert.deepEqual(processesMarked(mark.name, mark.value), []);
    } finally {
      await browser.close();
      await end(child);
    }
  });

  it('refuses the window without its token', async () => {
    const { child, url } = await startProduct();
    try {
      assert.equal((await fetch(url, { redirect: 'manual' })).status < 400, true);
      assert.equal((await fetch(new URL('/', url))).status, 403);
    } finally {
      await end(child);
    }
  });
});
