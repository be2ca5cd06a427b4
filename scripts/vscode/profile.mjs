import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** What a fresh VS Code would otherwise say or ask at its first start, and ask of the network. */
export const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'never',
};

/**
 * @typedef {object} Profile a VS Code user of one run: nothing of it is shared with another, or with the person's own
 * @property {string} data `--server-data-dir`; for desktop VS Code `${data}/data` is its `--user-data-dir`
 * @property {string} extensions
 * @property {string} workspace
 * @property {() => Promise<void>} remove
 */

/**
 * Makes a profile in the temporary folder, where paths are short enough for the sockets that VS Code makes in it.
 * @param {{ workspace?: string | undefined, settings?: object | undefined, machineSettings?: object | undefined, extensions?: string[] | undefined }} what workspace: a folder,
 *   of which a copy is made; extensions: folders of some, which are installed
 * @returns {Promise<Profile>}
 */
export async function makeProfile({ workspace, settings, machineSettings, extensions = [] }) {
  const home = await mkdtemp(path.join(os.tmpdir(), 'corewise-'));
  const copy = path.join(home, 'workspace');
  if (workspace) await cp(workspace, copy, { recursive: true });
  else await mkdir(copy);
  const data = path.join(home, 'd');
  await mkdir(path.join(data, 'data/User'), { recursive: true });
  await writeFile(path.join(data, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  if (machineSettings) {
    await mkdir(path.join(data, 'data/Machine'));
    await writeFile(path.join(data, 'data/Machine/settings.json'), JSON.stringify(machineSettings));
  }
  const installed = path.join(home, 'x');
  await mkdir(installed);
  for (const extension of extensions) await install(extension, installed);
  const remove = () => rm(home, { recursive: true, force: true, maxRetries: 5 });
  return { data, extensions: installed, workspace: copy, remove };
}

/** A folder that VS Code finds by its name when it looks into its folder of extensions for the first time. @param {string} extension @param {string} into */
async function install(extension, into) {
  const { publisher, name, version } = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
  await cp(extension, path.join(into, `${publisher}.${name}-${version}`), { recursive: true });
}
