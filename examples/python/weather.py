"""Coroutines that ask a weather station: a server on this machine that each call starts and stops."""

import asyncio
import json
import math
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from urllib.parse import quote, unquote


async def forecast(city: str) -> dict[str, object]:
    """Asks for a forecast, and mostly waits: many at once take hardly longer than one.

    Try `["Oslo", "Lima", "Kyoto", "Nairobi", "Perth", "Quito", "Riga", "Tunis"]` with the gather.
    """
    async with station() as port:
        return json.loads(await ask(port, "/forecast/" + quote(city)))


async def hottest_hour(city: str) -> int:
    """The hottest hour of a city's month (0 to 719): waits for the readings, then works through them. Some of both.

    Try `["Oslo", "Lima", "Kyoto", "Nairobi", "Perth", "Quito", "Riga", "Tunis"]` with the model `hybrid`.
    """
    async with station() as port:
        degrees = [int(line) for line in (await ask(port, "/readings/" + quote(city))).split()]
    hours = range(len(degrees) // 60)
    return max(hours, key=lambda hour: sum(degrees[hour * 60 : (hour + 1) * 60]))


@asynccontextmanager
async def station() -> AsyncGenerator[int, None]:
    """Gives the port of a weather station of one's own, on this machine only: it opens for one visit and closes after it."""
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


async def ask(port: int, path: str) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        _, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return body.decode()
    finally:
        writer.close()
        await writer.wait_closed()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    _, path, _ = (await reader.readline()).decode().split()
    _, what, city = unquote(path).split("/", 2)
    await asyncio.sleep(0.04)
    noon = noon_of(city)
    body = "\n".join(map(str, readings_of(noon))) if what == "readings" else json.dumps({"city": city, "celsius": noon})
    writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + body.encode())
    await writer.drain()
    writer.close()


def noon_of(city: str) -> int:
    """Degrees at noon: made up, and the same every time."""
    total = 0
    for letter in city:
        total = (total * 31 + ord(letter)) % 1009
    return total % 40 - 5


def readings_of(noon: int) -> Iterator[int]:
    """Degrees at every minute of 30 days."""
    noise = noon + 100
    for minute in range(30 * 24 * 60):
        noise = (noise * 171 + 11213) % 53125
        yield noon + round(8 * math.cos((minute / 60 - 12) * math.pi / 12)) + noise % 7
