import multiprocessing
import sys

from alone import run_in_process
from left import say_what_is_left


class Dying:
    """Ends the process that looks at it."""

    def __index__(self) -> int:
        import os

        os._exit(7)


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print(run_in_process(1000))
    for limit in ("x", Dying()):
        try:
            run_in_process(limit)  # type: ignore[arg-type]
        except RuntimeError as error:
            print("failed:", error)
    say_what_is_left()
