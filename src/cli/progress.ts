import type { RunData } from '../profile/run-data';
import { count, duration, grouped, percent } from '../profile/words';
import { clip, type Style } from './terminal';

/** One line about a run under way. */
export function progressLine(run: RunData, columns: number, style: Style): string {
  const { counts, plan, phase } = run;
  const done = counts.succeeded + counts.failed;
  const failed = counts.failed > 0 ? `, ${grouped(counts.failed)} failed` : '';
  const share = plan.tasks ? ` ${percent(done / plan.tasks)}` : '';
  const total = plan.tasks === null ? count(done, 'task') : `${grouped(done)} of ${count(plan.tasks, 'task')}`;
  const text = phase === 'running' ? `${total}${failed}${share} in ${duration(run.wallMs)}` : phase === 'ended' ? 'Ending…' : 'Starting…';
  return style.dim(clip(`${text}  (Ctrl+C stops, and keeps what finished)`, columns - 1));
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
