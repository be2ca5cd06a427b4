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
    if (bytes === null || this.#bytes + bytes > most) return false;
    this.#bytes += bytes;
    return true;
  }
}

/** Values inside one result that are looked at before it counts as too large: looking must not cost seconds. */
const mostParts = 200_000;

/** About the bytes that a value takes between processes; `null` where it is large or cannot travel. */
function size(value: unknown): number | null {
  let bytes = 0;
  let parts = 0;
  const waiting = [value];
  const seen = new Set<object>();
  while (waiting.length > 0) {
    if (++parts > mostParts || bytes > largest) return null;
    const part = waiting.pop();
    if (typeof part === 'string') bytes += part.length * 2;
    else if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) bytes += part.byteLength;
    else if (typeof part !== 'object' || part === null) bytes += 8;
    else if (!seen.has(part)) {
      seen.add(part);
      if (Array.isArray(part) && part.length > mostParts) return null;
      for (const member of membersOf(part)) waiting.push(member);
    }
  }
  return travels(value) ? bytes : null;
}

function membersOf(value: object): Iterable<unknown> {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return value;
  return Object.values(value);
}

/** Some values pass between threads but not between processes, such as shared memory. */
function travels(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'symbol' && typeof value !== 'function';
  try {
    serialize(value);
    return true;
  } catch {
    return false;
  }
}
