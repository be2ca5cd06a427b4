/** Refusals: the first reason found is the one that is told. */
import type { Refusal } from '../../source/found-function';

export const refusal = (code: string, message: string, line: number): Refusal => ({ code, message, line });

/** A reason against a rewrite, if there is one. Checks run in order, and later ones may rely on what earlier ones found right. */
export type Check = () => Refusal | null;

export function firstOf(...checks: readonly Check[]): Refusal | null {
  for (const check of checks) {
    const found = check();
    if (found) return found;
  }
  return null;
}

export function firstFor<T, R = Refusal>(items: Iterable<T>, check: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = check(item);
    if (found) return found;
  }
  return null;
}
