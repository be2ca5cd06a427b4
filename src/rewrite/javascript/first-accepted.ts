import { err, type Result } from '../../base/result';
import type { Refusal } from '../../source/found-function';

/** Refusals that only say that something else must have been meant. */
const beside = new Set(['no-await', 'not-async', 'not-for-of', 'no-call', 'unknown-callee']);

/** The first candidate that is accepted; else the refusal of the first that can have been meant. */
export function firstAccepted<Candidate, T>(
  all: readonly Candidate[],
  attempt: (candidate: Candidate) => Result<T, Refusal>,
  none: () => Refusal,
): Result<T, Refusal> {
  const refusals: Refusal[] = [];
  for (const candidate of all) {
    const tried = attempt(candidate);
    if (tried.ok) return tried;
    refusals.push(tried.error);
  }
  return err(refusals.find(({ code }) => !beside.has(code)) ?? refusals[0] ?? none());
}
