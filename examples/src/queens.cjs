'use strict';

/**
 * In how many ways `size` queens stand on a board of that size without a threat. Each size takes about
 * five times as long as the one before, so the last task decides: try `[8, 9, 10, 11, 12, 13]`, then the same reversed.
 * @param {number} size at most 15
 * @returns {number}
 */
function countQueens(size) {
  const full = (1 << size) - 1;

  /**
   * Rows are filled from the top; bits mark the columns that earlier queens threaten in this row.
   * @param {number} columns
   * @param {number} left along falling diagonals
   * @param {number} right along rising diagonals
   * @returns {number}
   */
  const place = (columns, left, right) => {
    if (columns === full) return 1;
    let ways = 0;
    for (let free = full & ~(columns | left | right); free > 0; free &= free - 1) {
      const queen = free & -free;
      ways += place(columns | queen, ((left | queen) << 1) & full, (right | queen) >> 1);
    }
    return ways;
  };
  return place(0, 0, 0);
}

module.exports = { countQueens };
