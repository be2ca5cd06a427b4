import asyncio

from crowd import Crowd
from left import say_what_is_left
from within import gather_within


async def main() -> None:
    crowd = Crowd()
    print(await gather_within(20, crowd.join(1), crowd.join(2)))
    try:
        await gather_within(0.02, crowd.join(1), crowd.join(2, 10**9), crowd.join(3, 10**9))
    except asyncio.TimeoutError:
        print(f"over the limit: cancelled {crowd.cancelled}, under way {crowd.now}")
    try:
        await gather_within(20, crowd.join(ValueError("no")), crowd.join(2, 10**9))
    except ValueError as error:
        print(f"failed: {error}; cancelled {crowd.cancelled}, under way {crowd.now}")


asyncio.run(main())
say_what_is_left()
