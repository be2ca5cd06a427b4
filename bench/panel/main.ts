/** Measures the panel's goals in a real browser. Run through bench/panel.mjs. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { panelHtml } from '../../src/host/panel/html';
import { changeTheme } from '../../test/panel/harness/page-side';
import { themes } from '../../test/panel/harness/themes';
import { installMeter, panAndZoom } from './page-side';
import { categories, Trace } from './trace';

const origin = 'https://panel.test';

/** Wall time, and the CPU time of the page's main thread within it. */
export interface Took {
  readonly wall: number;
  readonly cpu: number;
}

export interface Figures {
  readonly tasks: number;
  readonly firstPaint: Took;
  readonly panP50: Took;
  readonly panP95: Took;
  readonly heapMb: number;
  readonly buffersMb: number;
}

/** Of the frames while 500 tasks come 20 times a second. */
export interface Streaming {
  readonly p50: Took;
  readonly p95: Took;
  /** The longest task of the main thread. */
  readonly worst: Took;
}

/** @param folder where the bundles are */
export async function openBrowser(executablePath: string): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info', '--js-flags=--expose-gc'];
  return chromium.launch({ executablePath, args });
}

export async function measureWhole(browser: Browser, folder: string, tasks: number): Promise<Figures> {
  const page = await openPage(browser, folder);
  await order(page, { do: 'whole', tasks });
  await browser.startTracing(page, { categories });
  await page.addScriptTag({ type: 'module', url: '/panel.js' });
  await page.waitForFunction(() => window.meter.painted > 0, undefined, { timeout: 120_000 });
  const untilPainted = await page.evaluate(() => window.meter.painted - window.meter.firstRecords);
  await page.waitForTimeout(500);
  const pans = await page.evaluate(panAndZoom);
  const trace = new Trace(await browser.stopTracing());
  const painting = trace.between('first records', 'painted', 'RunTask').reduce((sum, each) => sum + each, 0);
  const frames = trace.between('pan', 'panned', 'FireAnimationFrame');
  const { heapMb, buffersMb } = await memoryOf(page);
  await page.context().close();
  return {
    tasks,
    firstPaint: { wall: untilPainted, cpu: painting },
    panP50: both(pans, frames, 0.5),
    panP95: both(pans, frames, 0.95),
    heapMb,
    buffersMb,
  };
}

export async function measureStreaming(browser: Browser, folder: string, tasks: number): Promise<Streaming> {
  const page = await openPage(browser, folder);
  await order(page, { do: 'live', tasks, batch: 500, batches: 100 });
  await page.addScriptTag({ type: 'module', url: '/panel.js' });
  await page.waitForFunction(() => window.meter.painted > 0, undefined, { timeout: 120_000 });
  await page.waitForTimeout(500);
  await browser.startTracing(page, { categories });
  await page.evaluate(() => {
    performance.mark('stream');
    window.meter.ticks.length = window.meter.longTasks.length = 0;
    window.host.postMessage({ type: 'stream' });
  });
  await page.waitForFunction(() => window.meter.told.includes('streamed'), undefined, { timeout: 60_000 });
  const { ticks, longTasks } = await page.evaluate(() => {
    performance.mark('streamed');
    return { ticks: window.meter.ticks, longTasks: window.meter.longTasks };
  });
  const trace = new Trace(await browser.stopTracing());
  await page.context().close();
  const frames = trace.between('stream', 'streamed', 'FireAnimationFrame');
  const tasksTook = trace.between('stream', 'streamed', 'RunTask');
  return {
    p50: both(ticks, frames, 0.5),
    p95: both(ticks, frames, 0.95),
    worst: { wall: Math.max(0, ...longTasks, ...ticks), cpu: Math.max(...tasksTook) },
  };
}

const both = (wall: readonly number[], cpu: readonly number[], q: number): Took => ({ wall: quantile(wall, q), cpu: quantile(cpu, q) });

async function memoryOf(page: Page): Promise<{ heapMb: number; buffersMb: number }> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const heap = (await client.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number };
  return { heapMb: heap.usedSize / 2 ** 20, buffersMb: (heap.backingStorageSize ?? NaN) / 2 ** 20 };
}

export async function sizes(folder: string): Promise<{ js: number; css: number }> {
  const gzipped = async (name: string) => gzipSync(await readFile(path.join(folder, name)), { level: 9 }).length / 1024;
  return { js: await gzipped('panel.js'), css: await gzipped('panel.css') };
}

/** The meter before everything, the host in its thread; the panel's script comes when the run is prepared. */
async function openPage(browser: Browser, folder: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, deviceScaleFactor: 1, bypassCSP: true });
  const page = await context.newPage();
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };
    if (pathname !== '/') return route.fulfill({ contentType: types[path.extname(pathname)]!, body: await readFile(path.join(folder, pathname)) });
    const html = panelHtml({ script: '/panel.js', style: '/panel.css', cspSource: origin, nonce: 'x' });
    return route.fulfill({ contentType: 'text/html', body: html.replace(/<script.*<\/script>/, '') });
  });
  await page.addInitScript(installMeter);
  await page.goto(`${origin}/`);
  await page.evaluate(changeTheme, themes.dark);
  return page;
}

async function order(page: Page, what: object): Promise<void> {
  await page.evaluate((each) => window.host.postMessage(each), what);
  await page.waitForFunction(() => window.meter.told.includes('prepared'), undefined, { timeout: 120_000 });
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}
