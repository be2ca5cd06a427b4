import path from 'node:path';
import { screenshot } from './look';
import { Workbench, type WorkbenchOptions } from './workbench';

/** Long enough for a slow machine: every step in it has a bound of its own. */
const boundMs = 180_000;

/** A test on a new VS Code. A failure leaves a picture of the window in out/screenshots/. */
export function journey(title: string, options: WorkbenchOptions, body: (workbench: Workbench) => Promise<void>): void {
  it(title, async () => {
    await using workbench = await Workbench.open(options);
    try {
      await body(workbench);
    } catch (error) {
      const picture = await screenshot(workbench, `failed ${title}`.replaceAll(/[^\w]+/g, '-'));
      console.log(`      (${path.relative('', picture)})`);
      throw error;
    }
  }).timeout(boundMs);
}
