import multiprocessing
import sys
from concurrent.futures.process import BrokenProcessPool

import known
from left import say_what_is_left

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print(known.count_all(["a b c", "d", "c c"] * 20, "a c") == [2, 0, 2] * 20)
    print("here:", known.words)
    say_what_is_left()
