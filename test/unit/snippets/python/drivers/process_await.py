import asyncio
import os
import sys
import time

from awaited import run_process
from left import say_what_is_left


def write(path: str) -> None:
    with open(path, "w") as file:
        file.write(f"{os.getpid()}")


def sleep_long(path: str) -> None:
    write(path)
    time.sleep(3600)


async def main(path: str) -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    turning = asyncio.ensure_future(turn())
    await run_process(write, path)
    print("elsewhere:", int(open_and_read(path)) != os.getpid(), "while the loop went on:", turns > 5)
    try:
        await run_process(os._exit, 7)
    except RuntimeError as error:
        print("failed:", error)
    os.remove(path)
    endless = asyncio.ensure_future(run_process(sleep_long, path))
    while not (os.path.exists(path) and open_and_read(path)):
        await asyncio.sleep(0.01)
    endless.cancel()
    await asyncio.wait([endless])
    print("cancelled:", endless.cancelled())
    turning.cancel()


def open_and_read(path: str) -> str:
    with open(path) as file:
        return file.read()


if __name__ == "__main__":
    asyncio.run(main(os.path.abspath("written")))
    say_what_is_left()
