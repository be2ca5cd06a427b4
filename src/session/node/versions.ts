/** Which Node a project asks for, read as data from its version files; nothing of them is ever evaluated. */
import semver from 'semver';
import type { Machine } from './machine';

export interface WantedVersion {
  /** A semver range. */
  readonly range: string;
  /** As the file says it, and which file. */
  readonly text: string;
  readonly file: string;
}

/** What Node's long-term releases are called. */
const codenames: Readonly<Record<string, number>> = { hydrogen: 18, iron: 20, jod: 22, krypton: 24 };

type Reader = (text: string) => string | null;

/** In order of precedence within a folder. */
const versionFiles: readonly (readonly [string, Reader])[] = [
  ['.nvmrc', firstLine],
  ['.node-version', firstLine],
  ['.tool-versions', (text) => /^\s*(?:nodejs|node)\s+(\S+)/m.exec(text)?.[1] ?? null],
  ['package.json', fromPackage],
];

/** The nearest version file from `folder` upwards that names a version we understand. */
export async function wantedVersion(folder: string, machine: Pick<Machine, 'path' | 'readText'>): Promise<WantedVersion | null> {
  const { dirname, join } = machine.path;
  for (let at = folder; ; at = dirname(at)) {
    for (const [name, read] of versionFiles) {
      const file = join(at, name);
      const text = read((await machine.readText(file)) ?? '')?.trim();
      const range = text ? rangeOf(text) : null;
      if (text && range) return { range, text, file };
    }
    if (dirname(at) === at) return null;
  }
}

/** `20`, `v20.11`, `>=20 <23`, `lts/iron`, `lts/*`, `latest` as a semver range; `null` for anything else. */
export function rangeOf(text: string): string | null {
  const word = text.toLowerCase().replace(/^node@/, '');
  if (/^(node|latest|current|stable)$/.test(word)) return '*';
  // Long-term releases have even numbers.
  if (/^lts(\/\*|\/-\d+)?$/.test(word)) return Object.values(codenames).map((major) => `${major}`).join(' || ');
  const codename = /^lts\/(\w+)$/.exec(word)?.[1];
  if (codename !== undefined) return codename in codenames ? String(codenames[codename]) : null;
  return semver.validRange(word, { loose: true });
}

function firstLine(text: string): string | null {
  return (
    text
      .split(/\r?\n/)
      .map((line) => line.replace(/#.*/, '').trim())
      .find((line) => line !== '') ?? null
  );
}

function fromPackage(text: string): string | null {
  try {
    const { volta, engines } = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>;
    const wanted = volta?.node ?? engines?.node;
    return typeof wanted === 'string' ? wanted : null;
  } catch {
    return null;
  }
}
