"""Starts the conductor of the runner: ``python -I -S conductor.py``, with the session on descriptor 3."""

import sys

if __name__ == "__main__":
    sys.path.insert(0, __file__.rpartition("/")[0])

    from corewise_runner.conductor import main

    main()
