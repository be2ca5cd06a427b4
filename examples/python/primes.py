"""Nothing but computing: threads take turns at it because of the GIL, processes do not."""


def count_primes(limit: int) -> int:
    """Counts the primes up to `limit` by trial division.

    Try the inputs `[20_000 + i for i in range(64)]`, on the worker pool and then with the model `threads`.

    >>> count_primes(10)
    4
    >>> count_primes(1000)
    168
    """
    return sum(is_prime(n) for n in range(limit + 1))


def is_prime(n: int) -> bool:
    """Whether nothing but 1 and `n` divides `n`. Try `[7919, 104_729, 1_299_709, 1_299_711]`."""
    divisor = 2
    while divisor * divisor <= n:
        if n % divisor == 0:
            return False
        divisor += 1
    return n >= 2
