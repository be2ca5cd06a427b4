/** Several places may be meant; the first one that can be rewritten is. */
import type { Result } from '../../base/result';
import { err } from '../../base/result';
import type { Refusal } from '../../source/found-function';

/** The first success, else why the first place was refused. */
export function firstAccepted<T, V>(places: readonly T[], attempt: (place: T) => Result<V, Refusal>, none: Refusal): Result<V, Refusal> {
  let reason: Refusal | null = null;
  for (const place of places) {
    const result = attempt(place);
    if (result.ok) return result;
    reason ??= result.error;
  }
  return err(reason ?? none);
}
