import { access, constants, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { badUsage } from './failure';

/** Whoever read us may have gone, as `head` does: then there is nobody to write for, and that is no fault. */
export function bearClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EPIPE') throw fault;
    });
  }
}

/** Writes to stdout, waiting where its reader is slow. */
export async function print(texts: Iterable<string>): Promise<void> {
  for (const text of texts) {
    if (!process.stdout.writable) return;
    if (process.stdout.write(text)) continue;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        process.stdout.off('drain', done).off('error', done).off('close', done);
        resolve();
      };
      process.stdout.once('drain', done).once('error', done).once('close', done);
    });
  }
}

export const printJson = (document: unknown): Promise<void> => print([`${JSON.stringify(document, null, 2)}\n`]);

/** Throws a `Failure` where the file could not be written, before anything is run for it. */
export async function checkWritable(path: string, option: string): Promise<void> {
  const absolute = resolve(path);
  const existing = await stat(absolute).catch(() => null);
  if (existing?.isDirectory()) throw badUsage(`--${option}: ${path} is a folder.`, 'Name a file.');
  await access(existing ? absolute : dirname(absolute), constants.W_OK).catch((fault: NodeJS.ErrnoException) => {
    const why = fault.code === 'ENOENT' ? 'its folder does not exist' : `it may not be written (${fault.code})`;
    throw badUsage(`--${option}: ${path} cannot be written: ${why}.`, 'Choose another file.');
  });
}

/** Writes pieces one after another, never all at once. */
export async function writeFile(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), createWriteStream(resolve(path)));
  } catch (fault) {
    const { code, message } = fault as NodeJS.ErrnoException;
    throw badUsage(`${path} was not written: ${code === 'ENOSPC' ? 'there is no space left on its disk' : message}.`, 'Run again with another file.');
  }
}
