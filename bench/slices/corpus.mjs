/** The files that are sliced: a seeded choice out of every package, wherever they lie in it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../lib/peers.mjs';
import { judges, packages } from './packages.mjs';
import { shuffled } from './random.mjs';

const folder = fileURLToPath(new URL('../.peers/slices/', import.meta.url));

export function installPackages() {
  install(folder, { ...packages, ...judges });
}

/** Where packages are resolved from. */
export const packagesFolder = join(folder, 'node_modules');

/** @returns {{ package: string, file: string, shown: string }[]} at most `most` files of each package */
export function chooseFiles({ most, seed, only }) {
  return Object.keys(packages)
    .filter((name) => !only || only.split(',').includes(name))
    .flatMap((name) => {
      const root = join(packagesFolder, name);
      const files = shuffled(codeFiles(root).sort(), `${seed} ${name}`).slice(0, most).sort();
      return files.map((file) => ({ package: name, file, shown: relative(packagesFolder, file) }));
    });
}

/** Bundles of thousands of functions would be all that is measured: beyond this many bytes, files are left to the large ones. */
const longest = 100_000;

function codeFiles(root) {
  return readdirSync(root, { withFileTypes: true }).flatMap((it) => {
    const path = join(root, it.name);
    if (it.isDirectory()) return it.name === 'node_modules' ? [] : codeFiles(path);
    const isCode = it.isFile() && /\.(?:[cm]?[jt]s|[jt]sx)$/.test(it.name) && !/\.d\.[cm]?ts$|\.min\.|\.test\.|\.spec\./.test(it.name);
    return isCode && statSync(path).size < longest && hasFunction(path) ? [path] : [];
  });
}

/** Files that only gather what others export have nothing to slice. */
const hasFunction = (path) => /\bfunction\b|=>|\)\s*\{/.test(readFileSync(path, 'utf8'));
