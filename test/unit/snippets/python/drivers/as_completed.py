import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

from each import run_each
from left import say_what_is_left


def work(seconds: float) -> float:
    if seconds < 0:
        raise ValueError("negative")
    if seconds > 10:
        os._exit(3)
    time.sleep(seconds)
    return seconds * 2


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    with ProcessPoolExecutor(2) as pool:
        # Both processes are up before order is looked at.
        list(pool.map(work, [0.2, 0.2]))
        for item, result in run_each(pool, work, [0.5, 0, -1]):
            print(item, repr(result))
        abandoned = run_each(pool, work, [0, *[0.2] * 1000])
        print("first:", next(abandoned))
        abandoned.close()  # type: ignore[attr-defined]
        print("a process that dies:", [type(result).__name__ for _, result in run_each(pool, work, [99])])
    say_what_is_left()
