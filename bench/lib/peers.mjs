/** The peers that Corewise is measured against, installed on demand beside the benchmarks and nowhere else. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const peerVersions = { piscina: '5.3.2', tinypool: '2.2.0', poolifier: '5.3.2', workerpool: '10.0.3' };

const folder = fileURLToPath(new URL('../.peers/', import.meta.url));

export function installPeers() {
  install(folder, peerVersions);
}

/** Makes `folder` hold these packages, unless it does; none of their own scripts runs. */
export function install(folder, dependencies) {
  const manifest = JSON.stringify({ private: true, dependencies }, null, 2);
  const path = join(folder, 'package.json');
  if (existsSync(path) && readFileSync(path, 'utf8') === manifest && existsSync(join(folder, 'node_modules'))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, manifest);
  const options = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund', '--no-package-lock'];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Loads a peer as its own ESM or CommonJS entry. */
export async function importPeer(name) {
  const require = createRequire(join(folder, 'package.json'));
  return import(pathToFileURL(require.resolve(name)).href);
}
