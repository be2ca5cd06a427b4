import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * How much smaller a file gets: 0.75 is a quarter of its size saved.
 * Reads a little, then computes. Try `projectFiles()`.
 * @param {string} path
 */
export function gzipRatio(path) {
  const bytes = readFileSync(path);
  if (bytes.length === 0) return 1;
  return gzipSync(bytes, { level: 9 }).length / bytes.length;
}

/**
 * A fingerprint that is slow on purpose: `rounds` hashes, each of the file and the hash before it.
 * Try `projectFiles().map((path) => [path, 2000])`.
 * @param {string} path
 * @param {number} rounds
 */
export function fingerprint(path, rounds = 100) {
  const bytes = readFileSync(path);
  let hash = Buffer.alloc(0);
  for (let round = 0; round < rounds; round++) hash = createHash('sha256').update(bytes).update(hash).digest();
  return hash.toString('hex');
}

/**
 * Every file of this project, biggest first, so that no worker starts on a big one when the others are done.
 * A bigger folder makes a longer run: `projectFiles('../../node_modules/typescript/lib')`.
 * @param {string} folder from this file's own
 * @returns {string[]} absolute paths
 */
export function projectFiles(folder = '..') {
  const root = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`);
  return paths.filter((path) => !path.slice(root.length).includes('node_modules')).sort((a, b) => size(b) - size(a));
}

/** @param {string} path */
const size = (path) => statSync(path).size;
