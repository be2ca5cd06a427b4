import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { findingsOf } from '../../src/profile/findings';
import { summarise } from '../../src/profile/summary';
import { verdictOf } from '../../src/profile/verdict';
import { duration, percent, times } from '../../src/profile/words';
import { madeUpRun } from '../made-up/run';
import { PanelPage, startBrowser } from './harness/panel-page';

describe('the profile of a run that has ended', () => {
  let browser: Browser;
  let panel: PanelPage;
  const run = madeUpRun({ tasks: 48_000 });
  const summary = summarise(run);

  before(async () => {
    browser = await startBrowser();
    panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
  });
  after(async () => {
    await panel.close();
    await browser.close();
  });

  it('shows the figures of the summary, and none of its own', async () => {
    assert.equal((await panel.figure('Wall time')).value, duration(run.wallMs));
    assert.equal((await panel.figure('Speed-up')).value, times(summary.speedup.estimate!).replace('×', ' ×'));
    assert.equal((await panel.figure('Efficiency')).value, percent(summary.efficiency!));
    assert.deepEqual(await panel.figure('Overhead'), {
      value: percent(summary.overhead!.total),
      note: `start-up ${percent(summary.overhead!.startup)} · transfer ${percent(summary.overhead!.transfer)}`,
    });
    const { p50Ms, p95Ms, p99Ms } = summary.latency;
    assert.deepEqual(await panel.figure('Latency p50'), {
      value: duration(p50Ms!),
      note: `p95 ${duration(p95Ms!)} · p99 ${duration(p99Ms!)}`,
    });
    assert.equal((await panel.figure('Peak memory')).value, '612 MB');
  });

  it('says what the verdict says', async () => {
    const { sentence, reasons } = verdictOf(run, summary)!;
    const section = panel.page.getByRole('region', { name: 'Verdict' });
    const text = ((await section.textContent()) ?? '').replaceAll(/\s/g, '');
    assert.equal(text, `${sentence}Measured${reasons.join(' ')}`.replaceAll(/\s/g, ''));
    assert.equal(await section.locator('b').textContent(), 'CPU-bound:');
  });

  it('shows where the workers’ time went', async () => {
    const bar = panel.page.getByRole('region', { name: 'Where the workers’ time went' });
    const code = summary.loss!.find(({ kind }) => kind === 'code')!.times;
    assert.match((await bar.textContent()) ?? '', new RegExp(`8 worker threads: ${times(code)} ran your code`));
    const startup = summary.loss!.find(({ kind }) => kind === 'startup')!.times;
    assert.equal(await bar.getByText('start-up').textContent(), `start-up −${times(startup)}`);
    const widths = await bar.locator('.stack i').evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().width));
    const whole = await bar.locator('.stack').evaluate((stack) => stack.getBoundingClientRect().width);
    const startupWidth = await bar.locator('.stack .fill-startup').evaluate((part) => part.getBoundingClientRect().width);
    assert.ok(Math.abs(startupWidth / whole - startup / 8) < 0.01);
    assert.ok(widths.reduce((sum, width) => sum + width, 0) <= whole + widths.length);
  });

  it('tells the shares of the time in view, which are those of the summary for the whole run', async () => {
    const total = summary.timing.wallMs * summary.lanes;
    const legend = panel.page.getByRole('group', { name: /Shares of the workers/ });
    const shown = Object.fromEntries(
      (await legend.locator('button, .entry').allTextContents()).map((text) => /^(.*?) ([\d.]+) %$/.exec(text)!.slice(1, 3) as [string, string]),
    );
    const expected: Record<string, number> = {
      computing: summary.timing.onCpuMs! / total,
      waiting: summary.timing.blockedMs! / total,
      'waiting for a core': summary.timing.runQueueMs! / total,
      overhead: (summary.timing.startupMs! + summary.timing.transferMs!) / total,
      idle: summary.timing.idleMs! / total,
    };
    assert.deepEqual(Object.keys(shown), Object.keys(expected));
    for (const [name, share] of Object.entries(expected)) {
      assert.ok(Math.abs(Number(shown[name]) / 100 - share) < 0.006, `${name}: ${shown[name]} % instead of ${percent(share)}`);
    }
  });

  it('numbers the findings, and shows where one is when it is clicked', async () => {
    const findings = findingsOf(run, summary);
    const list = panel.page.getByRole('list', { name: 'Findings' });
    assert.deepEqual(
      await list.getByRole('button').allTextContents(),
      findings.map(({ sentence }, i) => `${i + 1}${sentence}`),
    );
    const tail = findings.findIndex(({ kind }) => kind === 'tail');
    await list.getByRole('button').nth(tail).click();
    const { from, to } = findings[tail]!;
    const { view } = await panel.kept();
    assert.ok(view!.from <= from && view!.to >= to, 'all of it is in view');
    assert.ok(view!.to - view!.from < 2 * (to - from), 'and little else');
    await panel.page.keyboard.press('f');
  });

  it('has every chart as a table too', async () => {
    await panel.page.keyboard.press('t');
    const table = (name: string) => panel.page.getByRole('table', { name });
    await table('Workers over the whole run').waitFor();
    assert.equal(await table('Workers in the visible stretch of time').getByRole('row').count(), 9);
    assert.equal(await table('Cores in the visible stretch of time').getByRole('row').count(), 13);
    assert.match((await table('Percentiles of task latency').textContent()) ?? '', new RegExp(`p50${duration(summary.latency.p50Ms!)}`));
    const counts = await table('Number of tasks by latency').locator('td').allTextContents();
    assert.equal(counts.reduce((sum, count) => sum + Number(count.replaceAll(',', '')), 0), 48_000);
    const tasks = await table('Workers over the whole run').locator('tbody tr').allTextContents();
    assert.equal(tasks.length, 8);
    await panel.page.keyboard.press('t');
    await panel.lanes.waitFor();
  });

  it('says what it runs on', async () => {
    assert.match((await panel.page.locator('footer').textContent()) ?? '', /Node 24\.1\.0 · 12 cores/);
  });

  it('asked for nothing, and broke no rule of its policy', async () => {
    assert.deepEqual(panel.requests, []);
    assert.deepEqual(await panel.violations(), []);
    assert.deepEqual(panel.logged, []);
  });
});

describe('the pixels of the timeline', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  it('cover what the shares say', async () => {
    // One worker: computing for 60 %, waiting for 40 % of every task, without a gap.
    const run = madeUpRun({ tasks: 20_000, workers: 1, cores: 1, length: 0.1 });
    for (const { columns, length } of run.records.blocks()) {
      for (let i = 0; i < length; i++) {
        columns.start[i] = i * 0.1;
        columns.compute[i] = 0.06;
        columns.wait[i] = 0.04;
        columns.runQueue[i] = columns.transferIn[i] = columns.transferOut[i] = columns.queued[i] = 0;
      }
    }
    Object.assign(run.workers[0]!, { spawnedAt: 0, readyAt: 0 });
    run.wallMs = 2000;
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    const counts = await panel.page.locator('canvas.lanes').evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const found: Record<string, number> = {};
      for (let i = 0; i < data.length; i += 4) {
        const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
        found[colour] = (found[colour] ?? 0) + 1;
      }
      return { found, all: data.length / 4 };
    });
    const share = (colour: string): number => (counts.found[colour] ?? 0) / counts.all;
    assert.ok(Math.abs(share('89,164,249') - 0.6) < 0.03, `computing covers ${share('89,164,249')}`);
    assert.ok(Math.abs(share('204,167,0') - 0.4) < 0.03, `waiting covers ${share('204,167,0')}`);
    await panel.close();
  });
});
