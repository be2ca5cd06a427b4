import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The project's root: the nearest folder above `from` that holds this project's package.json. Looked for, and not counted
 * in `..`, because the same modules also run bundled, from deeper folders of `out/`.
 * @param {string} from
 */
function findRoot(from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'corewise') return folder;
    if (folder === path.dirname(folder)) throw new Error(`No Corewise project above ${from}.`);
  }
}

// Without a script (`node -e`), from where it was started.
export const root = findRoot(process.argv[1] === undefined ? process.cwd() : path.dirname(process.argv[1]));
