import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Subject } from '../../src/host/panel/panel-contract';
import { MadeUpLiveRun, madeUpRun } from '../made-up/run';
import { historyItem } from './harness/history-item';
import { type OpenOptions, PanelPage, startBrowser } from './harness/panel-page';

const folder = path.resolve('out/screenshots/panel');
const run = madeUpRun({ tasks: 48_000, id: 'newer' });
const older = madeUpRun({ tasks: 48_000, id: 'older', workers: 4, seed: 3, requestedAt: run.requestedAt - 86_400_000 });
for (let i = 0; i < 40; i++) run.output.append({ stream: i % 9 === 4 ? 'stderr' : 'stdout', task: i * 37, text: `priced position ${i * 37}` });

function live(finish?: 'cancelled' | 'failed'): Subject {
  const made = new MadeUpLiveRun({ tasks: 48_000 });
  made.advance(1900);
  if (finish) made.finish(finish, finish === 'failed' ? 'Worker 3 was killed (signal 9) after 1.9 s, probably out of memory.' : 'Cancelled.');
  return { kind: 'run', run: made };
}

const done = (): Subject => ({ kind: 'run', run: { data: run } });
const slowest = (panel: PanelPage) => panel.page.getByRole('button', { name: 'Show the slowest' }).click();

interface Picture {
  readonly name: string;
  readonly subject: () => Subject | null;
  readonly options?: OpenOptions;
  readonly act?: (panel: PanelPage) => Promise<void>;
}

const pictures: readonly Picture[] = [
  { name: 'dark-1200', subject: done, act: slowest },
  { name: 'light-1200', subject: done, options: { theme: 'light' }, act: slowest },
  { name: 'hc-1200', subject: done, options: { theme: 'hc' }, act: slowest },
  { name: 'hc-light-1200', subject: done, options: { theme: 'hc-light' }, act: slowest },
  { name: 'dark-600', subject: done, options: { width: 600 }, act: slowest },
  { name: 'light-600', subject: done, options: { width: 600, theme: 'light' } },
  { name: 'forced-colors-1200', subject: done, options: { forcedColors: 'active' } },
  {
    name: 'zoom-dark-1200',
    subject: done,
    act: async (panel) => {
      await slowest(panel);
      await panel.lanes.focus();
      await panel.page.keyboard.press('Enter');
    },
  },
  {
    name: 'hover-dark-1200',
    subject: done,
    act: async (panel) => {
      const box = (await panel.lanes.boundingBox())!;
      await panel.page.mouse.move(box.x + 330, box.y + 35);
    },
  },
  { name: 'tables-dark-1200', subject: done, act: (panel) => panel.page.keyboard.press('t') },
  { name: 'live-dark-1200', subject: () => live() },
  { name: 'failed-light-1200', subject: () => live('failed'), options: { theme: 'light' } },
  { name: 'cancelled-dark-600', subject: () => live('cancelled'), options: { width: 600 } },
  { name: 'tasks-dark-1200', subject: done, act: (panel) => panel.page.getByRole('tab', { name: 'Tasks' }).click() },
  {
    name: 'history-dark-1200',
    subject: done,
    act: async (panel) => {
      await panel.page.getByRole('tab', { name: /History/ }).click();
      for (const i of [0, 1]) await panel.page.getByLabel(/^Pick the run/).nth(i).check();
      await panel.page.getByRole('button', { name: 'Read side by side' }).click();
    },
  },
  { name: 'help-dark-1200', subject: done, act: (panel) => panel.page.keyboard.press('?') },
  { name: 'empty-dark-600', subject: () => ({ kind: 'empty', functionName: 'pricePortfolio' }), options: { width: 600, history: [] } },
  { name: 'untrusted-light-600', subject: () => ({ kind: 'untrusted' }), options: { width: 600, theme: 'light', history: [] } },
  { name: 'loading-dark-1200', subject: () => null, options: { silent: true, history: [] } },
  { name: 'hybrid-dark-1200', subject: () => ({ kind: 'run', run: { data: madeUpRun({ tasks: 20_000, concurrency: 8, cores: 64, waiting: 0.9, waitLength: 4, model: 'hybrid' }) } }) },
  { name: 'few-light-1200', subject: () => ({ kind: 'run', run: { data: madeUpRun({ tasks: 8, length: 40, workers: 4, cores: 4 }) } }), options: { theme: 'light' } },
];

/** Pictures to look at, left in out/screenshots/panel. Each page must also fit its width. */
describe('pictures of the panel', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
    await mkdir(folder, { recursive: true });
  });
  after(() => browser.close());

  for (const { name, subject, options = {}, act } of pictures) {
    it(name, async () => {
      const history = [historyItem(run), historyItem(older), { ...historyItem(older), id: 'lost', outcome: 'interrupted', wallMs: null, speedup: null, kept: false } as const];
      const panel = await PanelPage.open(browser, subject(), { history, runs: [run, older], ...options });
      await act?.(panel);
      await panel.kept();
      await panel.page.screenshot({ path: path.join(folder, `${name}.png`) });
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth), options.width ?? 1200);
      assert.deepEqual([await panel.violations(), panel.requests], [[], []]);
      await panel.close();
    });
  }
});
