// What a person does in VS Code, one function each. All wait for what they see, none for a time.
import type { Frame, Locator, Page } from 'playwright-core';

/**
 * F1, the command's title as the palette shows it (`Corewise: Show Output`), and a click on it. Tried again for a while: the
 * palette of a window that has just opened does not have the commands of extensions.
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await page.keyboard.press('F1');
    await input(page).fill(`>${title}`);
    try {
      return await row(page, title).click({ timeout: 4000 });
    } catch (error) {
      if (tries === 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a file of the workspace in the Explorer: `src/primes.ts` is a click on each of its parts. */
export async function openFile(page: Page, path: string): Promise<void> {
  const names = path.split('/');
  for (const [depth, name] of names.entries()) {
    const entry = page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${depth + 1}"]`, { hasText: name }).first();
    if (depth === names.length - 1) await entry.dblclick();
    else if ((await entry.getAttribute('aria-expanded')) !== 'true') await entry.click();
  }
  await page.locator('.tab.active', { hasText: names.at(-1)! }).waitFor();
  await page.locator('.editor-instance .view-lines').first().waitFor();
}

/** Puts the cursor of the open editor at a line and column, both from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  await input(page).fill(`:${line}:${column}`);
  await row(page, new RegExp(`line ${line}\\b`, 'i')).click();
  await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** Types into the open quick pick, and Enter: once its first line says what is expected, or at once. */
export async function answer(page: Page, text: string, shown?: string | RegExp): Promise<void> {
  await input(page).fill(text);
  if (shown) await page.locator('.quick-input-widget:visible .monaco-list-row[data-index="0"]', { hasText: shown }).waitFor();
  await page.keyboard.press('Enter');
}

/** Picks an entry of the open quick pick. */
export async function pick(page: Page, label: string | RegExp): Promise<void> {
  await row(page, label).click();
}

/** The line of text at the top of the open quick pick or input box. */
export function input(page: Page): Locator {
  return page.locator('.quick-input-widget:visible input[type="text"]:visible');
}

/** The first entry of the open quick pick with these words. */
export function row(page: Page, label: string | RegExp): Locator {
  return page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: label }).first();
}

/** A notification that says these words. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-toast', { hasText: text }).first();
}

/** Presses a button of a notification; those with a picture only are known by their names. */
export async function pressIn(notice: Locator, button: string): Promise<void> {
  await notice.hover(); // Some buttons are only there under the pointer.
  await notice.locator('.monaco-button, .action-label').filter({ hasText: button }).or(notice.getByLabel(button)).first().click();
}

/** Appears when a command starts to ask for inputs: the picker's title names the function. */
export async function pickerTitled(page: Page, title: string | RegExp): Promise<void> {
  await page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();
}

/** The page inside the webview that is shown, once it has an element that matches. */
export async function panelFrame(page: Page, selector: string): Promise<Frame> {
  const inner = page.frameLocator('iframe.webview:visible').frameLocator('iframe#active-frame');
  const handle = await inner.locator(selector).first().elementHandle();
  const frame = await handle?.ownerFrame();
  if (!frame) throw new Error(`The webview lost ${selector} as it was found.`);
  return frame;
}
