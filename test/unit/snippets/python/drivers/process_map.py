import multiprocessing
import sys

from left import say_what_is_left
from primes import run_all

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print(run_all([2, 10, 100, 1000]), run_all(range(7), workers=2))
    print("nothing:", run_all([]))
    try:
        run_all([10, "ten"])  # type: ignore[list-item]
    except TypeError as error:
        print("failed:", error)
    say_what_is_left()
