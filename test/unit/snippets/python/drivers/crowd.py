import asyncio
from typing import Any


class Crowd:
    """Counts the calls under way. A call goes on for some turns of the event loop, so that others can join it."""

    def __init__(self) -> None:
        self.started = self.cancelled = self.now = self.most = 0

    async def join(self, value: Any, turns: int = 3) -> Any:
        self.started += 1
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            for _ in range(turns):
                await asyncio.sleep(0)
            if isinstance(value, Exception):
                raise value
            return value
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.now -= 1
