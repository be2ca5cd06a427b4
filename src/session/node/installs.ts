/** Where version managers keep the Nodes that they installed. */
import semver from 'semver';
import type { Machine } from './machine';

export interface Install {
  readonly path: string;
  readonly version: string;
  /** Name of the manager that installed it. */
  readonly manager: string;
}

interface Manager {
  readonly name: string;
  /** Variables that name its folder, and its usual folders under the home folder. */
  readonly variables: readonly string[];
  readonly folders: readonly string[];
  /** From its folder to the folder with one entry a version. */
  readonly versions: string;
  /** From a version's folder to the binary; on Windows `node.exe` stands where `unix` has `bin/node`. */
  readonly inside?: string;
}

const unix: readonly Manager[] = [
  { name: 'nvm', variables: ['NVM_DIR'], folders: ['.nvm'], versions: 'versions/node' },
  {
    name: 'fnm',
    variables: ['FNM_DIR'],
    folders: ['.local/share/fnm', 'Library/Application Support/fnm', '.fnm'],
    versions: 'node-versions',
    inside: 'installation',
  },
  { name: 'Volta', variables: ['VOLTA_HOME'], folders: ['.volta'], versions: 'tools/image/node' },
  { name: 'asdf', variables: ['ASDF_DATA_DIR'], folders: ['.asdf'], versions: 'installs/nodejs' },
  { name: 'mise', variables: ['MISE_DATA_DIR'], folders: ['.local/share/mise'], versions: 'installs/node' },
];

const windows: readonly Manager[] = [
  { name: 'nvm', variables: ['NVM_HOME'], folders: ['AppData/Roaming/nvm'], versions: '' },
  { name: 'fnm', variables: ['FNM_DIR'], folders: ['AppData/Roaming/fnm'], versions: 'node-versions', inside: 'installation' },
  { name: 'Volta', variables: ['VOLTA_HOME'], folders: ['AppData/Local/Volta'], versions: 'tools/image/node' },
  { name: 'mise', variables: ['MISE_DATA_DIR'], folders: ['AppData/Local/mise'], versions: 'installs/node' },
];

/** Every full version that a manager has, the newest first. Entries such as `lts` or `20` are links to one of them. */
export async function installedNodes(machine: Pick<Machine, 'platform' | 'path' | 'home' | 'list'>, env: NodeJS.ProcessEnv): Promise<Install[]> {
  const { join } = machine.path;
  const managers = machine.platform === 'win32' ? windows : unix;
  const binary = machine.platform === 'win32' ? 'node.exe' : join('bin', 'node');
  const found = new Map<string, Install>();
  for (const manager of managers) {
    for (const root of rootsOf(manager, machine, env)) {
      const folder = join(root, manager.versions);
      for (const entry of await machine.list(folder)) {
        const version = semver.valid(entry);
        const path = join(folder, entry, manager.inside ?? '', binary);
        if (version) found.set(path, { path, version, manager: manager.name });
      }
    }
  }
  return [...found.values()].sort((a, b) => semver.rcompare(a.version, b.version));
}

function rootsOf({ variables, folders }: Manager, { path, home }: Pick<Machine, 'path' | 'home'>, env: NodeJS.ProcessEnv): string[] {
  const named = variables.map((name) => env[name] ?? '').filter((folder) => path.isAbsolute(folder));
  return [...named, ...folders.map((folder) => path.join(home, folder))];
}
