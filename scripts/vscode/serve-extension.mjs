import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { root } from '../setup/root.mjs';
import { installServer } from './install.mjs';
import { windowUrl } from './page.mjs';
import { quietSettings } from './profile.mjs';
import { startServer } from './server.mjs';
import { versions } from './versions.mjs';

/**
 * Serves a VS Code in which this folder is an installed extension, so that a reload of the window loads what was built last.
 * (An extension under development would need the smoke-test driver, which hides notifications.)
 * @param {string} workspace
 * @returns {Promise<{ url: string, ended: Promise<unknown> }>} ended: when the server has ended by itself
 */
export async function serveExtension(workspace) {
  const install = await installServer(versions.stable);
  const extensions = await mkdtemp(path.join(os.tmpdir(), 'corewise-'));
  const token = randomUUID();
  process.on('exit', () => rmSync(extensions, { recursive: true, force: true }));
  await symlink(root, path.join(extensions, 'corewise'), 'junction');
  const server = await startServer({ install, data: await keptData(), extensions, token });
  return { url: windowUrl({ port: server.port, folder: workspace, token }), ended: server.ended };
}

/** Settings, history and layout stay from one start to the next. */
async function keptData() {
  const data = path.join(root, '.vscode-test/start');
  const settings = path.join(data, 'data/User/settings.json');
  await mkdir(path.dirname(settings), { recursive: true });
  if (!existsSync(settings)) await writeFile(settings, JSON.stringify(quietSettings, null, 2));
  return data;
}
