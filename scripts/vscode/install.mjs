import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from '../setup/npm.mjs';
import { root } from '../setup/root.mjs';

/** Ignored by git and by the VSIX; where @vscode/test-electron keeps its downloads as well. */
const store = path.join(root, '.vscode-test');

/**
 * Installs a VS Code from npm, and the Node that its server needs, unless that was done before.
 * @param {import('./versions.mjs').ServerVersion} version
 * @returns {Promise<{ folder: string, node: string }>} the folder of `out/server-main.js`, and the executable that runs it
 */
export async function installServer(version) {
  const home = await installOnce(`vscode-${version.vscode}`, async (draft) => {
    await install(draft, version.package);
    // Its own set-up script does these two, and builds native modules too: for terminals, logs and little else.
    await install(serverFolder(draft), '--omit=dev');
    await install(path.join(serverFolder(draft), 'extensions'), '--omit=dev');
    const spdlog = path.join(serverFolder(draft), 'node_modules/@vscode/spdlog/index.js');
    await copyFile(path.join(root, 'scripts/vscode/plain-spdlog.cjs'), spdlog);
  });
  return { folder: serverFolder(home), node: await installNode(version.node) };
}

/** @param {string} home */
const serverFolder = (home) => path.join(home, 'node_modules/code-server/lib/vscode');

/**
 * @param {number} major
 * @returns {Promise<string>} an executable of that major version: the one that runs us, if it is
 */
async function installNode(major) {
  if (process.versions.node.split('.')[0] === String(major)) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const home = await installOnce(`node-${major}`, (draft) => install(draft, `${name}@${major}`));
  return path.join(home, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
}

/**
 * Fills a draft folder and renames it at the end, so that what has the name is whole, whenever this was interrupted.
 * @param {string} name
 * @param {(draft: string) => Promise<void>} fill
 */
async function installOnce(name, fill) {
  const home = path.join(store, name);
  if (existsSync(home)) return home;
  console.log(`Installing ${name} from npm into ${path.relative(root, store)}/ (once) …`);
  await mkdir(store, { recursive: true });
  const draft = await mkdtemp(path.join(store, 'installing-'));
  try {
    await writeFile(path.join(draft, 'package.json'), '{ "private": true }\n');
    await fill(draft);
    await rename(draft, home).catch((error) => {
      if (!existsSync(home)) throw error; // Else another process was faster; its copy is as good.
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return home;
}

/** @param {string} folder @param {string[]} args */
const install = (folder, ...args) => npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...args], folder);
