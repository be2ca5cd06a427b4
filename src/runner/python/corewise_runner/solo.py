"""A run whose calls the program makes itself: one after another, in threads, or overlapping in its event loop."""

from __future__ import annotations

import threading
from time import perf_counter as now
from typing import Any, Callable, List, Optional

from .answers import Answer
from .chunk_size import ChunkSize
from .faults import RunFault, fault_of
from .inputs import Source
from .lane import Lane, new_loop
from .ledger import Chunk
from .outbox import Outbox
from .overlap_task import current_task as overlapping
from .surroundings import own_imports
from .watch import Watch
from .wire import Message
from .worker import peak_memory_mb

#: Lanes that are asked of by the code that prints, by thread.
_lanes: List[Lane] = []


def current_task() -> Optional[int]:
    """The task whose code runs on the calling thread."""
    thread = threading.get_ident()
    for lane in _lanes:
        if lane.thread == thread:
            return lane.task
    return overlapping.get()


class Solo:
    """One run. ``orders`` as a worker has them; ``watches``: one for each lane."""

    def __init__(self, orders: Message, workers: int, chunk: Any, outbox: Outbox, watches: List[Watch]) -> None:
        self._orders = orders
        self._workers = workers
        self._sizes = ChunkSize(chunk, workers)
        self._outbox = outbox
        self._watches = watches
        self._lock = threading.Lock()
        self._source: Optional[Source] = None
        self._made_at = 0.0
        self._fault: Optional[BaseException] = None
        self.taken = 0
        #: When the last task was over, ms.
        self.last_answer = 0.0

    def run(self, model: str, function: Callable[..., Any], source: Source, made_at: float) -> None:
        """Makes all calls. Raises a `RunFault` where the inputs do."""
        self._source, self._made_at = source, made_at
        if model == "gather":
            self._overlap(function)
        elif model == "threads":
            self._in_threads(function)
        else:
            self._lane(0, function)
        if self._fault:
            raise self._fault

    def _lane(self, worker: int, function: Callable[..., Any]) -> None:
        """Makes calls on this thread until there are none left."""
        begun = (now() - self._orders["origin"]) * 1000
        lane = Lane(worker, function, self._orders, self._watches[worker], self._deliver)
        _lanes.append(lane)
        self._tell_start(worker, begun)
        while True:
            chunk = self._take()
            if chunk is None:
                break
            began = now()
            lane.run(chunk.first, chunk.inputs, max(0.0, self._outbox.time() - chunk.made_at), 0.0)
            with self._lock:
                self._sizes.learn(len(chunk.inputs), (now() - began) * 1000)
            self._outbox.done(chunk.first)
        lane.close()
        self._tell_end(worker, lane.on_cpu_ms)

    def _in_threads(self, function: Callable[..., Any]) -> None:
        with own_imports():
            from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(self._workers) as executor:
            for lane in [executor.submit(self._lane, worker, function) for worker in range(self._workers)]:
                lane.result()

    def _overlap(self, function: Callable[..., Any]) -> None:
        with own_imports():
            from .overlap import Calls, Overlap

        loop = new_loop(self._orders["concurrency"])
        overlap = Overlap(0, function, self._orders, self._watches[0], self._deliver)
        self._tell_start(0, self._outbox.time())

        def more() -> Calls:
            chunk = self._take()
            if chunk is None:
                raise StopIteration
            self._sizes.learn(len(chunk.inputs), 0)
            return Calls(chunk.first, chunk.inputs, max(0.0, self._outbox.time() - chunk.made_at), 0.0)

        loop.run_until_complete(overlap.run(more))
        self._tell_end(0, overlap.on_cpu_ms)

    def _take(self) -> Optional[Chunk]:
        """The next chunk, told before one of its calls can end the process."""
        with self._lock:
            source = self._source
            if source is None or source.ended or self._fault:
                return None
            remaining = None if source.total is None else source.total - self.taken
            try:
                inputs = source.take(self._sizes.next(remaining))
            except BaseException as error:  # pylint: disable=broad-except
                self._fault = error if isinstance(error, RunFault) else RunFault(fault_of(error, -1, "inputs"))
                return None
            if not inputs:
                return None
            if remaining == len(inputs):
                source.ended = True
            first = self.taken
            self.taken += len(inputs)
            made_at = self._outbox.time() if source.total is None else self._made_at
        self._outbox.sent(first, len(inputs))
        return Chunk(first, inputs, made_at)

    def _deliver(self, answer: Answer) -> None:
        self.last_answer = self._outbox.time()
        self._outbox.answer(answer)
        # Nobody else would send it while the next call runs.
        self._outbox.flush()

    def _tell_start(self, worker: int, begun: float) -> None:
        self._outbox.send({"type": "worker-started", "id": worker, "at": begun})
        self._outbox.send({"type": "worker-ready", "id": worker, "at": self._outbox.time()})

    def _tell_end(self, worker: int, on_cpu_ms: float) -> None:
        peak = peak_memory_mb()
        self._outbox.send({"type": "worker-ended", "id": worker, "at": self._outbox.time(), "onCpuMs": on_cpu_ms, "peakMemoryMb": peak})


