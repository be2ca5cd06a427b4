import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { capture } from '../setup/capture.mjs';

/**
 * Finds a Chromium, Chrome or Edge. As root on Debian, where none is there, it installs Chromium.
 * @returns {Promise<string>} an executable
 */
export async function findChromium() {
  const found = installedChromium();
  if (found) return found;
  if (await installOnDebian()) {
    const installed = installedChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chromium, Chrome or Edge was found. Install one, or name its executable in the environment variable CHROME_PATH.',
  );
}

function installedChromium() {
  const named = process.env.CHROME_PATH;
  if (named && !isExecutable(named)) throw new Error(`CHROME_PATH names ${named}, which cannot be run.`);
  return named ?? candidates().find(isExecutable);
}

/** @returns {string[]} where the browsers are by default, ours by preference first */
function candidates() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const places = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return places.flatMap((place) => (place ? names.map((name) => path.join(place, name)) : []));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} whether it did */
async function installOnDebian() {
  if (process.getuid?.() !== 0 || !isExecutable('/usr/bin/apt-get')) return false;
  console.log('No Chromium found: installing it with apt-get (once) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const { code, output } = await capture('/usr/bin/apt-get', args, { env });
    if (code !== 0) throw new Error(`apt-get ${args.join(' ')} failed with code ${code}:\n${output}`);
  }
  return true;
}
