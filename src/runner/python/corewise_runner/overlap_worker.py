"""A worker of the pool whose calls overlap in an event loop of its own."""

from __future__ import annotations

from collections import deque
from time import perf_counter as now
from typing import TYPE_CHECKING, Any, Deque, Optional

from .lane import new_loop
from .overlap import Calls, Overlap
from .watch import Watch
from .wire import Message, Wire
from .worker import inputs_of

if TYPE_CHECKING:
    from .worker import Post


def work_overlapping(wire: Wire, watch: Watch, function: Any, orders: Message, post: "Post") -> None:
    overlap = Overlap(orders["worker"], function, orders, watch, post.answer)
    waiting: Deque[Calls] = deque()
    farewell = False
    gone = False
    last_arrival = now()

    def read() -> None:
        nonlocal farewell, gone, last_arrival
        gone = not wire.drain()
        for frame in wire.arrived():
            message = frame.message
            if message["type"] == "farewell":
                farewell = True
                continue
            arrived = now()
            sent_at = orders["origin"] + message["sentAt"] / 1000
            transfer_in = max(0.0, arrived - max(sent_at, last_arrival)) * 1000
            last_arrival = arrived
            for first, inputs in inputs_of(message, frame, watch, post):
                waiting.append(Calls(first, inputs, message["sentAt"] - message["madeAt"], transfer_in))
        if gone or farewell:
            loop.remove_reader(wire.read_fd)
        overlap.wake()

    def more() -> Optional[Calls]:
        if waiting:
            return waiting.popleft()
        if gone or farewell:
            raise StopIteration
        return None

    loop = new_loop(orders["concurrency"])
    post.ready()
    loop.add_reader(wire.read_fd, read)
    loop.run_until_complete(overlap.run(more))
    if farewell:
        post.farewell(overlap.on_cpu_ms)
