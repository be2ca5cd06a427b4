import asyncio

from crowd import Crowd
from left import say_what_is_left
from map import map_limit


async def main() -> None:
    crowd = Crowd()
    tens = await map_limit((n * 10 for n in range(6)), 3, crowd.join)
    print(tens, "with at most", crowd.most, "under way")
    print("more slots than items:", await map_limit([1], 9, crowd.join))
    print("nothing:", await map_limit([], 2, crowd.join))

    failing = Crowd()

    async def fail(number: int) -> int:
        return await failing.join(ValueError("no 1") if number == 1 else number, 1 if number == 1 else 50)

    try:
        await map_limit(range(100), 3, fail)
    except ValueError as error:
        print(f"failed: {error}; few had started: {failing.started < 6}, all others cancelled:", end=" ")
        print(f"{failing.cancelled == failing.started - 1}, under way {failing.now}")
    endless = Crowd()
    mapping = asyncio.ensure_future(map_limit(range(9), 2, lambda number: endless.join(number, 10**9)))
    while endless.now < 2:
        await asyncio.sleep(0)
    mapping.cancel()
    await asyncio.wait([mapping])
    print(f"cancelled: {mapping.cancelled()}; cancelled with it {endless.cancelled}, under way {endless.now}")
    try:
        await map_limit([1], 0, crowd.join)
    except ValueError as error:
        print(error)
    print("tasks:", len(asyncio.all_tasks()))


asyncio.run(main())
say_what_is_left()
