import type { Chunk } from './messages';

/** A chunk that is with a worker, and which of its tasks are answered. */
interface Entry {
  readonly chunk: Chunk;
  answered: number;
  /** One flag a task; made when a part of the chunk is answered, not before. */
  flags: Uint8Array | null;
}

/** Which tasks are with workers and not answered yet. Chunks are found by any of their task indices. */
export class Ledger {
  readonly #entries = new Map<number, Entry>();

  /** Number of chunks that are with workers. */
  get size(): number {
    return this.#entries.size;
  }

  open(chunk: Chunk): void {
    this.#entries.set(chunk.first, { chunk, answered: 0, flags: null });
  }

  /** Closes a chunk and returns its tasks that were never answered, in order. */
  close(chunk: Chunk): number[] {
    const entry = this.#entries.get(chunk.first);
    this.#entries.delete(chunk.first);
    if (!entry || entry.answered === chunk.count) return [];
    const missing: number[] = [];
    for (let i = 0; i < chunk.count; i++) if (!entry.flags?.[i]) missing.push(chunk.first + i);
    return missing;
  }

  /** Marks tasks `[from, from + count)`, or the given ones, as answered. */
  answer(from: number, count: number, indices: Uint32Array | null): void {
    if (!indices) {
      const entry = this.#find(from);
      if (!entry) return;
      if (count < entry.chunk.count) this.#flags(entry).fill(1, from - entry.chunk.first, from - entry.chunk.first + count);
      entry.answered += count;
      return;
    }
    let entry: Entry | undefined;
    for (const id of indices) {
      if (!entry || !covers(entry, id)) entry = this.#find(id);
      if (!entry) continue;
      this.#flags(entry)[id - entry.chunk.first] = 1;
      entry.answered++;
    }
  }

  #flags(entry: Entry): Uint8Array {
    return (entry.flags ??= new Uint8Array(entry.chunk.count));
  }

  #find(id: number): Entry | undefined {
    const first = this.#entries.get(id);
    if (first) return first;
    for (const entry of this.#entries.values()) if (covers(entry, id)) return entry;
    return undefined;
  }
}

function covers({ chunk }: Entry, id: number): boolean {
  return id >= chunk.first && id < chunk.first + chunk.count;
}

/** Neighbouring indices as ranges `[first, count]`. */
export function ranges(indices: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const index of indices) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === index) last[1]++;
    else found.push([index, 1]);
  }
  return found;
}
