import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

/** Headless, and silent on the network: nothing is asked of anyone but the server. */
const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** @param {{ headless?: boolean }} [options] */
export async function openBrowser({ headless = true } = {}) {
  return chromium.launch({ executablePath: await findChromium(), headless, args: flags });
}

/**
 * The address of VS Code's window.
 * @param {object} what
 * @param {number} what.port
 * @param {string | undefined} what.folder the workspace, an absolute path
 * @param {string} [what.token]
 * @param {string} [what.extension] a folder with an extension under development
 * @param {string} [what.tests] a CommonJS file that exports `run()`
 */
export function windowUrl({ port, folder, token, extension, tests }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${asUriPath(file)}`;
  const payload = [
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
    ['skipWelcome', 'true'],
  ];
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder) query.set('folder', asUriPath(folder));
  if (token) query.set('tkn', token);
  return `http://127.0.0.1:${port}/?${query}`;
}

/** On Windows `C:\x` is `/c:/x`. @param {string} file */
const asUriPath = (file) => (file.startsWith('/') ? file : `/${file.replaceAll('\\', '/')}`);
