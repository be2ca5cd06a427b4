import assert from 'node:assert/strict';
import type { Browser, Locator } from 'playwright-core';
import { MadeUpLiveRun, madeUpRun } from '../made-up/run';
import { PanelPage, startBrowser } from './harness/panel-page';
import { type ThemeName, themeNames, themes } from './harness/themes';

/** How often each colour occurs on a canvas, as `r,g,b`. */
const coloursOf = (canvas: Locator): Promise<Record<string, number>> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    const found: Record<string, number> = {};
    for (let i = 0; i < data.length; i += 4) {
      const colour = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      found[colour] = (found[colour] ?? 0) + 1;
    }
    return found;
  });

const rgb = (hex: string): string => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)).join(',');
const variable = (theme: ThemeName, name: string): string => rgb(themes[theme].variables[name]!);

describe('themes', () => {
  let browser: Browser;
  const run = madeUpRun({ tasks: 3000, failEvery: 300, waiting: 0.5 });

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  it('colour the canvases, and a change of theme colours them anew', async () => {
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    for (const theme of [...themeNames, 'dark'] as const) {
      await panel.theme(theme);
      await panel.settled();
      for (const name of ['overview', 'lanes', 'cores']) {
        const colours = await coloursOf(panel.page.locator(`canvas.${name}`));
        assert.ok(colours[variable(theme, 'charts-blue')]! > 1000, `${name} in ${theme}`);
      }
      const lanes = await coloursOf(panel.page.locator('canvas.lanes'));
      for (const name of ['charts-yellow', 'charts-red']) assert.ok(lanes[variable(theme, name)]! > 50, `${name} in ${theme}`);
    }
    await panel.close();
  });

  it('mix 60 % of the chart’s foreground into the background for what is not the user’s code', async () => {
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    // #cccccc into #1f1f1f.
    const mix = Math.round(0x1f + (0xcc - 0x1f) * 0.6);
    const lanes = await coloursOf(panel.page.locator('canvas.lanes'));
    assert.ok(lanes[`${mix},${mix},${mix}`]! > 500);
    await panel.close();
  });

  it('stand still where a person asked for less motion', async () => {
    for (const [reducedMotion, name] of [['reduce', 'none'], ['no-preference', 'pulse']] as const) {
      const live = new MadeUpLiveRun({ tasks: 500 });
      live.advance(live.wallMs / 2);
      const panel = await PanelPage.open(browser, { kind: 'run', run: live }, { reducedMotion });
      const animation = () => panel.page.locator('.pulse').evaluate((element) => getComputedStyle(element).animationName);
      assert.equal(await animation(), name);
      await panel.page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
      assert.equal(await animation(), 'none');
      await panel.close();
    }
  });

  it('keep the colours of data where the system forces colours', async () => {
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } }, { forcedColors: 'active' });
    const swatch = panel.page.locator('.legend .fill-computing');
    assert.equal((await swatch.evaluate((element) => getComputedStyle(element).backgroundColor)).replaceAll(' ', ''), `rgb(${variable('dark', 'charts-blue')})`);
    const colours = await coloursOf(panel.page.locator('canvas.lanes'));
    assert.ok(colours[variable('dark', 'charts-blue')]! > 1000);
    await panel.close();
  });

  it('are sharp on a dense screen', async () => {
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } }, { scale: 2 });
    const [pixels, points] = await panel.page.locator('canvas.lanes').evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.clientWidth]);
    assert.equal(pixels, points! * 2);
    await panel.close();
  });
});
