/** Chunks that are with workers, as far as the session was told. */
export class InFlight {
  readonly #chunks = new Map<number, number>();

  /** Flat pairs: first index, number of tasks. */
  sent(pairs: readonly number[]): void {
    for (let i = 0; i + 1 < pairs.length; i += 2) this.#chunks.set(pairs[i]!, pairs[i + 1]!);
  }

  answered(firsts: readonly number[]): void {
    for (const first of firsts) this.#chunks.delete(first);
  }

  /** Tasks that were running for certain: those that were sent alone. */
  certain(): number[] {
    return [...this.#chunks].filter(([, count]) => count === 1).map(([first]) => first);
  }

  /** Which tasks may have been running, as the end of a sentence; empty where none were. */
  describe(): string {
    const ranges = [...this.#chunks].sort(([a], [b]) => a - b).map(([first, count]) => (count === 1 ? `${first}` : `${first} to ${first + count - 1}`));
    if (ranges.length === 0) return '';
    const one = ranges.length === 1 && /^\d+$/.test(ranges[0]!);
    return ` while ${one ? 'task' : 'tasks'} ${ranges.slice(0, 6).join(', ')}${ranges.length > 6 ? ' and others' : ''} ${one ? 'was' : 'were'} with its workers`;
  }
}
