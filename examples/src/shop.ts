/** A program, not a module: importing it opens a shop. To run one function of it, nothing of that is needed, or happens. */
import { createServer } from 'node:http';

const prices: Record<string, number> = { tea: 320, coffee: 410, cake: 555 };
for (const [name, cents] of [['bread', 275], ['honey', 890]] as const) prices[name] = cents;
const coupons = [200, 150, 100, 50];

/**
 * The coupons that come closest to the price of a basket without going over it, each as often as one likes. Slow on
 * purpose: it tries them all. Try `baskets()`.
 */
export function bestCoupons(cents: number): number[] {
  const fill = (left: number, first: number): number[] => {
    let best: number[] = [];
    for (let at = first; at < coupons.length; at++) {
      const coupon = coupons[at]!;
      if (coupon > left) continue;
      const filled = [coupon, ...fill(left - coupon, at)];
      if (sum(filled) > sum(best) || (sum(filled) === sum(best) && filled.length < best.length)) best = filled;
    }
    return best;
  };
  return fill(cents, 0);
}

/** What baskets of two things cost. */
export function baskets(): number[] {
  const all = Object.values(prices);
  return all.flatMap((a) => all.map((b) => a + b));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

let visitors = 0;
const server = createServer((request, response) => {
  visitors++;
  response.end(JSON.stringify(prices));
});
server.listen(0, '127.0.0.1');
server.on('listening', () => console.error('The shop is open:', server.address(), '(Ctrl+C closes it)'));
setInterval(() => console.error(`${visitors} visitors so far`), 10_000);
main();

function main(): void {
  console.error('The program has started.');
}
