import multiprocessing
import sys

from doubling import run_all
from left import say_what_is_left

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print(run_all(n for n in range(8)))
    try:
        run_all([1, {}])  # type: ignore[list-item]
    except TypeError as error:
        print("failed:", error)
    say_what_is_left()
