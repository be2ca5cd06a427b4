/** Virtual environments of a project, by the names that tools give them. */
import type { Machine } from '../node/machine';

const names = ['.venv', 'venv'];
/** A folder with one of these is a project's root: nothing above it is its own. */
const projectFiles = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', '.git'];

/** Roots of environments beside a file and above it, the nearest first; no higher than the workspace, or the project. */
export async function environmentsAbove(
  folder: string,
  workspace: readonly string[] | undefined,
  machine: Pick<Machine, 'path' | 'list'>,
): Promise<string[]> {
  const { dirname, join } = machine.path;
  const found: string[] = [];
  const holds = (above: string): boolean => {
    const way = machine.path.relative(above, folder);
    return !way.startsWith('..') && !machine.path.isAbsolute(way);
  };
  const roots = workspace?.filter(holds) ?? [];
  for (let at = folder; ; at = dirname(at)) {
    const inside = await machine.list(at);
    for (const name of names) {
      if (inside.includes(name) && (await machine.list(join(at, name))).includes('pyvenv.cfg')) found.push(join(at, name));
    }
    const isRoot = roots.length > 0 ? roots.includes(at) : projectFiles.some((name) => inside.includes(name));
    if (isRoot || dirname(at) === at) return isRoot || roots.length > 0 ? found : found.filter((root) => dirname(root) === folder);
  }
}
