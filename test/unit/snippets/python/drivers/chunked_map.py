import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice

from chunks import map_in_chunks
from left import say_what_is_left


def square(number: int) -> int:
    return number * number


def where(_: int) -> int:
    return os.getpid()


def fail_on_50(number: int) -> int:
    if number == 50:
        raise ValueError("fifty")
    return number


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    with ProcessPoolExecutor(2) as pool:
        squares = list(map_in_chunks(pool, square, range(1000), chunk_size=64))
        print(squares == [n * n for n in range(1000)], "in order")
        print("nothing:", list(map_in_chunks(pool, square, [])))
        print("elsewhere:", os.getpid() not in map_in_chunks(pool, where, range(4)))
        taken = count()
        results = map_in_chunks(pool, square, taken, chunk_size=10, ahead=4)
        print("of an endless iterator:", list(islice(results, 3)), "with", next(taken), "taken")
        results.close()  # type: ignore[attr-defined]
        got = []
        try:
            got.extend(map_in_chunks(pool, fail_on_50, range(10_000), chunk_size=10, ahead=4))
        except ValueError as error:
            print("failed:", error)
    say_what_is_left()
