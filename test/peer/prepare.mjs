/**
 * Lays out a package named `piscina` whose tests are Piscina's own, unchanged, and whose code is the runner's bundle:
 *
 *   out/peer/piscina/   package.json   Piscina's
 *                       test/          Piscina's
 *                       dist/*.js      one line each: the module of that name out of dist/runner/main.js
 *                       node_modules/  what the tests themselves import
 *
 * As a control, `out/peer/stock/` is the same with Piscina's own code.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Only the tests need these: tsx runs their TypeScript, as in Piscina's own repository. */
const testDependencies = { tsx: '4.23.15', 'concat-stream': '2.0.0', '@napi-rs/nice': '1.1.1' };

/** Every module that a test or Piscina's ESM wrapper names. */
const modules = ['main', 'index', 'symbols', 'common', 'worker_pool/index'];

/** Returns the folder of the package. */
export function preparePackage(root, { stock }) {
  const source = join(root, 'node_modules/piscina');
  const folder = join(root, 'out/peer', stock ? 'stock' : 'piscina');
  for (const part of ['dist', 'test']) rmSync(join(folder, part), { recursive: true, force: true });
  cpSync(join(source, 'test'), join(folder, 'test'), { recursive: true });
  if (stock) cpSync(join(source, 'dist'), join(folder, 'dist'), { recursive: true });
  else writeBundledModules(root, source, folder);
  install(folder, JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')));
  return folder;
}

function writeBundledModules(root, source, folder) {
  mkdirSync(join(folder, 'dist/worker_pool'), { recursive: true });
  cpSync(join(source, 'dist/esm-wrapper.mjs'), join(folder, 'dist/esm-wrapper.mjs'));
  const adapter = JSON.stringify(join(root, 'test/peer/adapter.cjs'));
  const runner = JSON.stringify(join(root, 'dist/runner/main.js'));
  const shared = `module.exports = require(${adapter}).bundledPiscina(${runner});\n`;
  writeFileSync(join(folder, 'dist/bundled.js'), shared);
  for (const name of modules) {
    const up = name.includes('/') ? '..' : '.';
    writeFileSync(join(folder, `dist/${name}.js`), `module.exports = require('${up}/bundled.js')['${name}']();\n`);
  }
}

function install(folder, { name, version, main, exports }) {
  const manifest = JSON.stringify({ name, version, private: true, main, exports, dependencies: testDependencies }, null, 2);
  const path = join(folder, 'package.json');
  const same = existsSync(path) && readFileSync(path, 'utf8') === manifest;
  if (same && existsSync(join(folder, 'node_modules/tsx'))) return;
  writeFileSync(path, manifest);
  // In a shell on Windows npm is a batch file; there the arguments hold nothing of a user's.
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--no-workspaces'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}
