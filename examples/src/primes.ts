/**
 * Counts the primes up to `limit` by trial division: nothing but CPU.
 * Try the inputs `Array.from({ length: 64 }, (_, i) => 200000 + i)`.
 */
export function countPrimes(limit: number): number {
  let count = 0;
  for (let n = 2; n <= limit; n++) if (isPrime(n)) count++;
  return count;
}

/** Not exported, and can be run all the same. Try `[7919, 104729, 1299709, 1299711]`. */
function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false;
  return n >= 2;
}
