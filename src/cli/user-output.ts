import type { OutputLog } from '../profile/output-log';
import { grouped } from '../profile/words';
import { harmless } from './terminal';

/** Hands on what user code prints, as it comes. */
export class UserOutput {
  /** Lines and characters of the log that were taken. */
  #lines = 0;
  #characters = 0;
  #dropped = 0;
  #missed = 0;

  /** The lines that came since the last call, ready to be written; empty where none did. */
  take(log: OutputLog): string {
    const count = log.total - this.#lines;
    const fresh = count > 0 ? log.lines.slice(-count) : [];
    this.#lines = log.total;
    for (const { text } of fresh) this.#characters += text.length + 1;
    return this.#notice(log) + fresh.map(({ text }) => `${harmless(text)}\n`).join('');
  }

  /** What was let go and never taken: all there ever was, less what was taken. Old lines let go after that are no loss. */
  #notice(log: OutputLog): string {
    if (log.dropped === this.#dropped) return '';
    this.#dropped = log.dropped;
    const held = log.lines.reduce((sum, { text }) => sum + text.length + 1, 0);
    const missed = log.dropped + held - this.#characters;
    const fresh = missed - this.#missed;
    this.#missed = missed;
    return fresh > 0 ? `[${grouped(fresh)} characters of output were let go]\n` : '';
  }
}
