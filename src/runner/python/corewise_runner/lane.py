"""Calls one after another on one thread, as a worker of an executor makes them.

    inputs => loop: call, read the clock => every 1 ms: split the time => every 10 ms, and at the end: answer
"""

from __future__ import annotations

import threading
from functools import partial
from inspect import isawaitable
from time import perf_counter as now
from typing import Any, Dict, List, Optional

from .answers import Answer, Deliver, Leavings
from .calling import Caller, Function, is_async
from .meter import Stretch, ThreadMeter
from .overlap_task import current_task
from .watch import LONGEST, Watch

#: The thread's account is read again after so long, seconds: 3 µs in 1 ms. Calls of this length are measured singly.
_meter_every = 1e-3
#: A chunk that lasts sends what is done this often, seconds: that is all a sudden death can lose.
_flush_every = 10e-3


class Lane:
    """The calls of one worker. ``orders``: record, previews, spread, origin (the run's, seconds). One thread alone uses it."""

    def __init__(self, worker: int, function: Function, orders: Dict[str, Any], watch: Watch, deliver: Deliver) -> None:
        self.worker = worker
        self.watch = watch
        self.thread = threading.get_ident()
        self._caller = Caller(function, orders["spread"])
        self._async = is_async(function)
        #: A plain function may return a coroutine all the same; its first calls tell.
        self._sure = self._async
        self._record: bool = orders["record"]
        self._zero: float = orders["origin"]
        self._deliver = deliver
        self._leavings = Leavings(orders["previews"], orders["spread"])
        self._meter = ThreadMeter(now())
        self._loop: Any = None
        self._plain = False
        self._results: List[Any] = []
        self._shares: List[float] = []
        #: When the last call ended, seconds.
        self.last_end = now()
        self._reset(0, [], {}, now())

    @property
    def on_cpu_ms(self) -> float:
        return self._meter.on_cpu_s * 1000

    @property
    def task(self) -> Optional[int]:
        """The task whose code runs on the lane's thread."""
        return current_task.get() if self._async else self.watch.running

    def run(self, first: int, inputs: List[Any], queued: float, transfer_in: float, plain: bool = False) -> None:
        """Calls the target for each input. ``queued`` and ``transfer_in`` are the chunk's, ms; ``plain`` as in `Caller`."""
        self._plain = plain
        times = {"queued": queued, "transferIn": transfer_in, "first": first, "count": len(inputs)}
        for at in range(0, len(inputs), LONGEST):
            part = inputs if len(inputs) <= LONGEST else inputs[at : at + LONGEST]
            self._run_part(first + at, part, times)

    def close(self) -> None:
        """No more calls will come."""
        if self._loop is not None:
            self._loop.close()

    def _run_part(self, first: int, inputs: List[Any], times: Dict[str, Any]) -> None:
        self.watch.open(first, len(inputs))
        begin = now()
        self._meter.skip(begin)
        self._reset(first, inputs, times, begin)
        self._call_each(self._function_for(inputs), inputs, begin)
        self._flush(len(inputs))
        self.watch.close()
        self.last_end = now()

    def _reset(self, first: int, inputs: List[Any], times: Dict[str, Any], begin: float) -> None:
        self._first = first
        self._inputs = inputs
        self._times = times
        self._begin = begin
        #: Positions in the part: what is answered, and what has its time split.
        self._answered = 0
        self._split = 0
        self._split_at = begin
        self._next_flush = begin + _flush_every

    def _call_each(self, call: Function, inputs: List[Any], begin: float) -> None:
        # One slot earlier, so that a position is the number of calls that are done.
        ends = self.watch.ends_from_one
        add = self._results.append
        due = begin + _meter_every
        for position, value in enumerate(inputs, 1):
            try:
                result = call(value)
            except BaseException as error:  # pylint: disable=broad-except
                self._leavings.fail(self._first + position - 1, error, value)
                result = _failed
            end = now()
            ends[position] = end
            add(result)
            if end > due:
                due = self._pause(position, end)

    def _pause(self, position: int, end: float) -> float:
        """Splits the time of the calls since the last pause; returns when to pause again."""
        self._share(position, end)
        if end >= self._next_flush and position < len(self._inputs):
            self._flush(position)
            # What answering took is no part of the next call.
            end = self._begin = self._split_at = now()
            self._meter.skip(end)
            self._next_flush = end + _flush_every
        return end + _meter_every

    def _share(self, position: int, end: float) -> None:
        if position > self._split and self._record:
            stretch = self._meter.stretch(end)
            self._shares += shares_of(position - self._split, stretch, end - self._split_at)
        self._split, self._split_at = position, end

    def _flush(self, position: int) -> None:
        count = position - self._answered
        if count == 0:
            return
        self._share(position, self.watch.ends[position - 1])
        start, first = self._answered, self._first + self._answered
        indices = range(first, first + count)
        results = self._results[:]
        del self._results[:]
        self._show(start, first, results)
        failures, previews = self._leavings.take()
        for at, result in enumerate(results) if failures else ():
            if result is _failed:
                results[at] = None
        records = self._records(first, count, failures) if self._record else None
        stamps = {"ends": self.watch.take(start, count)} if self._record else {}
        self._answered = position
        span = (self.watch.ends[position - 1] - self._begin) * 1000
        self._deliver(Answer(indices, records, stamps, results, failures, previews, span))

    def _show(self, start: int, first: int, results: List[Any]) -> None:
        for at in range(min(len(results), max(0, self._leavings.limit - first))):
            if results[at] is not _failed:
                self._leavings.show(first + at, self._inputs[start + at], results[at])

    def _records(self, first: int, count: int, failures: List[Dict[str, Any]]) -> Dict[str, Any]:
        times = self._times
        shares, self._shares = self._shares, []
        return {
            "n": count,
            "worker": self.worker,
            "first": first,
            "zero": self._zero,
            "begin": self._begin,
            "chunks": [times["first"], times["count"], times["queued"], times["transferIn"]],
            "transferOut": 0,
            "shares": shares,
            "failed": [fault["index"] - first for fault in failures],
        }

    def _function_for(self, inputs: List[Any]) -> Function:
        call = self._caller.for_inputs(inputs, self._plain)
        if self._async:
            return partial(self._complete_call, call)
        if self._sure:
            return call
        self._sure = True
        return partial(self._probe, call)

    def _complete_call(self, call: Function, value: Any) -> Any:
        # What a task leaves in its loop may run under a later one; its context tells whose it is.
        current_task.set(self.watch.running)
        return self._complete(call(value))

    def _complete(self, awaitable: Any) -> Any:
        if self._loop is None:
            self._loop = new_loop()
        return self._loop.run_until_complete(awaitable)

    def _probe(self, call: Function, value: Any) -> Any:
        result = call(value)
        if not isawaitable(result):
            return result
        self._async = True
        return self._complete(result)


class _Failed:
    """Stands where a result would."""


_failed = _Failed()


def shares_of(count: int, stretch: Stretch, tasks: float) -> List[float]:
    """How the time of ``count`` calls, ``tasks`` seconds together, divides: their number, on a CPU, in the queue for one.

    Calls that overlap sum to more than the thread's time: what its CPU does not explain, they waited.
    """
    if tasks <= 0:
        return [count, 1, 0]
    on_cpu = min(1.0, stretch.on_cpu / tasks)
    return [count, on_cpu, min(1 - on_cpu, stretch.run_queue / tasks)]


def new_loop(concurrency: Optional[int] = None) -> Any:
    """An event loop whose loose ends are told as warnings. ``concurrency``: threads of its default executor."""
    import asyncio

    from .loose_ends import tell

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)

    def escaped(_loop: Any, context: Dict[str, Any]) -> None:
        error = context.get("exception")
        tell(f"{type(error).__name__}: {error}" if isinstance(error, BaseException) else str(context.get("message")))

    loop.set_exception_handler(escaped)
    if concurrency is not None:
        from concurrent.futures import ThreadPoolExecutor

        loop.set_default_executor(ThreadPoolExecutor(concurrency))
    return loop
