import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { Subject } from '../../src/host/panel/panel-contract';
import { MadeUpLiveRun, madeUpRun } from '../made-up/run';
import { historyItem } from './harness/history-item';
import { PanelPage, startBrowser } from './harness/panel-page';
import { themeNames } from './harness/themes';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

interface AxeResult {
  readonly violations: { readonly id: string; readonly nodes: { readonly html: string; readonly failureSummary?: string }[] }[];
}

/** What axe finds wrong, a line each. */
async function violationsOf(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe);
  const { violations } = await panel.page.evaluate(() => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResult> } };
    return axe.run(document, { resultTypes: ['violations'] });
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`));
}

const run = madeUpRun({ tasks: 3000, failEvery: 500, id: 'done' });
run.warnings.push('A warning.');
for (let i = 0; i < 50; i++) run.output.append({ stream: i % 5 ? 'stdout' : 'stderr', task: i, text: `line ${i}` });
const older = madeUpRun({ tasks: 3000, id: 'older', workers: 2 });

function halfWay(finish?: 'cancelled' | 'failed'): Subject {
  const live = new MadeUpLiveRun({ tasks: 3000, id: finish ?? 'live' });
  live.advance(live.wallMs * 0.5);
  if (finish) live.finish(finish, 'Something happened.');
  return { kind: 'run', run: live };
}

interface Case {
  readonly name: string;
  readonly subject: () => Subject | null;
  readonly act?: (panel: PanelPage) => Promise<void>;
}

const done = (): Subject => ({ kind: 'run', run: { data: run } });
const cases: readonly Case[] = [
  { name: 'empty', subject: () => ({ kind: 'empty', functionName: 'f' }) },
  { name: 'untrusted', subject: () => ({ kind: 'untrusted' }) },
  { name: 'interrupted', subject: () => ({ kind: 'gone', item: { ...historyItem(older), outcome: 'interrupted', kept: false } }) },
  { name: 'loading', subject: () => null },
  { name: 'live', subject: () => halfWay() },
  { name: 'cancelled', subject: () => halfWay('cancelled') },
  { name: 'failed', subject: () => halfWay('failed') },
  { name: 'done', subject: done },
  {
    name: 'done, with a failed task selected',
    subject: done,
    act: async (panel) => {
      await panel.page.getByRole('button', { name: '6 tasks failed' }).click();
      await panel.page.locator('.virtual-shown [role=row]').first().click();
      await panel.page.locator('.failure').waitFor();
    },
  },
  { name: 'tables', subject: done, act: (panel) => panel.page.keyboard.press('t') },
  { name: 'help', subject: done, act: (panel) => panel.page.keyboard.press('?') },
  { name: 'menu', subject: done, act: (panel) => panel.page.getByRole('button', { name: 'Export' }).click() },
  { name: 'tasks', subject: done, act: (panel) => panel.page.getByRole('tab', { name: 'Tasks' }).click() },
  {
    name: 'history, side by side',
    subject: done,
    act: async (panel) => {
      await panel.page.getByRole('tab', { name: /History/ }).click();
      for (const i of [0, 1]) await panel.page.getByLabel(/^Pick the run/).nth(i).check();
      await panel.page.getByRole('button', { name: 'Read side by side' }).click();
      await panel.page.getByRole('region', { name: 'Two runs side by side' }).waitFor();
    },
  },
];

describe('accessibility, in every theme', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  for (const { name, subject, act } of cases) {
    it(name, async () => {
      const shown = subject();
      const history = name === 'empty' ? [] : [historyItem(run), historyItem(older), { ...historyItem(older), id: 'x', outcome: 'failed', message: 'm' } as const];
      const panel = await PanelPage.open(browser, shown, { history, runs: [run, older], silent: shown === null });
      await act?.(panel);
      for (const theme of themeNames) {
        await panel.theme(theme);
        await panel.settled();
        assert.deepEqual((await violationsOf(panel)).map((line) => `${theme}: ${line}`), []);
      }
      await panel.close();
    }).timeout(60_000);
  }
});

describe('accessibility in a narrow panel', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  it('has no violation, and nothing wider than the panel', async () => {
    const panel = await PanelPage.open(browser, done(), { width: 600, history: [historyItem(run)] });
    assert.deepEqual(await violationsOf(panel), []);
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth), 600);
    await panel.close();
  }).timeout(60_000);
});
