import asyncio
import gc
import logging
import sys

from background import Background
from left import say_what_is_left

logging.basicConfig(stream=sys.stdout, format="%(message)s")
logging.raiseExceptions = True


async def say(text: str) -> None:
    # Nothing but the task itself knows this future: without somebody who holds the task, both would be collected.
    waker = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.05, lambda: waker.cancelled() or waker.set_result(None))
    await waker
    print(text)


async def fail() -> None:
    raise ValueError("in the background")


async def main() -> None:
    background = Background()
    background.start(say("said"))
    failing = background.start(fail())
    failing.set_name("failing")
    gc.collect()
    await background.close()
    endless = background.start(asyncio.sleep(3600))
    await background.close(grace=0.01)
    print("over the limit, cancelled:", endless.cancelled())
    await background.close()


class Short(logging.Formatter):
    def formatException(self, ei: object) -> str:  # type: ignore[override]
        return f"with {ei[1]!r}"  # type: ignore[index]


logging.getLogger().handlers[0].setFormatter(Short("%(message)s"))
asyncio.run(main())
say_what_is_left()
