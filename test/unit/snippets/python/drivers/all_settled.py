import asyncio

from gather import settle_all
from left import say_what_is_left


async def half(number: int) -> int:
    await asyncio.sleep(0)
    if number % 2:
        raise ValueError(f"{number} is odd")
    return number // 2


print(asyncio.run(settle_all(iter([2, 3, 4, 5]), half)))
print(asyncio.run(settle_all([], half)))
say_what_is_left()
