import assert from 'node:assert/strict';
import { runCommand } from './driver/actions';
import { screenshot } from './driver/look';
import { Workbench } from './driver/workbench';

describe('the packaged extension', function () {
  this.timeout(120_000);

  it('activates at its first command, and shows its log', async () => {
    await using workbench = await Workbench.open({ workspace: 'examples' });
    const { page } = workbench;
    await runCommand(page, 'Corewise: Show Output');
    const channel = page.locator('.part.panel .monaco-select-box, .part.panel select').filter({ hasText: 'Corewise' });
    await channel.first().waitFor();
    const line = page.locator('.part.panel .output-view .view-line', { hasText: /\[info\]/ }).first();
    await line.waitFor();
    await screenshot(workbench, 'output');
    assert.match((await line.textContent()) ?? '', /Corewise/);
  });
});
