import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answer, goTo, input, notification, openFile, panelFrame, pickerTitled, pressIn, row, runCommand } from './driver/actions';
import { journey } from './driver/journey';
import { screenshot, setTheme, themes } from './driver/look';

describe('a run of a Python function', () => {
  journey('goes from the cursor to a profile', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await openFile(page, 'python/primes.py');
    await page.locator('.codelens-decoration', { hasText: 'Run on every core' }).first().waitFor();
    await goTo(page, 4, 8);
    await runCommand(page, 'Corewise: Run Function on Worker Pool');
    await pickerTitled(page, 'Run on worker pool: count_primes(limit)');
    await row(page, 'doctest').waitFor();
    await screenshot(workbench, 'python-inputs');
    await answer(page, 'range(20_000, 20_032)', '32 calls: count_primes(20000)');
    let panel = await panelFrame(page, '.panel');
    await panel.getByText('32 tasks succeeded').first().waitFor({ state: 'attached' });
    assert.match(await panel.locator('.panel').innerText(), /\b\d+ process(es)?:/);
    assert.match(await panel.locator('.foot').innerText(), /Python 3\.\d+/);
    for (const theme of themes) {
      await setTheme(workbench, theme);
      await screenshot(workbench, `python-${theme}`);
    }

    await runCommand(page, 'Corewise: Insert Concurrency Snippet');
    await input(page).fill('cw-process-map');
    await row(page, 'Map on a process pool').waitFor();
    await screenshot(workbench, 'python-snippets');
    await page.keyboard.press('Escape');
    await runCommand(page, 'Corewise: Run Again');
    panel = await panelFrame(page, '.panel');
    await panel.getByRole('tab', { name: /History\s*2/ }).click();
    await panel.getByText('processes').first().waitFor();
    await screenshot(workbench, 'python-history');
  });

  journey('without a Python that works offers to choose one', { workspace: 'examples', machineSettings: { 'corewise.pythonPath': '/nowhere/python' } }, async (workbench) => {
    const { page } = workbench;
    await openFile(page, 'python/primes.py');
    await goTo(page, 4, 8);
    await runCommand(page, 'Corewise: Run Function on Worker Pool');
    await pickerTitled(page, 'count_primes');
    await answer(page, '[10]');
    const notice = notification(page, '/nowhere/python');
    await notice.waitFor();
    await screenshot(workbench, 'python-missing');
    await pressIn(notice, 'Choose Python');
    await pickerTitled(page, 'The Python that runs your functions');
    await screenshot(workbench, 'python-choose');
    await row(page, 'Look for one').click();
    const panel = await panelFrame(page, '.panel');
    const succeeded = panel.getByText('1 task succeeded').first();
    // The setting is cleared in a file, which the editor hears of when it likes; until then, a run still fails.
    for (let tries = 0; tries < 3 && !(await succeeded.count()); tries++) {
      await runCommand(page, 'Corewise: Run Again');
      await succeeded.waitFor({ state: 'attached', timeout: 8_000 }).catch(() => {});
    }
    await succeeded.waitFor({ state: 'attached' });
  });

  journey('that fails says why, and in which line', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await writeFile(path.join(workbench.folder, 'python/fails.py'), 'def fails(n):\n    raise ValueError(f"no {n}")\n');
    await openFile(page, 'python/fails.py');
    await goTo(page, 1, 6);
    await runCommand(page, 'Corewise: Run Function on Worker Pool');
    await pickerTitled(page, 'fails');
    await answer(page, '[7]');
    await notification(page, /ValueError: no 7/).waitFor();
    const panel = await panelFrame(page, '.panel');
    await panel.getByText('1 task failed').click();
    await panel.getByRole('grid', { name: 'Tasks' }).getByRole('row').nth(1).click();
    await panel.getByText(/fails\.py/).first().waitFor({ state: 'attached' });
    await screenshot(workbench, 'python-failed');
  });
});
