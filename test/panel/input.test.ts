import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { duration } from '../../src/profile/words';
import { madeUpRun } from '../made-up/run';
import { PanelPage, startBrowser } from './harness/panel-page';

describe('keys and the mouse on the timeline', () => {
  let browser: Browser;
  let panel: PanelPage;
  const run = madeUpRun({ tasks: 400, workers: 4, cores: 4, length: 5 });

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());
  beforeEach(async () => (panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } })));
  afterEach(() => panel.close());

  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.settled();
  };
  /** Visible stretch; `null` is the whole run. */
  const view = async () => (await panel.kept()).view;
  const selected = async () => (await panel.kept()).selection;

  it('W and S zoom around the middle, A and D pan, F fits', async () => {
    await press('w', 'w');
    const zoomed = (await view())!;
    assert.ok(Math.abs((zoomed.to - zoomed.from) / run.wallMs - 0.49) < 1e-6);
    assert.ok(Math.abs((zoomed.from + zoomed.to) / 2 - run.wallMs / 2) < 1e-6);
    await press('d');
    const right = (await view())!;
    assert.ok(Math.abs(right.from - zoomed.from - 0.15 * (zoomed.to - zoomed.from)) < 1e-6);
    await press('a');
    assert.ok(Math.abs((await view())!.from - zoomed.from) < 1e-6);
    await press('s', 's', 's');
    assert.equal(await view(), null);
    await press('w', 'f');
    assert.equal(await view(), null);
  });

  it('takes capital letters, and leaves VS Code its own shortcuts', async () => {
    await press('W');
    assert.ok(await view());
    await press('Control+f');
    assert.ok(await view(), 'Ctrl+F is not ours');
  });

  it('arrows move between tasks and workers, Enter zooms to one, Escape lets go', async () => {
    await panel.lanes.focus();
    await press('ArrowRight');
    const first = (await selected())!;
    assert.equal(first.worker, 0);
    await press('ArrowRight');
    const second = (await selected())!;
    assert.ok(second.worker === 0 && second.start > first.start);
    await press('ArrowLeft');
    assert.deepEqual(await selected(), first);
    await press('ArrowDown');
    const below = (await selected())!;
    assert.equal(below.worker, 1);
    await press('ArrowUp');
    assert.equal((await selected())!.worker, 0);
    await press('Enter');
    const { from, to } = (await view())!;
    const start = (await selected())!.start;
    assert.ok(from < start && start < to && to - from < run.wallMs / 4);
    await press('Escape');
    assert.equal(await selected(), null);
  });

  it('Home and End go to the ends of the run', async () => {
    await panel.lanes.focus();
    await press('w', 'w', 'Home');
    assert.equal((await view())!.from, 0);
    await press('End');
    assert.ok(Math.abs((await view())!.to - run.wallMs) < 1e-6);
  });

  it('shows a task’s details, which the host gives on demand', async () => {
    await panel.lanes.focus();
    await press('ArrowRight', 'ArrowRight');
    const { id } = (await selected())!;
    const details = panel.page.getByRole('region', { name: 'Selected task' });
    await details.getByText(`{ id: ${id}, paths: 2000 }`).waitFor();
    assert.match((await details.textContent()) ?? '', new RegExp(`Task #${id}.*worker W0.*computing .* ms`));
    // One for the task that stayed; a slow machine may take long enough over the first key to ask for its task too.
    const asked = panel.sent.filter(({ type }) => type === 'task').length;
    assert.ok(asked === 1 || asked === 2, `${asked} requests`);
  });

  it('the wheel zooms at the pointer, and pans sideways with Shift', async () => {
    const box = (await panel.lanes.boundingBox())!;
    const x = box.x + box.width * 0.25;
    const at = run.wallMs * 0.25;
    await panel.page.mouse.move(x, box.y + 10);
    for (let i = 0; i < 4; i++) await panel.page.mouse.wheel(0, -300);
    const zoomed = (await view())!;
    assert.ok(zoomed.to - zoomed.from < run.wallMs * 0.2);
    const under = zoomed.from + (zoomed.to - zoomed.from) * 0.25;
    assert.ok(Math.abs(under - at) < run.wallMs * 0.005, 'the moment under the pointer stands still');
    await panel.page.keyboard.down('Shift');
    await panel.page.mouse.wheel(0, 100);
    await panel.page.keyboard.up('Shift');
    assert.ok((await view())!.from > zoomed.from);
  });

  it('dragging pans; dragging with Shift, or across the overview, zooms to the stretch', async () => {
    const { mouse, keyboard } = panel.page;
    const box = (await panel.lanes.boundingBox())!;
    const drag = async (from: number, to: number, y: number) => {
      await mouse.move(box.x + box.width * from, y);
      await mouse.down();
      await mouse.move(box.x + box.width * (from + to) * 0.5, y);
      await mouse.move(box.x + box.width * to, y);
      await mouse.up();
    };
    await keyboard.down('Shift');
    await drag(0.25, 0.75, box.y + 10);
    await keyboard.up('Shift');
    const chosen = (await view())!;
    assert.ok(Math.abs(chosen.from / run.wallMs - 0.25) < 0.01 && Math.abs(chosen.to / run.wallMs - 0.75) < 0.01);
    await drag(0.5, 0.3, box.y + 10);
    const panned = (await view())!;
    assert.ok(Math.abs((panned.from - chosen.from) / run.wallMs - 0.1) < 0.01);
    assert.equal(await selected(), null, 'a drag selects nothing');
    await press('f');
    const overview = (await panel.page.locator('.overview-cell').boundingBox())!;
    await drag(0.6, 0.8, overview.y + 15);
    const brushed = (await view())!;
    assert.ok(Math.abs(brushed.from / run.wallMs - 0.6) < 0.01 && Math.abs(brushed.to / run.wallMs - 0.8) < 0.01);
  });

  it('a click selects the task under it, and hovering tells of it', async () => {
    const [block] = [...run.records.blocks()];
    const { columns, length } = block!;
    const task = Array.from({ length }, (_, i) => i).filter((i) => columns.worker[i] === 2)[5]!;
    const middle = columns.start[task]! + (columns.compute[task]! + columns.wait[task]! + columns.runQueue[task]!) / 2;
    const box = (await panel.lanes.boundingBox())!;
    const x = box.x + (middle / run.wallMs) * box.width;
    const y = box.y + 2 * 24 + 10;
    await panel.page.mouse.move(x, y);
    const tip = panel.page.locator('.tip');
    assert.equal(await tip.evaluate((element) => getComputedStyle(element).visibility), 'visible');
    const length_ = columns.compute[task]! + columns.wait[task]! + columns.runQueue[task]!;
    assert.equal(await tip.locator('b').textContent(), `#${columns.id[task]} · ${duration(Math.fround(length_))}`);
    assert.match((await tip.textContent()) ?? '', /workerW2/);
    await panel.page.mouse.click(x, y);
    await panel.settled();
    assert.equal((await selected())!.id, columns.id[task]);
    await panel.page.mouse.move(5, 5);
    assert.equal(await tip.evaluate((element) => getComputedStyle(element).visibility), 'hidden');
  });

  it('hovering where tasks are too narrow tells the shares of that place', async () => {
    const dense = madeUpRun({ tasks: 30_000, id: 'dense' });
    panel.controller.show({ kind: 'run', run: { data: dense } });
    await panel.settled();
    const box = (await panel.lanes.boundingBox())!;
    await panel.page.mouse.move(box.x + box.width * 0.6, box.y + 30);
    const tip = panel.page.locator('.tip');
    assert.match((await tip.textContent()) ?? '', /^W1 · .* ± .*computing\d+ %.*tasks called\d+/);
  });

  it('a click in the legend hides a state', async () => {
    const lanes = panel.page.locator('canvas.lanes');
    const blue = () =>
      lanes.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i] === 89 && data[i + 1] === 164) count++;
        return count;
      });
    assert.ok((await blue()) > 1000);
    const button = panel.page.getByRole('button', { name: /^computing/ });
    await button.click();
    await panel.settled();
    assert.equal(await blue(), 0);
    assert.equal(await button.getAttribute('aria-pressed'), 'false');
  });

  it('? lists the keys, and Escape closes the list', async () => {
    await press('?');
    const dialog = panel.page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('many lanes', () => {
  let browser: Browser;
  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  it('scroll, and the keys bring a lane into sight', async () => {
    const run = madeUpRun({ tasks: 2000, workers: 8, concurrency: 16, cores: 64, length: 1, waiting: 1, waitLength: 20 });
    const panel = await PanelPage.open(browser, { kind: 'run', run: { data: run } });
    const names = () => panel.page.locator('.lanes-gutter b').allTextContents();
    assert.equal((await names())[0], 'W0');
    assert.ok((await names()).length < 40, 'only what is in sight is in the page');
    await panel.lanes.focus();
    await panel.page.keyboard.press('ArrowRight');
    for (let i = 0; i < 60; i++) await panel.page.keyboard.press('ArrowDown');
    await panel.settled();
    assert.ok((await names()).includes('W3·12'), (await names()).join(' '));
    await panel.page.locator('.lanes-scroll').evaluate((bar) => (bar.scrollTop = bar.scrollHeight));
    await panel.settled();
    assert.equal((await names()).at(-1), 'W7·15');
    await panel.close();
  });
});
