import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, wherever these tests were bundled to. */
export const projectRoot = ((): string => {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'snippets/typescript.json')) && existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No project around ${__dirname}`);
  }
})();
