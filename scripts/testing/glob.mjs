import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../setup/root.mjs';

/**
 * @param {string} folder relative to the root
 * @param {RegExp} name
 * @param {{ deep: boolean }} [how] deep: in its subfolders too
 * @returns {Promise<string[]>} the files in it whose names match, relative to the root, in order; none without the folder
 */
export async function glob(folder, name, { deep } = { deep: true }) {
  try {
    const entries = await readdir(path.join(root, folder), { recursive: deep, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && name.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
