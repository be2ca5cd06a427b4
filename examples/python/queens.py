"""Very uneven tasks: the last one decides."""


def count_queens(size: int) -> int:
    """In how many ways `size` queens stand on a board of that size without a threat.

    Each size takes about five times as long as the one before: try `range(8, 14)`, then `range(13, 7, -1)`.

    >>> count_queens(6)
    4
    >>> count_queens(8)
    92
    """
    full = (1 << size) - 1

    def place(columns: int, left: int, right: int) -> int:
        """Rows are filled from the top; bits mark the columns that earlier queens threaten in this row."""
        if columns == full:
            return 1
        ways = 0
        free = full & ~(columns | left | right)
        while free:
            queen = free & -free
            free ^= queen
            ways += place(columns | queen, (left | queen) << 1 & full, (right | queen) >> 1)
        return ways

    return place(0, 0, 0)
