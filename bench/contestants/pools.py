"""What a person would write without Corewise: prints the seconds that it took, as JSON.

    python pools.py NAME N INPUT       one pool of as many workers as there are cores, started and warm before the clock
    python pools.py cold METHOD        a plain script's executor, to its first result; nothing is printed by it
"""

import asyncio
import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fixtures"))
from tasks import noop, noop_async, spin  # noqa: E402

WORKERS = os.cpu_count() or 1


def timed(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def executor(use):
    with ProcessPoolExecutor(WORKERS) as pool:
        list(pool.map(noop, range(WORKERS * 4)))
        return timed(lambda: use(pool))


def submit(n, _):
    return executor(lambda pool: [it.result() for it in [pool.submit(noop, i) for i in range(n)]])


def map64(n, _):
    return executor(lambda pool: list(pool.map(noop, range(n), chunksize=64)))


def pool_map(n, _):
    with multiprocessing.Pool(WORKERS) as pool:
        pool.map(noop, range(WORKERS * 4))
        return timed(lambda: pool.map(noop, range(n)))


def joblib_auto(n, _):
    import joblib

    with joblib.Parallel(n_jobs=WORKERS) as parallel:
        parallel(joblib.delayed(noop)(i) for i in range(WORKERS * 4))
        return timed(lambda: parallel(joblib.delayed(noop)(i) for i in range(n)))


def gather_all(n, _):
    async def main():
        return await asyncio.gather(*(noop_async(i) for i in range(n)))

    return timed(lambda: asyncio.run(main()))


def _loop(count, rounds):
    for _ in range(count):
        spin(rounds)


def bare_loops(n, rounds):
    parts = [multiprocessing.Process(target=_loop, args=(n // WORKERS, rounds)) for _ in range(WORKERS)]

    def run():
        for part in parts:
            part.start()
        for part in parts:
            part.join()

    return timed(run)


def calibrate(micros, _):
    """Rounds of ``spin`` that take so long."""
    spin(10_000)
    best = min(timed(lambda: spin(100_000)) for _ in range(5))
    return round(100_000 * micros / 1e6 / best)


def cold(method):
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context(method)) as pool:
        next(iter(pool.map(noop, range(WORKERS))))
        os.write(1, b"first\n")


if __name__ == "__main__":
    name = sys.argv[1]
    if name == "cold":
        cold(sys.argv[2])
    else:
        work = {"submit": submit, "map64": map64, "pool_map": pool_map, "joblib": joblib_auto, "gather_all": gather_all, "bare_loops": bare_loops, "calibrate": calibrate}[name]
        print(json.dumps(work(int(sys.argv[2]), int(sys.argv[3]))))
