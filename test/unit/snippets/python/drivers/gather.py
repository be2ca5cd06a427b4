import asyncio

from gather import load
from left import say_what_is_left

print(asyncio.run(load(7)))
say_what_is_left()
