import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { HistoryItem } from '../../src/protocol/panel';
import { duration } from '../../src/profile/words';
import { madeUpRun } from '../made-up/run';
import { historyItem } from './harness/history-item';
import { PanelPage, startBrowser } from './harness/panel-page';

describe('the tabs', () => {
  let browser: Browser;
  let panel: PanelPage;
  const run = madeUpRun({ tasks: 5000, workers: 4, cores: 4, failEvery: 1000, id: 'newer' });
  const older = madeUpRun({ tasks: 5000, workers: 2, cores: 4, id: 'older', requestedAt: run.requestedAt - 86_400_000 });
  const history: HistoryItem[] = [
    historyItem(run),
    historyItem(older),
    { ...historyItem(older), id: 'lost', outcome: 'interrupted', wallMs: null, kept: false, requestedAt: older.requestedAt - 1000 },
  ];

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());
  beforeEach(async () => (panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } }, { history, runs: [run, older] })));
  afterEach(() => panel.close());

  const tab = (name: RegExp) => panel.page.getByRole('tab', { name });

  it('change by click and by arrow keys, with one stop for Tab', async () => {
    await tab(/Tasks/).click();
    assert.equal(await tab(/Tasks/).getAttribute('aria-selected'), 'true');
    assert.equal(await panel.page.locator('[role=tab][tabindex="0"]').count(), 1);
    await panel.page.keyboard.press('ArrowRight');
    await panel.page.getByRole('table', { name: 'Runs, newest first' }).waitFor();
    assert.equal(await tab(/History/).evaluate((element) => element === document.activeElement), true);
    await panel.page.keyboard.press('ArrowRight');
    await panel.lanes.waitFor();
  });

  it('counts the runs of the history', async () => {
    assert.match((await tab(/History/).textContent()) ?? '', /3$/);
    panel.setHistory(history.slice(1));
    await tab(/History\s*2/).waitFor();
  });

  describe('Tasks', () => {
    const cells = async (column: number) =>
      panel.page.locator('.virtual-shown [role=row]').evaluateAll((rows, at) => rows.map((row) => row.children[at]!.textContent ?? ''), column);

    beforeEach(async () => {
      await tab(/Tasks/).click();
      await panel.page.getByRole('grid', { name: /^Tasks/ }).waitFor();
    });

    it('lists all tasks, of which only those in sight are in the page', async () => {
      assert.equal(await panel.page.getByRole('grid').getAttribute('aria-rowcount'), '5001');
      const first = await cells(0);
      assert.deepEqual(first.slice(0, 3), ['#0', '#1', '#2']);
      assert.ok(first.length < 60);
    });

    it('sorts by time, the slowest first, and the other way', async () => {
      const [block] = [...run.records.blocks()];
      const lengths = Array.from({ length: 5000 }, (_, i) => Math.fround(block!.columns.compute[i]! + block!.columns.wait[i]! + block!.columns.runQueue[i]!));
      const header = panel.page.getByRole('button', { name: 'time' });
      await header.click();
      await panel.settled();
      assert.equal((await cells(3))[0], duration(Math.max(...lengths)));
      await header.click();
      await panel.settled();
      assert.equal((await cells(3))[0], duration(Math.min(...lengths)));
      assert.equal(await panel.page.getByRole('columnheader', { name: 'time' }).getAttribute('aria-sort'), 'ascending');
    });

    it('can hold the failed ones alone, and tells of one what went wrong', async () => {
      await panel.page.getByLabel('only failed').check();
      await panel.page.getByRole('heading', { name: '5 failed tasks' }).waitFor();
      assert.deepEqual(await cells(0), ['#999', '#1,999', '#2,999', '#3,999', '#4,999']);
      await panel.page.getByRole('row', { name: '#2,999' }).click();
      const details = panel.page.getByRole('region', { name: 'Selected task' });
      await details.getByText('paths must be positive, got 0 for position 2999').first().waitFor();
      await details.getByRole('button', { name: /at simulate/ }).click();
      await panel.settled();
      assert.deepEqual(panel.calls, [['open', '/made-up/risk/pricing.ts', 88]]);
    });

    it('goes by keys, and shows a task in the timeline', async () => {
      await panel.page.getByRole('grid').focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'PageDown', 'End', 'ArrowUp']) await panel.page.keyboard.press(key);
      await panel.page.getByRole('heading', { name: 'Task #4,998' }).waitFor();
      assert.ok((await cells(0)).includes('#4,998'), 'it is in sight');
      await panel.page.getByRole('button', { name: 'Show in the timeline' }).click();
      await panel.lanes.waitFor();
      const { view, selection } = await panel.kept();
      assert.ok(view!.from <= selection!.start && selection!.start <= view!.to && view!.to - view!.from < run.wallMs / 4);
    });
  });

  describe('History', () => {
    beforeEach(async () => {
      await tab(/History/).click();
      await panel.page.getByRole('table', { name: 'Runs, newest first' }).waitFor();
    });

    it('opens a run', async () => {
      await panel.page.getByRole('button', { name: /^Open the run/ }).nth(1).click();
      await panel.lanes.waitFor();
      assert.equal((await panel.figure('Wall time')).value, duration(older.wallMs));
    });

    it('says so where a run’s data are gone', async () => {
      await panel.page.getByRole('button', { name: /^Open the run/ }).nth(2).click();
      await panel.page.getByRole('heading', { name: 'This run was interrupted' }).waitFor();
      await panel.page.getByRole('button', { name: 'Run again' }).click();
      await panel.settled();
      assert.deepEqual(panel.calls, [['rerun', 'lost']]);
    });

    it('puts the figures of two runs side by side, by keys alone', async () => {
      await panel.page.locator('tbody tr').first().focus();
      await panel.page.keyboard.press('Space');
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Space');
      await panel.page.getByRole('button', { name: 'Read side by side' }).click();
      const wall = panel.page.getByRole('row', { name: /^wall time/ });
      await wall.waitFor();
      assert.deepEqual(await wall.getByRole('cell').allTextContents(), [
        duration(older.wallMs),
        duration(run.wallMs),
        `${(run.wallMs / older.wallMs).toFixed(2)}×`,
      ]);
    });
  });

  describe('the buttons of the header', () => {
    it('run again, export and open the function', async () => {
      await panel.page.getByRole('button', { name: 'Run again' }).click();
      await panel.page.getByRole('button', { name: /risk.pricing\.ts/ }).click();
      await panel.page.getByRole('button', { name: 'Export' }).click();
      await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Enter');
      await panel.settled();
      assert.deepEqual(panel.calls, [['rerun', 'newer'], ['open', '/made-up/risk/pricing.ts', 41], ['export', 'newer', 'csv']]);
      assert.equal(await panel.page.getByRole('menu').count(), 0);
    });

    it('the menu closes with Escape, and gives the focus back', async () => {
      const button = panel.page.getByRole('button', { name: 'Export' });
      await button.click();
      await panel.page.getByRole('menu').waitFor();
      await panel.page.keyboard.press('Escape');
      await panel.page.getByRole('menu').waitFor({ state: 'detached' });
      assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    });
  });
});
