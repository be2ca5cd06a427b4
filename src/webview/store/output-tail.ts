import type { PanelOutputLine } from '../../protocol/panel';

/** Characters kept; the host's own log holds no more. */
const capacity = 1 << 20;

/** The newest lines that user code printed. */
export class OutputTail {
  lines: PanelOutputLine[] = [];
  /** Characters let go, by the host or here. */
  dropped = 0;
  #size = 0;
  #own = 0;

  append(lines: readonly PanelOutputLine[], dropped: number): void {
    for (const line of lines) {
      this.lines.push(line);
      this.#size += line.text.length + 1;
    }
    if (this.#size > capacity * 1.25) this.#trim();
    this.dropped = Math.max(dropped, this.#own);
  }

  #trim(): void {
    let first = 0;
    while (this.#size > capacity && first < this.lines.length - 1) {
      const size = this.lines[first++]!.text.length + 1;
      this.#size -= size;
      this.#own += size;
    }
    this.lines = this.lines.slice(first);
  }
}
