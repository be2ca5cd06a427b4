import type { OutputLine, OutputLog } from '../profile/output-log';
import { harmless } from './terminal';

/** Hands on what user code prints, as it comes. */
export class UserOutput {
  #newest: OutputLine | null = null;
  #dropped = 0;

  /** The lines that came since the last call, ready to be written; empty where none did. */
  take(log: OutputLog): string {
    // Old lines leave the log from its front: the newest one that was seen tells where the new ones begin.
    const seen = this.#newest === null ? -1 : log.lines.lastIndexOf(this.#newest);
    const fresh = log.lines.slice(seen + 1);
    const dropped = log.dropped - this.#dropped;
    this.#newest = fresh.at(-1) ?? this.#newest;
    this.#dropped = log.dropped;
    const notice = dropped > 0 ? `[${dropped} bytes of output were let go]\n` : '';
    return notice + fresh.map(({ text }) => `${harmless(text)}\n`).join('');
  }
}
