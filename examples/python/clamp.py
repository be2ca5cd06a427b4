"""Far too small to be worth a process."""


def clamp(value: int, low: int, high: int) -> int:
    """The number between the bounds that is nearest: sending it away takes longer than finding it.

    Try `((n, 500, 9500) for n in range(100_000))`, one after the other and on the worker pool.

    >>> clamp(12, 0, 10)
    10
    """
    return min(high, max(low, value))
