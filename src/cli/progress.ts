import type { Millis } from '../base/units';
import type { RunData } from '../profile/run-data';
import { count, duration, grouped, percent } from '../profile/words';
import { clip, type Terminal } from './terminal';

/** One line about a run under way, for a terminal of so many columns; `elapsed` since it was asked for. */
export function progressLine({ counts, plan, phase }: RunData, elapsed: Millis, { columns, style }: Terminal): string {
  const done = counts.succeeded + counts.failed;
  const total = plan.tasks === null ? count(done, 'task') : `${grouped(done)} of ${count(plan.tasks, 'task')}, ${percent(plan.tasks === 0 ? 1 : done / plan.tasks)}`;
  const failed = counts.failed > 0 ? `, ${grouped(counts.failed)} failed` : '';
  const state = phase === 'running' ? `${total}${failed}` : 'Starting';
  return style.dim(clip(`${state}, ${duration(Math.round(elapsed / 100) * 100)}  (Ctrl+C stops, and keeps what finished)`, columns - 1));
}

/** Shows lines in place on a terminal. What else is written there must be written through `above`. */
export class LiveLine {
  #shown = false;

  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'write'>) {}

  show(line: string): void {
    this.stream.write(`${this.#shown ? erase : ''}${line}`);
    this.#shown = true;
  }

  /** Writes whole lines where the live line was. */
  above(text: string): void {
    this.clear();
    this.stream.write(text);
  }

  clear(): void {
    if (this.#shown) this.stream.write(erase);
    this.#shown = false;
  }
}

const erase = '\r\u001b[K';
