import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { duration } from '../../src/profile/words';
import { MadeUpLiveRun, madeUpRun } from '../made-up/run';
import { historyItem } from './harness/history-item';
import { PanelPage, startBrowser } from './harness/panel-page';

describe('the states of the panel', () => {
  let browser: Browser;
  let panel: PanelPage | null = null;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());
  afterEach(async () => {
    await panel?.close();
    panel = null;
  });

  const open = async (...args: Parameters<typeof PanelPage.open> extends [unknown, ...infer Rest] ? Rest : never) =>
    (panel = await PanelPage.open(browser, ...args));
  const heading = (page: PanelPage) => page.page.locator('.message h2').textContent();

  it('empty: one action', async () => {
    const page = await open({ kind: 'empty', functionName: 'pricePortfolio' });
    assert.equal(await heading(page), 'No runs of pricePortfolio yet');
    assert.equal(await page.page.getByRole('button').count(), 1);
    await page.page.getByRole('button').click();
    await page.settled();
    assert.deepEqual(page.calls, [['run']]);
  });

  it('untrusted: it can be trusted, and nothing else', async () => {
    const page = await open({ kind: 'untrusted' });
    assert.equal(await heading(page), 'This workspace is not trusted');
    assert.equal(await page.page.getByRole('button').count(), 1);
    await page.page.getByRole('button', { name: 'Trust…' }).click();
    await page.settled();
    assert.deepEqual(page.calls, [['trust']]);
  });

  it('interrupted: run again', async () => {
    const item = { ...historyItem(madeUpRun({ tasks: 3 })), outcome: 'interrupted', kept: false } as const;
    const page = await open({ kind: 'gone', item });
    assert.equal(await heading(page), 'This run was interrupted');
    await page.page.getByRole('button', { name: 'Run again' }).click();
    await page.settled();
    assert.deepEqual(page.calls, [['rerun', 'made-up-1']]);
  });

  it('gone: says that memory was let go', async () => {
    const page = await open({ kind: 'gone', item: { ...historyItem(madeUpRun({ tasks: 3 })), kept: false } });
    assert.equal(await heading(page), 'The profile of this run is gone');
  });

  it('loading: a skeleton until the host answers', async () => {
    const page = await open(null, { silent: true });
    assert.equal(await page.page.locator('[aria-busy=true] .skeleton').count() > 5, true);
    assert.equal(await page.page.locator('.metrics').count(), 0);
  });

  it('live: provisional figures, no verdict, progress and Stop', async () => {
    const run = new MadeUpLiveRun({ tasks: 10_000 });
    const page = await open({ kind: 'run', run });
    run.advance(run.wallMs * 0.5);
    await page.page.locator('.say', { hasText: 'Running · ' }).waitFor();
    // The figures come at most twice a second.
    await page.page.locator('.metrics .value', { hasText: '≈' }).first().waitFor();
    assert.match((await page.page.locator('.say').textContent()) ?? '', /Running · [\d,]+ of 10,000 tasks · about .* left/);
    assert.match((await page.figure('Speed-up')).value, /^≈ [\d.]+ ×$/);
    assert.equal((await page.figure('Wall time')).value, duration(run.data.wallMs));
    assert.equal(await page.page.getByRole('region', { name: 'Verdict' }).count(), 0);
    const done = run.data.records.length / 10_000;
    assert.equal(Number(await page.page.locator('progress').getAttribute('value')), done);
    assert.match((await page.page.getByRole('status').textContent()) ?? '', /^Running/);
    await page.page.getByRole('button', { name: 'Stop' }).click();
    await page.settled();
    assert.deepEqual(page.calls, [['cancel', 'made-up-1']]);
  });

  it('live to done: the verdict comes with the end, and the announcement', async () => {
    const run = new MadeUpLiveRun({ tasks: 3000 });
    const page = await open({ kind: 'run', run });
    for (let at = 50; at < run.wallMs; at += 40) run.advance(at);
    run.finish();
    await page.page.getByRole('region', { name: 'Verdict' }).waitFor();
    assert.equal(await page.page.getByRole('button', { name: 'Stop' }).count(), 0);
    assert.match((await page.page.getByRole('status').textContent()) ?? '', /^Run completed: 3,000 tasks succeeded\.$/);
    assert.doesNotMatch((await page.page.locator('.metrics').textContent()) ?? '', /≈/);
    assert.equal((await page.figure('Wall time')).note, '3,000 tasks');
  });

  it('starting: says what it is doing before the first task', async () => {
    const run = new MadeUpLiveRun({ tasks: 10 });
    const page = await open({ kind: 'run', run });
    await page.page.getByText('Starting the runner…').waitFor();
    assert.equal((await page.figure('Speed-up')).value, 'n/a');
  });

  it('cancelled: what finished is kept', async () => {
    const run = new MadeUpLiveRun({ tasks: 10_000 });
    run.advance(run.wallMs * 0.4);
    run.finish('cancelled', 'Cancelled after 0.4 s.');
    const page = await open({ kind: 'run', run });
    const banner = page.page.getByRole('region', { name: 'The run was cancelled' });
    const done = run.data.records.length.toLocaleString('en');
    assert.equal(
      ((await banner.locator('p').textContent()) ?? '').trim(),
      `Cancelled after 0.4 s. ${done} of 10,000 tasks had finished and are kept: the profile below is of them.`,
    );
    assert.equal((await page.figure('Wall time')).note, `${done} tasks`);
    await banner.getByRole('button', { name: 'Run again' }).click();
    await page.settled();
    assert.deepEqual(page.calls, [['rerun', 'made-up-1']]);
  });

  it('failed: an alert with the reason, and Retry', async () => {
    const run = new MadeUpLiveRun({ tasks: 10_000 });
    run.advance(run.wallMs * 0.4);
    run.finish('failed', 'The runner died (SIGKILL).');
    const page = await open({ kind: 'run', run });
    assert.match((await page.page.getByRole('alert').textContent()) ?? '', /^The runner died \(SIGKILL\)\./);
    assert.equal(await page.page.getByRole('region', { name: 'Verdict' }).count(), 0);
    await page.page.getByRole('button', { name: 'Retry' }).click();
    await page.settled();
    assert.deepEqual(page.calls, [['rerun', 'made-up-1']]);
  });

  it('failed before any task: nothing is claimed', async () => {
    const run = madeUpRun({ tasks: 0, workers: 0, cores: 2 });
    Object.assign(run, { outcome: 'failed', message: 'Cannot find module ./x', wallMs: 0, peakMemoryMb: null });
    const page = await open({ kind: 'run', run: { data: run } });
    assert.match((await page.page.getByRole('alert').textContent()) ?? '', /Cannot find module \.\/x No task had finished\./);
    for (const name of ['Speed-up', 'Efficiency', 'Latency p50', 'Peak memory']) assert.equal((await page.figure(name)).value, 'n/a');
  });

  it('some tasks failed: a line that leads to them', async () => {
    const run = madeUpRun({ tasks: 1000, failEvery: 500 });
    run.warnings.push('One promise was rejected after its task had ended.');
    const page = await open({ kind: 'run', run: { data: run } });
    const notices = page.page.getByRole('list', { name: 'Failures and warnings' });
    assert.match((await notices.textContent()) ?? '', /2 tasks failed.*RangeError: paths must be positive.*One promise was rejected/);
    await notices.getByRole('button', { name: '2 tasks failed' }).click();
    await page.page.getByRole('heading', { name: '2 failed tasks' }).waitFor();
  });

  it('where the system does not tell, no state is shown that was not measured', async () => {
    const page = await open({ kind: 'run', run: { data: madeUpRun({ tasks: 100, length: 5, workers: 2, cores: 2, split: false }) } });
    const legend = (await page.page.getByRole('group', { name: /Shares/ }).textContent()) ?? '';
    assert.match(legend, /^in your code/);
    assert.doesNotMatch(legend, /waiting/);
    assert.match((await page.page.locator('.core-heading').textContent()) ?? '', /busy, with whom is not known/);
  });
});
