"""Calls that overlap in one event loop: as many pullers as may run at once, and no task for each call.

    chunks => one iterator => pullers: take, call, await => every 10 ms, and when all wait: answer

Plain functions run in threads of the loop's executor (``asyncio.to_thread``), as many as there are pullers.
"""

from __future__ import annotations

import asyncio
from array import array
from collections import deque
from time import perf_counter as now, process_time
from typing import Any, Awaitable, Callable, Deque, Dict, Iterator, List, NamedTuple, Optional, Tuple

from .answers import Answer, Deliver, Leavings
from .calling import Caller, Function, is_async
from .lane import shares_of
from .meter import Stretch, ThreadMeter
from .overlap_task import current_task
from .watch import Watch

_flush_every = 10e-3
_most_together = 4096


class Calls(NamedTuple):
    """A chunk. Times in ms."""

    first: int
    inputs: List[Any]
    queued: float
    transfer_in: float


#: Gives the next chunk now, ``None`` where there is none yet. Raises `StopIteration` at the end.
More = Callable[[], Optional[Calls]]


class Overlap:
    """The calls of one event loop. See `lane.Lane` for ``orders``."""

    def __init__(self, worker: int, function: Function, orders: Dict[str, Any], watch: Watch, deliver: Deliver) -> None:
        self.worker = worker
        self._caller = Caller(function, orders["spread"])
        self._is_async = is_async(function)
        self._concurrency: int = orders["concurrency"]
        self._record: bool = orders["record"]
        self._zero: float = orders["origin"]
        self._watch = watch
        self._deliver = deliver
        self._leavings = Leavings(orders["previews"], orders["spread"])
        self._meter = ThreadMeter(now()) if self._is_async else _ProcessMeter(now())
        self._began = ThreadMeter(now())
        self._more: More = lambda: None
        self._inputs: Any = iter([])
        self._calls: Iterator[Tuple[int, Any]] = iter(())
        self._call: Function = function
        self._chunks: Deque[Calls] = deque()
        self._idle = 0
        self._ended = False
        self._wake: Optional["asyncio.Event"] = None
        self._timer: Any = None
        self._next_flush = now() + _flush_every
        #: Calls that are answered together: few at first, so that little is lost with a process that ends early.
        self._flush_at = 1
        self._clear()

    @property
    def on_cpu_ms(self) -> float:
        return (self._began.on_cpu_s if self._is_async else self._meter.on_cpu_s) * 1000

    async def run(self, more: More) -> None:
        """Makes the calls of all chunks that ``more`` gives, until it stops. `wake` has it asked again."""
        self._more = more
        self._wake = asyncio.Event()
        fault = await asyncio.gather(*(self._pull(slot) for slot in range(self._concurrency)), return_exceptions=True)
        self._flush()
        for error in fault:
            if isinstance(error, BaseException):
                raise error

    def wake(self) -> None:
        """There may be another chunk, or the end."""
        if self._wake is not None:
            self._wake.set()

    async def _pull(self, slot: int) -> None:
        # Local names: this is the loop that a million calls go through.
        starts, ends, ids, slots, results = self._starts, self._ends, self._ids, self._slots, self._results
        begin = self._watch.begin
        set_current = current_task.set
        while await self._next_chunk():
            call = self._call
            for index, value in self._calls:
                set_current(index)
                begin(index)
                start = now()
                try:
                    result = await call(value)
                except BaseException as error:  # pylint: disable=broad-except
                    self._leavings.fail(index, error, value)
                    result = None
                else:
                    if index < self._leavings.limit:
                        self._leavings.show(index, value, result)
                end = now()
                starts.append(start)
                ends.append(end)
                ids.append(index)
                slots.append(slot)
                results.append(result)
                if end > self._next_flush or len(ids) >= self._flush_at:
                    self._flush()
                    await asyncio.sleep(0)
                elif self._timer is None:
                    self._timer = asyncio.get_running_loop().call_later(_flush_every, self._flush_late)

    async def _next_chunk(self) -> bool:
        """Waits for calls to make; false at the end."""
        while True:
            if self._ended:
                return False
            if self._take_chunk():
                return True
            if self._ended:
                continue
            self._idle += 1
            if self._idle == self._concurrency:
                self._flush()
            assert self._wake is not None
            self._wake.clear()
            await self._wake.wait()
            self._idle -= 1

    def _take_chunk(self) -> bool:
        # Another puller may have left some of the chunk before.
        if self._inputs.__length_hint__() > 0:
            return True
        try:
            chunk = self._more()
        except StopIteration:
            self._ended = True
            self.wake()
            return False
        if chunk is None:
            return False
        self._chunks.append(chunk)
        self._inputs = iter(chunk.inputs)
        self._calls = zip(range(chunk.first, chunk.first + len(chunk.inputs)), self._inputs)
        self._call = self._function_for(chunk.inputs)
        return True

    def _function_for(self, inputs: List[Any]) -> Callable[[Any], Awaitable[Any]]:
        call = self._caller.for_inputs(inputs)
        if self._is_async:
            return call
        to_thread = asyncio.to_thread

        async def in_thread(value: Any) -> Any:
            result = await to_thread(call, value)
            # A plain function may return a coroutine all the same.
            return await result if asyncio.iscoroutine(result) else result

        return in_thread

    def _flush_late(self) -> None:
        self._timer = None
        self._flush()

    def _flush(self) -> None:
        at = now()
        self._next_flush = at + _flush_every
        self._flush_at = min(2 * self._flush_at, _most_together)
        if not self._ids:
            return
        failures, previews = self._leavings.take()
        indices, results = self._ids[:], self._results[:]
        records = self._records(at, failures) if self._record else None
        stamps = self._stamps() if self._record else {}
        self._clear()
        self._deliver(Answer(indices, records, stamps, results, failures, previews, None))

    def _clear(self) -> None:
        if not hasattr(self, "_ids"):
            self._starts: List[float] = []
            self._ends: List[float] = []
            self._ids: List[int] = []
            self._slots: List[int] = []
            self._results: List[Any] = []
        for column in (self._starts, self._ends, self._ids, self._slots, self._results):
            column.clear()

    def _records(self, at: float, failures: List[Dict[str, Any]]) -> Dict[str, Any]:
        count = len(self._ids)
        failed = {fault["index"] for fault in failures}
        shares = shares_of(count, self._meter.stretch(at), sum(self._ends) - sum(self._starts))
        records = {
            "n": count,
            "worker": self.worker,
            "first": 0,
            "zero": self._zero,
            "begin": 0,
            "chunks": [part for chunk in self._chunks for part in (chunk.first, len(chunk.inputs), chunk.queued, chunk.transfer_in)],
            "transferOut": 0,
            "shares": shares,
            "failed": [at for at, index in enumerate(self._ids) if index in failed] if failed else [],
        }
        # Calls of older chunks may still run; they are few, as chunks begin in order.
        while len(self._chunks) > 2 * self._concurrency + 1:
            self._chunks.popleft()
        return records

    def _stamps(self) -> Dict[str, bytes]:
        return {
            "ends": array("d", self._ends).tobytes(),
            "starts": array("d", self._starts).tobytes(),
            "ids": array("I", self._ids).tobytes(),
            "slots": array("H", self._slots).tobytes(),
        }


class _ProcessMeter:
    """The whole process's CPU time, where calls run in its threads; what was queued is not told apart."""

    def __init__(self, at: float) -> None:
        self._at = at
        self._cpu = self._start = process_time()

    @property
    def on_cpu_s(self) -> float:
        return process_time() - self._start

    def stretch(self, at: float) -> Stretch:
        cpu = process_time()
        length = max(0.0, at - self._at)
        on_cpu = cpu - self._cpu
        self._at, self._cpu = at, cpu
        return Stretch(on_cpu, 0.0, max(0.0, length - on_cpu))
