/**
 * @typedef {{ id: number, customer: string, cents: number, items: { name: string, count: number }[] }} Order
 */

/**
 * What a pile of orders is worth, in cents. Adding is quick; sending the pile to a worker is not, and so
 * more cores lose. Try `Array.from({ length: 16 }, (_, day) => makeOrders(20000, day))`.
 * @param {Order[]} orders
 */
export function revenue(orders) {
  let cents = 0;
  for (const order of orders) cents += order.cents;
  return cents;
}

/**
 * The same answer with the work moved to the data: only two numbers are sent. Try `Array.from({ length: 16 }, (_, day) => [20000, day])`.
 * @param {number} count
 * @param {number} day
 */
export function revenueOfDay(count, day) {
  return revenue(makeOrders(count, day));
}

/**
 * Orders of one day: made up, and the same every time.
 * @param {number} count
 * @param {number} day
 * @returns {Order[]}
 */
export function makeOrders(count, day = 0) {
  return Array.from({ length: count }, (_, i) => ({
    id: day * count + i,
    customer: `customer ${(i * 7 + day) % 911}`,
    cents: 500 + ((i * 37 + day * 11) % 9500),
    items: [{ name: i % 3 === 0 ? 'tea' : 'coffee', count: 1 + (i % 4) }],
  }));
}
