import type { ReportResult } from '../protocol/report';
import { encode } from './json-safe';
import type { TaskPreview } from './run-data';
import { grouped } from './words';

/** Bounds on the results of a report, in UTF-16 units of JSON: of one result, and of all of them together. */
export const resultLimit = 1 << 20;
export const resultsLimit = 1 << 26;

/** Results as JSON can say them (see `json-safe.ts`); what is too large becomes a preview. */
export function reportResults(results: readonly ReportResult[], previews: ReadonlyMap<number, TaskPreview>): ReportResult[] {
  let left = resultsLimit;
  return results.map((result) => {
    if ('truncated' in result) return result;
    const encoded = encode(result.value, { text: Math.min(left, resultLimit) });
    if ('tooLarge' in encoded) {
      const preview = previews.get(result.index)?.result ?? shapeOf(result.value);
      return { index: result.index, preview, truncated: true };
    }
    left -= encoded.text;
    return { index: result.index, value: encoded.value };
  });
}

/** What a value is, without its contents. */
function shapeOf(value: unknown): string {
  if (typeof value === 'string') return `a string of ${grouped(value.length)} characters`;
  if (Array.isArray(value)) return `an array of ${grouped(value.length)}`;
  if (ArrayBuffer.isView(value)) return `${Object.prototype.toString.call(value).slice(8, -1)} of ${grouped(value.byteLength)} bytes`;
  if (value instanceof Map || value instanceof Set) return `${value instanceof Map ? 'a Map' : 'a Set'} of ${grouped(value.size)}`;
  if (typeof value === 'object' && value !== null) return `an object with ${grouped(Object.keys(value).length)} keys`;
  return String(value).slice(0, 200);
}
