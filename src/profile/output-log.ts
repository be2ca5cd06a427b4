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
  #size = 0;
  /** Characters that were let go, here or in the runner. */
  dropped = 0;
  /** Lines ever appended, those that were let go included. */
  total = 0;

  /** `capacity` in characters (UTF-16 units); a quarter more may be held for a while. */
  constructor(private readonly capacity = 1 << 20) {}

  append(line: OutputLine): void {
    this.lines.push(line);
    this.total++;
    this.#size += line.text.length + 1;
    // Rarely and many at once, since taking lines from the front moves all the others.
    if (this.#size > this.capacity * 1.25) this.#trim();
  }

  #trim(): void {
    let first = 0;
    while (this.#size > this.capacity && first < this.lines.length - 1) {
      const size = this.lines[first++]!.text.length + 1;
      this.#size -= size;
      this.dropped += size;
    }
    this.lines.splice(0, first);
  }
}
