import { spin } from '../fixtures/tasks.mjs';
import { median } from './rounds.mjs';

/** How many rounds of `spin` take `micros` on this machine and Node, undisturbed: the least of many tries. */
export function roundsFor(micros) {
  const rounds = 200_000;
  for (let i = 0; i < 50; i++) spin(rounds);
  const times = Array.from({ length: 50 }, () => {
    const start = performance.now();
    spin(rounds);
    return performance.now() - start;
  });
  const fastHalf = median(times.sort((a, b) => a - b).slice(0, 25));
  return Math.max(1, Math.round((rounds * micros) / (fastHalf * 1000)));
}
