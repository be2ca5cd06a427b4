import { runCommand } from './driver/actions';
import { journey } from './driver/journey';
import { screenshot } from './driver/look';

describe('the packaged extension', () => {
  journey('activates at its first command, and shows its log', { workspace: 'examples' }, async (workbench) => {
    const { page } = workbench;
    await runCommand(page, 'Corewise: Show Output');
    const channels = page.locator('.part.panel .composite.title select, .part.panel .monaco-select-box');
    await channels.filter({ hasText: 'Corewise' }).first().waitFor();
    await screenshot(workbench, 'output');
  });
});
