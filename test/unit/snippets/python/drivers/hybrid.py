import multiprocessing
import sys
from hashlib import sha256

from hybrid import run_all
from left import say_what_is_left
from pages import pages

if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print("nothing:", run_all([]))
    with pages(at_once=8) as url:
        hashes = run_all([f"{url}/{n}" for n in range(64)], workers=2)
        print(hashes == [sha256(b"page %d" % n).hexdigest() for n in range(64)], "in order, 8 at once")
        try:
            run_all([f"{url}/missing"])
        except OSError as error:
            print(error)
    say_what_is_left()
