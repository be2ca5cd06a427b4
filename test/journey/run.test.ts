import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { answer, goTo, notification, openFile, panelFrame, pickerTitled, pressIn, runCommand } from './driver/actions';
import { journey } from './driver/journey';
import { screenshot, setTheme, themes } from './driver/look';

interface Place {
  file: string;
  line: number;
  column: number;
  name: string;
}

/** From the editor to the running function, by the command palette; `calls` is how the picker reads the inputs, where that is waited for. */
async function runAt(page: Page, place: Place, inputs: string, calls?: string): Promise<void> {
  await openFile(page, place.file);
  await goTo(page, place.line, place.column);
  await runCommand(page, 'Corewise: Run Function on Worker Pool');
  await pickerTitled(page, place.name);
  await answer(page, inputs, calls);
}

/** The panel's page, once it tells how the run ended. */
async function panelThatSays(page: Page, outcome: RegExp): Promise<Frame> {
  const frame = await panelFrame(page, '.panel');
  await frame.getByText(outcome).first().waitFor({ state: 'attached' });
  return frame;
}

const countPrimes = { file: 'src/primes.ts', line: 5, column: 20, name: 'countPrimes' };

describe('a run', () => {
  journey('goes from the cursor to a profile', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await runAt(page, countPrimes, 'Array.from({ length: 64 }, (_, i) => 200000 + i)', '64 calls: countPrimes(200000)');
    const panel = await panelThatSays(page, /64 tasks succeeded/);
    assert.match(await panel.locator('.panel').innerText(), /\b\d+ worker threads:/);
    for (const theme of themes) {
      await setTheme(workbench, theme);
      await screenshot(workbench, `profile-${theme}`);
    }

    await panel.getByRole('tab', { name: 'Tasks' }).click();
    const rows = panel.getByRole('grid', { name: 'Tasks' }).getByRole('row');
    await rows.nth(1).click();
    // There are 17,984 primes up to 200,000; the first input is that limit.
    await panel.getByText(/17[,]?984/).first().waitFor();
    await screenshot(workbench, 'tasks');

    await runCommand(page, 'Corewise: Show Output');
    await page.locator('.output-view .view-line', { hasText: 'countPrimes' }).first().waitFor();
    await runCommand(page, 'Corewise: Run Again');
    await panel.getByRole('tab', { name: /History\s*2/ }).waitFor();
    await screenshot(workbench, 'run-again');
  });

  journey('that never ends is cancelled from its notification', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await writeFile(path.join(workbench.folder, 'src/forever.js'), 'export function forever(n) {\n  for (;;) n++;\n}\n');
    await runAt(page, { file: 'src/forever.js', line: 1, column: 20, name: 'forever' }, '[1, 2, 3]', '3 calls: forever(1)');
    const running = notification(page, 'Running');
    await screenshot(workbench, 'running');
    await pressIn(running, 'Cancel');
    await panelThatSays(page, /cancelled/i);
    await screenshot(workbench, 'cancelled');
  });

  journey('that fails says why, and in which line', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await writeFile(path.join(workbench.folder, 'src/fails.ts'), 'export function fails(n: number) {\n  throw new RangeError(`no ${n}`);\n}\n');
    await runAt(page, { file: 'src/fails.ts', line: 1, column: 20, name: 'fails' }, '[7]');
    await notification(page, /RangeError: no 7/).waitFor();
    const panel = await panelThatSays(page, /1 failed|failed/);
    await panel.getByText('1 task failed').click();
    await panel.getByRole('grid', { name: 'Tasks' }).getByRole('row').nth(1).click();
    await panel.getByText(/fails\.ts:2/).first().waitFor({ state: 'attached' });
    await screenshot(workbench, 'failed');
  });
});

describe('Restricted Mode', () => {
  journey('runs nothing until the folder is trusted', { workspace: 'examples', trust: false }, async (workbench) => {
    const { page } = workbench;
    await openFile(page, countPrimes.file);
    await goTo(page, countPrimes.line, countPrimes.column);
    await runCommand(page, 'Corewise: Run Function on Worker Pool');
    const refusal = notification(page, 'not trusted');
    await refusal.waitFor();
    await screenshot(workbench, 'restricted');
    await pressIn(refusal, 'Manage Workspace Trust');
    await page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
    await page.locator('.workspace-trust-header.workspace-trust-trusted').waitFor();
    await runCommand(page, 'View: Close Editor');
    await page.locator('.workspace-trust-header').waitFor({ state: 'detached' });

    await runAt(page, countPrimes, '[1000, 2000]', '2 calls: countPrimes(1000)');
    await panelThatSays(page, /2 tasks succeeded/);
  });
});
