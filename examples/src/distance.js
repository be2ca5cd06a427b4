/**
 * How many letters must be added, dropped or changed to make one text of the other.
 * The examples below are offered as inputs; for a longer run try
 * `Array.from({ length: 40 }, (_, i) => ['kitten'.repeat(100 + i), 'sitting'.repeat(100)])`.
 *
 * @example
 * distance('kitten', 'sitting') // 3
 * @example
 * distance('core', 'wise') // 3
 *
 * @param {string} from
 * @param {string} to
 * @returns {number}
 */
export function distance(from, to) {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = from[row - 1] === to[column - 1] ? 0 : 1;
      current.push(
        Math.min(
          /** @type {number} */ (above[column]) + 1,
          /** @type {number} */ (current[column - 1]) + 1,
          /** @type {number} */ (above[column - 1]) + change,
        ),
      );
    }
    above = current;
  }
  return /** @type {number} */ (above[to.length]);
}
