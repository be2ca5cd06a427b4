import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { input, pick, runCommand } from './actions';
import type { Workbench } from './workbench';

/** The themes in which everything is looked at, and the class that VS Code gives its window in each. */
const windowClasses = { dark: 'vs-dark', light: 'vs', 'high-contrast': 'hc-black', 'high-contrast-light': 'hc-light' };

export type Theme = keyof typeof windowClasses;

export const themes = Object.keys(windowClasses) as Theme[];

/** Picks the colour theme as a person does, and waits until the window wears it. */
export async function setTheme({ page, version }: Workbench, theme: Theme): Promise<void> {
  const names = { ...version.themes, 'high-contrast': 'Dark High Contrast', 'high-contrast-light': 'Light High Contrast' };
  await runCommand(page, 'Preferences: Color Theme');
  await input(page).fill(names[theme]);
  await pick(page, names[theme]);
  await page.locator(`.monaco-workbench.${windowClasses[theme]}`).waitFor();
}

/** Leaves a picture of the window in out/screenshots/, to be looked at. */
export async function screenshot(workbench: Workbench, name: string): Promise<string> {
  const folder = path.resolve('out/screenshots');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await workbench.page.screenshot({ path: file });
  return file;
}
