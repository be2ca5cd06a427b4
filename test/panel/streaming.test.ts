import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { duration, grouped } from '../../src/profile/words';
import { MadeUpLiveRun, madeUpRun } from '../made-up/run';
import { PanelPage, startBrowser } from './harness/panel-page';

describe('data on their way to the page', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  it('a run that grows ends up as the same run sent whole', async () => {
    const live = new MadeUpLiveRun({ tasks: 8000, workers: 4, cores: 4 });
    const panel = await PanelPage.open(browser, { kind: 'run', run: live });
    for (let at = 100; at < live.wallMs; at += live.wallMs / 30) {
      live.advance(at);
      await panel.settled();
    }
    live.finish();
    await panel.page.getByRole('region', { name: 'Verdict' }).waitFor();
    await panel.settled();
    assert.ok(panel.sent.filter(({ type }) => type === 'records').length > 5, 'it came in pieces');
    const picture = () => panel.page.locator('canvas.lanes').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const grown = await picture();
    panel.controller.show({ kind: 'run', run: { data: live.data } });
    await panel.settled();
    await panel.page.getByRole('region', { name: 'Verdict' }).waitFor();
    await panel.settled();
    assert.equal(await picture(), grown);
    await panel.close();
  });

  it('a page that was thrown away gets the run again, and comes back to where it was', async () => {
    const run = madeUpRun({ tasks: 5000 });
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    await panel.lanes.focus();
    for (const key of ['ArrowRight', 'w', 'w']) await panel.page.keyboard.press(key);
    const before = await panel.kept();
    assert.ok(before.view && before.selection);
    panel.controller.pause();
    await panel.reload();
    await panel.page.getByRole('region', { name: 'Selected task' }).waitFor();
    assert.deepEqual(await panel.kept(), before);
    await panel.close();
  });

  it('results never come with the run, and previews only when they are asked for', async () => {
    const run = madeUpRun({ tasks: 300 });
    run.previews.set(7, { input: 'the input of seven', result: 'the result of seven' });
    run.results = [{ index: 0, value: 'a result' }];
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    const sent = () => JSON.stringify(panel.sent);
    assert.doesNotMatch(sent(), /of seven|a result/);
    await panel.post({ type: 'task', runId: run.id, index: 7 });
    assert.match(sent(), /the result of seven/);
    await panel.close();
  });

  it('a million tasks are shown, found and zoomed into', async () => {
    const run = madeUpRun({ tasks: 1_000_000, length: 0.02, waitLength: 0.02 });
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    await panel.page.getByRole('status').getByText('Run completed: 1,000,000 tasks succeeded.').waitFor({ state: 'attached', timeout: 60_000 });
    await panel.settled();
    assert.equal((await panel.figure('Wall time')).value, duration(run.wallMs));
    assert.ok(panel.sent.filter(({ type }) => type === 'records').length >= 10);
    await panel.page.getByRole('button', { name: 'Show the slowest' }).click();
    await panel.page.getByText('the slowest').waitFor();
    await panel.lanes.focus();
    await panel.page.keyboard.press('Enter');
    const { view } = await panel.kept();
    assert.ok(view!.to - view!.from < 20);
    await panel.page.getByRole('tab', { name: 'Tasks' }).click();
    await panel.page.getByRole('heading', { name: `${grouped(1_000_000)} tasks` }).waitFor();
    await panel.page.getByRole('grid').focus();
    await panel.page.keyboard.press('End');
    await panel.page.getByRole('heading', { name: 'Task #999,999' }).waitFor();
    assert.ok(await panel.page.getByRole('row', { name: '#999,999' }).isVisible());
    await panel.close();
  }).timeout(120_000);

  it('a run of thousands of workers that died is shown too', async () => {
    const run = madeUpRun({ tasks: 2000, workers: 1500, cores: 4, length: 1 });
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    await panel.lanes.waitFor();
    assert.ok((await panel.page.locator('.lanes-gutter b').count()) < 40);
    await panel.close();
  });
});
