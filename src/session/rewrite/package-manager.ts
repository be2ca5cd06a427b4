/** How packages get into the project of a file: with the package manager that it uses already. */
import fs from 'node:fs';
import path from 'node:path';

export interface Installer {
  /** The folder of the package.json that would change. */
  readonly folder: string;
  /** A command line of plain words, to be read before it is run. */
  readonly command: string;
}

const locks: readonly (readonly [string, string])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

/** @returns `null` where no package.json is around the file */
export function installerFor(file: string, packages: readonly string[]): Installer | null {
  const folder = folderWith(path.dirname(file), 'package.json');
  if (folder === null) return null;
  const manager = managerOf(folder);
  return { folder, command: `${manager} ${manager === 'npm' ? 'install' : 'add'} ${packages.join(' ')}` };
}

/** By the `packageManager` field or a lock file, of the package or of the workspace around it. */
function managerOf(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    const named = namedManager(path.join(at, 'package.json'));
    if (named) return named;
    const [, manager] = locks.find(([lock]) => fs.existsSync(path.join(at, lock))) ?? [];
    if (manager) return manager;
    if (path.dirname(at) === at) return 'npm';
  }
}

function namedManager(file: string): string | null {
  try {
    const { packageManager } = JSON.parse(fs.readFileSync(file, 'utf8')) as { packageManager?: unknown };
    const [, name] = typeof packageManager === 'string' ? (/^(npm|pnpm|yarn|bun)@/.exec(packageManager) ?? []) : [];
    return name ?? null;
  } catch {
    return null;
  }
}

function folderWith(from: string, name: string): string | null {
  for (let at = from; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, name))) return at;
    if (path.dirname(at) === at) return null;
  }
}
