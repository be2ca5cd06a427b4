import { spawn } from 'node:child_process';

/**
 * Opens an address in the person's own browser.
 * @param {string} url
 * @returns {Promise<boolean>} whether there is a desktop with one
 */
export function openInBrowser(url) {
  const [command, ...args] = opener(url);
  if (!command) return Promise.resolve(false);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.unref();
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

/** @param {string} url @returns {string[]} */
function opener(url) {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open', url] : [];
}
