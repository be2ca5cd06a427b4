export interface OutputLine {
  readonly stream: 'stdout' | 'stderr';
  /** Task that printed it; `null` where it is not known. */
  readonly task: number | null;
  /** Without its line end. Raw: escape sequences are for the view to strip. */
  readonly text: string;
}

/** What user code printed: the newest lines within a bound, and how much was let go before them. */
export class OutputLog {
  readonly lines: OutputLine[] = [];
  #bytes = 0;
  /** Bytes (UTF-16 units) that were let go, here or in the runner. */
  dropped = 0;

  constructor(private readonly capacity = 1 << 20) {}

  append(line: OutputLine): void {
    this.lines.push(line);
    this.#bytes += line.text.length + 1;
    let first = 0;
    while (this.#bytes > this.capacity && first < this.lines.length - 1) {
      const size = this.lines[first++]!.text.length + 1;
      this.#bytes -= size;
      this.dropped += size;
    }
    if (first > 0) this.lines.splice(0, first);
  }
}
