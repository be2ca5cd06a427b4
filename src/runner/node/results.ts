import { serialize } from 'node:v8';
import type { MessageOf } from '../../protocol/runner';
import type { Answer } from './messages';
import { preview } from './preview';

type Result = MessageOf<'batch'>['results'][number];

/** Bounds on what is kept, in bytes: of one result, and of all results of a run together. */
const largest = 16 << 20;
const most = 256 << 20;

/** Results on their way to whoever asked for them; those that are too large travel as previews. */
export class Results {
  #bytes = 0;

  from(answer: Answer): Result[] {
    const failed = new Set(answer.failures.map(({ index }) => index));
    const results: Result[] = [];
    for (const [at, value] of answer.results.entries()) {
      const index = answer.indices?.[at] ?? answer.from + at;
      if (!failed.has(index)) results.push(this.#result(index, value));
    }
    return results;
  }

  #result(index: number, value: unknown): Result {
    const bytes = size(value);
    if (bytes === null || bytes > largest || this.#bytes + bytes > most) {
      return { index, preview: preview(value), truncated: true };
    }
    this.#bytes += bytes;
    return { index, value };
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
