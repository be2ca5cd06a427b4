import { serialize } from 'node:v8';
import type { Answer } from './messages';
import { preview } from './preview';

/** Bounds on what is kept, in bytes: of one result, and of all results of a run together. */
const largest = 16 << 20;
const most = 256 << 20;

/** The results of an answer, on their way to whoever asked for them. */
export interface Parcel {
  /** `[index, value]` pairs as V8 serialises them. */
  readonly bytes: Uint8Array;
  readonly tooLarge: readonly { readonly index: number; readonly preview: string }[];
}

/** Packs results for the session; those that are too large, or cannot leave the process, go as previews. */
export class Results {
  #bytes = 0;

  pack(answer: Answer): Parcel {
    const failed = new Set(answer.failures.map(({ index }) => index));
    const pairs: [number, unknown][] = [];
    const tooLarge: { index: number; preview: string }[] = [];
    for (const [at, value] of answer.results.entries()) {
      const index = answer.indices?.[at] ?? answer.from + at;
      if (failed.has(index)) continue;
      if (this.#fits(value)) pairs.push([index, value]);
      else tooLarge.push({ index, preview: preview(value) });
    }
    return { bytes: serialize(pairs), tooLarge };
  }

  #fits(value: unknown): boolean {
    const bytes = size(value);
    if (bytes === null || bytes > largest || this.#bytes + bytes > most) return false;
    this.#bytes += bytes;
    return true;
  }
}

/** Bytes that a value takes between processes; `null` where it cannot travel. */
function size(value: unknown): number | null {
  if (typeof value === 'string') return value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  try {
    return serialize(value).byteLength;
  } catch {
    return null;
  }
}
