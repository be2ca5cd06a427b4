import { quietMoment } from './quiet.mjs';

/** Interleaved rounds: whatever the machine does meanwhile, it does to all contestants alike. */

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Measures every contestant once a round, in an order that is turned by one each time; gives the values by name.
 * @param {Record<string, () => Promise<number>>} contestants
 */
export async function measureRounds(rounds, contestants, log = console.error) {
  const names = Object.keys(contestants);
  const values = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      await quietMoment();
      const value = await contestants[name]();
      values[name].push(value);
      log(`round ${round + 1}/${rounds}  ${name}: ${Number(value.toPrecision(4))}`);
    }
  }
  return values;
}

/** Median of the ratios within each round, with the least and the greatest. */
export function ratio(numerator, denominator) {
  const ratios = numerator.map((value, round) => value / denominator[round]);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
