// The npm packages of this project. Uses nothing but Node: it runs before any package is there.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { npm } from './npm.mjs';
import { root } from './root.mjs';

/** @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage */

/** @param {string} file @returns {Promise<Record<string, LockedPackage>>} */
async function lockedPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return {}; // Absent or half-written: nothing is installed.
  }
}

/**
 * Folders that package-lock.json asks for and that npm's own record of node_modules lacks, or has in another version.
 * Contents are compared because file times say nothing after a clone or a copy. Optional packages are for other platforms.
 */
async function missingPackages() {
  const wanted = await lockedPackages(path.join(root, 'package-lock.json'));
  const present = await lockedPackages(path.join(root, 'node_modules/.package-lock.json'));
  return Object.entries(wanted)
    .filter(([folder, { optional, link }]) => folder !== '' && !optional && !link)
    // The record may also be older than a folder that somebody has removed since, or a copy from elsewhere.
    .filter(([folder, { version }]) => present[folder]?.version !== version || !existsSync(path.join(root, folder)))
    .map(([folder]) => folder);
}

/** Installs the packages if any is missing. */
export async function ensureDependencies() {
  const missing = await missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing ${missing.length} missing npm packages (npm ci) …`);
  await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], root);
}
