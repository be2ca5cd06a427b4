import asyncio

from left import say_what_is_left
from limited import load

print(asyncio.run(load(0)))
try:
    asyncio.run(load(3600))
except TimeoutError as error:
    print("over the limit:", type(error).__name__)
say_what_is_left()
