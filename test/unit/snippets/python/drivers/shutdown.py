import asyncio
import os
import signal
import sys

from shutdown import run_until_signal


async def short() -> None:
    await asyncio.sleep(0)
    print("ended by itself")


async def serve() -> None:
    asyncio.get_running_loop().call_soon(os.kill, os.getpid(), getattr(signal, sys.argv[1]))
    try:
        await asyncio.sleep(3600)
    finally:
        print("closing")
        await asyncio.sleep(0.01)
        print("closed")


run_until_signal(short())
print("as before:", signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)
run_until_signal(serve())
