/** The folder of linked modules: files named by what they are made from, written once, readable by their owner alone. */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../base/result';
import { linkError } from './link-errors';
import type { LinkError } from './linked-module';

export class CopyStore {
  private constructor(readonly folder: string) {}

  /** Makes the folder, or makes sure that it is ours alone. */
  static open(folder: string): Result<CopyStore, LinkError> {
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      const real = fs.realpathSync.native(folder);
      const stat = fs.lstatSync(folder);
      if (stat.isSymbolicLink()) return err(unusable(folder, 'it is a symbolic link'));
      if (process.getuid && stat.uid !== process.getuid()) return err(unusable(folder, 'it belongs to another user'));
      if (process.getuid && (stat.mode & 0o077) !== 0) fs.chmodSync(folder, 0o700);
      return ok(new CopyStore(real));
    } catch (fault) {
      return err(unusable(folder, (fault as Error).message));
    }
  }

  /** Where a copy of `original` is to be, given what its name depends on. */
  place(original: string, extension: string, content: readonly string[]): string {
    const hash = createHash('sha256');
    for (const it of [original, ...content]) hash.update(`${it.length}:`).update(it);
    const stem = path
      .basename(original)
      .replace(/\.\w+$/, '')
      .replace(/[^\w-]/g, '_')
      .slice(0, 40);
    return path.join(this.folder, `${stem}-${hash.digest('hex').slice(0, 24)}${extension}`);
  }

  /** Whether a file of that length is there, and no link. If so it counts as used now: pruning leaves it alone. */
  holds(file: string, bytes: number | undefined): boolean {
    if (bytes === undefined) return false;
    const stat = fs.lstatSync(file, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || stat.size !== bytes) return false;
    touch(file, stat.mtimeMs);
    return true;
  }

  /** Writes a file whole or not at all; gives its length in bytes. */
  write(file: string, text: string): Result<number, LinkError> {
    try {
      const temporary = path.join(this.folder, `.${randomBytes(12).toString('hex')}.tmp`);
      try {
        fs.writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
        // Renaming replaces a link that lies in the way; writing would follow it.
        fs.renameSync(temporary, file);
      } catch (fault) {
        fs.rmSync(temporary, { force: true });
        throw fault;
      }
      return ok(Buffer.byteLength(text));
    } catch (fault) {
      return err(unusable(this.folder, (fault as Error).message));
    }
  }
}

/** A file's age is to tell when it was used last, to within an hour. */
function touch(file: string, usedAt: number): void {
  const now = Date.now();
  if (now - usedAt < 3600_000) return;
  try {
    fs.utimesSync(file, now / 1000, now / 1000);
  } catch {
    // It can be read all the same.
  }
}

function unusable(folder: string, why: string): LinkError {
  return linkError(
    'cache',
    folder,
    1,
    `The folder for linked modules, ${folder}, cannot be used: ${why}.`,
    'Remove it, or free some space.',
  );
}
