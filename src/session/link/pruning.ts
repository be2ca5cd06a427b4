/** Keeps the folder of linked modules from growing with every edit for ever. */
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Millis } from '../../base/units';

const day: Millis = 24 * 3600_000;

export interface PruneLimits {
  /** Older files go, whatever room there is. */
  readonly age: Millis;
  /** Bytes of all files together; beyond it the oldest go first. */
  readonly size: number;
  /** Younger files stay, whatever room there is: a run in progress, in any window, was linked since. */
  readonly grace: Millis;
}

export const pruneLimits: PruneLimits = { age: 14 * day, size: 256 << 20, grace: 2 * day };

/**
 * Removes files that no link has used for long (see `CopyStore.holds`, which makes a used file young again), and files
 * beyond the size. Folders and links stay. Best effort: resolves to the number of files that went.
 */
export async function prune(folder: string, now = Date.now(), limits = pruneLimits): Promise<number> {
  const all = (await filesOf(folder)).sort((a, b) => a.usedAt - b.usedAt);
  let size = all.reduce((sum, { bytes }) => sum + bytes, 0);
  let gone = 0;
  for (const { path, usedAt, bytes } of all) {
    if (now - usedAt <= limits.grace) break;
    if (now - usedAt <= limits.age && size <= limits.size) break;
    try {
      await rm(path);
      gone++;
      size -= bytes;
    } catch {
      // Another window was faster, or the disk is read-only.
    }
  }
  return gone;
}

interface Kept {
  readonly path: string;
  readonly usedAt: number;
  readonly bytes: number;
}

async function filesOf(folder: string): Promise<Kept[]> {
  const found: Kept[] = [];
  try {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const stat = await lstat(path).catch(() => null);
      if (stat?.isFile()) found.push({ path, usedAt: stat.mtimeMs, bytes: stat.size });
    }
  } catch {
    // There is no folder yet.
  }
  return found;
}
