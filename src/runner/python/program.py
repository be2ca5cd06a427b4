"""Starts the program of the runner. Started with no options of ours, so that it is what a plain ``python file.py`` is."""

import sys

if __name__ == "__main__":
    # Nothing that is on the path by the user's settings can stand in for the library while ours is loaded.
    before = frozenset(sys.modules)
    here = __file__.rpartition("/")[0]
    user_path = [entry for entry in sys.path if entry != here]
    library = __import__("os").path.dirname(__import__("os").__file__)
    sys.path[:] = [here, *(entry for entry in user_path if entry.startswith(library) and "-packages" not in entry or entry.endswith(".zip"))]

    from corewise_runner.program import main

    sys.path[:] = user_path
    main(before)
