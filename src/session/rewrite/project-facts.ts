/** What recipes have to know of the project around a file: read anew each time, since a rewrite changes it. */
import fs from 'node:fs';
import path from 'node:path';
import type { ProjectFacts } from '../../rewrite/edit-plan';

/** Of the nearest package.json, and of the file's folder. */
export function packageFacts(file: string): ProjectFacts {
  const folder = path.dirname(file);
  const manifest = nearest(folder, 'package.json');
  const { type, packages } = manifest === null ? { type: undefined, packages: new Set<string>() } : readManifest(manifest);
  return { ...(type ? { packageType: type } : {}), packages, siblings: new Set(namesIn(folder)) };
}

/** The text of the nearest file of a name, upwards; `null` where there is none. */
function nearest(folder: string, name: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    const text = textOf(path.join(at, name));
    if (text !== null) return text;
    if (path.dirname(at) === at) return null;
  }
}

function textOf(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** A package.json without a `type` is CommonJS to Node, but for a file that says otherwise by its syntax: then `type` is absent. */
function readManifest(text: string): { type: ProjectFacts['packageType'] | undefined; packages: Set<string> } {
  try {
    const manifest = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    const packages = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((group) => {
      const listed = manifest[group];
      return typeof listed === 'object' && listed !== null ? Object.keys(listed) : [];
    });
    const { type } = manifest;
    return { type: type === 'module' || type === 'commonjs' ? type : undefined, packages: new Set(packages) };
  } catch {
    return { type: undefined, packages: new Set() };
  }
}

/** Of the project's virtual environment, its version file, or the least that its pyproject.toml asks for. */
export function pythonVersion(file: string): readonly [number, number] | undefined {
  const sources: [string, RegExp][] = [
    ['.venv/pyvenv.cfg', /^version(?:_info)?\s*=\s*(\d+)\.(\d+)/m],
    ['.python-version', /^\s*(?:python-?)?(\d+)\.(\d+)/m],
    ['pyproject.toml', /^requires-python\s*=\s*["'](?:>=|~=|==|\^)\s*(\d+)\.(\d+)/m],
  ];
  for (const [name, pattern] of sources) {
    const [, major, minor] = pattern.exec(nearest(path.dirname(file), name) ?? '') ?? [];
    if (major !== undefined) return [Number(major), Number(minor)];
  }
  return undefined;
}
