import { closeSync, openSync, readSync } from 'node:fs';

const bytes = Buffer.allocUnsafe(1 << 16);

/** A small file of Linux's /proc, kept open: reading it again costs a third of opening it again. */
export class ProcFile {
  readonly #descriptor: number;

  /** Throws where there is no such file. */
  constructor(path: string) {
    this.#descriptor = openSync(path, 'r');
  }

  /** Its text now, at most 64 KiB of it. Throws where what it speaks of is gone. */
  read(): string {
    return bytes.toString('latin1', 0, readSync(this.#descriptor, bytes, 0, bytes.length, 0));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
