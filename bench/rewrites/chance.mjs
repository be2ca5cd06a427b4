import { createHash } from 'node:crypto';

/** The same elements in an order that depends on nothing but `seed` and their names. */
export function seededOrder(all, seed, nameOf) {
  const hash = (it) => createHash('sha256').update(`${seed} ${nameOf(it)}`).digest('hex');
  return all.map((it) => [hash(it), it]).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
}
