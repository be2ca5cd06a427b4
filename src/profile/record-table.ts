import { allocateColumns, copyRecords, type RecordColumns } from '../protocol/columns';

/** Records per block: 2.7 MB, small enough to add without a copy of what is there, and one panel message. */
export const blockSize = 1 << 16;

/**
 * All records of a run in arrival order, in fixed blocks, so that growing never copies and 10⁶ tasks cost 41 MB.
 */
export class RecordTable {
  readonly #blocks: { readonly buffer: ArrayBuffer; readonly columns: RecordColumns }[] = [];
  #length = 0;

  /** Number of records. */
  get length(): number {
    return this.#length;
  }

  /** Appends records `[0, n)` of `batch`. */
  append(batch: RecordColumns, n: number): void {
    for (let from = 0; from < n; ) {
      const at = this.#length % blockSize;
      if (at === 0) this.#blocks.push(allocateColumns(blockSize));
      const count = Math.min(n - from, blockSize - at);
      copyRecords(batch, from, from + count, this.#blocks.at(-1)!.columns, at);
      from += count;
      this.#length += count;
    }
  }

  /** Each block with the number of records in it, in order. The views are live: read them, do not keep them. */
  *blocks(): Generator<{ readonly columns: RecordColumns; readonly length: number }> {
    for (const [i, { columns }] of this.#blocks.entries()) {
      yield { columns, length: Math.min(blockSize, this.#length - i * blockSize) };
    }
  }

  /** An exact-size copy of records `[from, to)` for the wire. */
  slice(from: number, to: number): ArrayBuffer {
    const { buffer, columns } = allocateColumns(to - from);
    for (let i = from; i < to; ) {
      const at = i % blockSize;
      const count = Math.min(to - i, blockSize - at);
      copyRecords(this.#blocks[Math.floor(i / blockSize)]!.columns, at, at + count, columns, i - from);
      i += count;
    }
    return buffer;
  }
}
