#!/usr/bin/env node
// Stands where @vscode/test-electron expects the executable of VS Code: takes the arguments that it gives, and ends with
// the code that the tests end with. Behind it is either a server with its window in a headless Chromium, or desktop VS Code.
import { parseArgs } from 'node:util';
import { start } from '../setup/processes.mjs';
import { installServer } from './install.mjs';
import { openBrowser, windowUrl } from './page.mjs';
import { startServer } from './server.mjs';
import { versions } from './versions.mjs';

/** test-electron always asks for `--disable-workspace-trust`; a suite in Restricted Mode must not have it. */
const restricted = process.env.COREWISE_RESTRICTED === '1';
const { COREWISE_VSCODE: vscode = 'stable', COREWISE_DESKTOP: desktop } = process.env;

process.exit(desktop ? await runDesktop(desktop) : await runServer());

/** @param {string} executable @returns {Promise<number>} */
function runDesktop(executable) {
  const args = process.argv.slice(2).filter((arg) => !(restricted && arg === '--disable-workspace-trust'));
  const child = start(executable, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** @returns {Promise<number>} */
async function runServer() {
  const { data, extensions, extension, tests, workspace } = requested();
  const install = await installServer(versions[/** @type {keyof typeof versions} */ (vscode)]);
  const server = await startServer({ install, data, extensions, trust: !restricted, development: true });
  try {
    return await runPage(windowUrl({ port: server.port, folder: workspace, extension, tests }));
  } finally {
    console.log(server.log());
    await server.stop();
  }
}

/** @param {string} url @returns {Promise<number>} */
async function runPage(url) {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    /** @type {Promise<number>} */
    const ended = new Promise((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', resolve);
      page.on('crash', () => reject(new Error('The page crashed.')));
      page.on('close', () => reject(new Error('The page closed.')));
    });
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) =>
      console.log(`[${type}]`, ...args),
    );
    await page.goto(url);
    return await ended;
  } finally {
    await browser.close();
  }
}

/** What the arguments ask for, of all that VS Code understands. */
function requested() {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      'extensions-dir': { type: 'string' },
      'user-data-dir': { type: 'string' },
    },
  });
  const text = (/** @type {string} */ name) => {
    const value = values[name];
    if (typeof value !== 'string') throw new Error(`--${name} is missing.`);
    return value;
  };
  return {
    extension: text('extensionDevelopmentPath'),
    tests: text('extensionTestsPath'),
    extensions: text('extensions-dir'),
    data: text('user-data-dir').replace(/[\\/]data$/, ''),
    workspace: positionals[0],
  };
}
