/** Chance that comes out the same each time: by a seed, and by a name for what it is for. */
import { createHash } from 'node:crypto';

/** The same elements in an order that depends on nothing but `seed` and themselves. */
export function shuffled(all, seed, nameOf = String) {
  return all.map((it) => [hash(`${seed} ${nameOf(it)}`), it]).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
}

const hash = (text) => createHash('sha256').update(text).digest('hex');
