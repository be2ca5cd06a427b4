// Draws media/icon.png from media/icon.svg, after a change of it. `node scripts/icon.mjs <path of a Chromium or Chrome>`
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const executablePath = process.argv[2];
if (!executablePath) throw new Error('Give the path of a Chromium or Chrome.');

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  await page.setContent(`<style>* { margin: 0 } svg { display: block }</style>${await readFile('media/icon.svg', 'utf8')}`);
  await page.screenshot({ path: 'media/icon.png', omitBackground: true });
} finally {
  await browser.close();
}
