import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { RunData } from '../../src/profile/run-data';
import { madeUpRun } from '../made-up/run';
import { historyItem } from './harness/history-item';
import { PanelPage, startBrowser } from './harness/panel-page';

const markup = '<img src="https://evil.test/x.png" onerror="window.hacked = 1"><script>window.hacked = 2</script>';
const reversed = 'photo\u202Egpj.exe';

/** A run in which every text that user code can choose is an attack. */
function hostileRun(): RunData {
  const run = madeUpRun({ tasks: 200, failEvery: 100, functionName: `${markup}${reversed}`, file: `/made-up/${markup}.ts`, inputs: `__proto__ ${markup}` });
  run.message = markup;
  run.warnings.push(markup, `${reversed}\u0000\u0007`);
  Object.assign(run.environment!, { runtime: markup, runtimeVersion: markup });
  for (const error of run.errors) Object.assign(error, { name: markup, message: markup, stack: `${markup}\n    at ${markup} (/made-up/a.ts:1:1)` });
  for (const preview of run.previews.values()) Object.assign(preview, { input: markup, result: `${markup}${reversed}` });
  run.workers[0]!.fault = markup;
  const lines = [markup, '\x1b[2J\x1b[31mred\x1b[0m', '\x1b]52;c;aGFja2Vk\x07', '\x1b]8;;javascript:alert(1)\x07link\x1b]8;;\x07', reversed, 'x'.repeat(100_000), 'nul\0'];
  for (const text of lines) run.output.append({ stream: 'stdout', task: 99, text });
  return run;
}

describe('hostile text', () => {
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await startBrowser();
    const run = hostileRun();
    panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } }, { runs: [run], history: [{ ...historyItem(run), message: markup, outcome: 'failed', fileLabel: markup }] });
  });
  after(async () => {
    await panel.close();
    await browser.close();
  });

  const harmless = async () => {
    assert.equal(await panel.page.evaluate(() => 'hacked' in window), false);
    assert.equal(await panel.page.locator('img, #app script, iframe, object').count(), 0);
    assert.deepEqual(panel.requests, []);
    assert.deepEqual(await panel.violations(), []);
  };

  it('is text in the profile: name, warnings, faults, errors, inputs, results', async () => {
    await panel.lanes.focus();
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.locator('.values').waitFor();
    assert.equal(await panel.page.locator('h1').textContent(), `${markup}photo⟨U+202E⟩gpj.exe`);
    const text = (await panel.page.locator('main').textContent()) ?? '';
    assert.ok(text.includes(markup));
    assert.doesNotMatch(text, /[\u202E\0\x07\x1b]/);
    await harmless();
  });

  it('is text in the output, without escape sequences', async () => {
    const lines = await panel.page.locator('.lines bdi').allTextContents();
    assert.deepEqual(lines.slice(0, 5), [markup, 'red', '', 'link', 'photo⟨U+202E⟩gpj.exe']);
    assert.ok(lines[5]!.length <= 4096);
    assert.equal(lines[6], 'nul⟨U+0000⟩');
    await harmless();
  });

  it('is text in the list of tasks, and in the history', async () => {
    await panel.page.getByRole('tab', { name: 'Tasks' }).click();
    await panel.page.getByLabel('only failed').check();
    await panel.page.getByRole('row', { name: '#99' }).first().click();
    await panel.page.locator('.failure').waitFor();
    await harmless();
    await panel.page.getByRole('tab', { name: /History/ }).click();
    await panel.page.getByText(markup).first().waitFor();
    await harmless();
  });

  it('forged messages to the host do nothing but a line in the log', async () => {
    const before = panel.calls.length;
    const forged = [{ type: 'openFile', path: '/etc/passwd' }, { type: 'cancel', runId: 'x', then: 'rm' }, 'trust', null, { type: 'export', runId: 'x', format: 'exe' }];
    for (const message of forged) await panel.post(message);
    assert.equal(panel.calls.length, before);
    assert.equal(panel.logged.length, forged.length);
    assert.ok(panel.logged.every((line) => line.length < 500));
  });
});

describe('forged page state', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  for (const state of [
    { runId: 'made-up-1', tab: 'profile', view: { from: -1e308, to: 1e308 }, selection: { worker: 1e9, slot: -1, start: 0, id: -5 } },
    { runId: 'made-up-1', tab: 'profile', view: { from: 5, to: 5 }, selection: null },
    { runId: 'made-up-1', tab: 'profile', view: { from: 900, to: 3 }, selection: {} },
    { runId: markup, tab: markup, view: markup, selection: markup },
  ]) {
    it(JSON.stringify(state).slice(0, 90), async () => {
      const panel = await PanelPage.open(browser, { kind: 'run', run: { data: madeUpRun({ tasks: 100 }) } }, { state });
      await panel.lanes.waitFor();
      const { view } = await panel.kept();
      if (view) assert.ok(view.from >= 0 && view.to > view.from, JSON.stringify(view));
      await panel.close();
    });
  }
});
