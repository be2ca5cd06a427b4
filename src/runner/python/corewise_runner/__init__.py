"""The runner for Python: makes the calls of one run, measures them, and ends with it. Standard library only.

    session <= fd 3 => conductor <= pipes => program <= pipes => workers
                       no user code         the user's main     processes
                       cores, memory,       program: module,    or interpreters
                       life of its parent   inputs, pool

The conductor is started isolated from the user's settings and answers whatever the others do. The program is started as
``python file.py`` would be. Under ``sequential``, ``gather`` and ``threads`` it makes the calls itself; under
``processes``, ``hybrid`` and ``interpreters`` it is what a main program with an executor is, and its workers make them.

All times are milliseconds from the run's origin unless a name ends in ``_s``; clocks are ``time.perf_counter``.
"""
