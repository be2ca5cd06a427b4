"""A worker of the program's pool: loads the module by itself, makes the calls of the chunks that come over its wire.

    orders => load, ready => chunk => unpickle, call, pickle => answer => ... => farewell
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from time import perf_counter as now
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence

from .answers import Answer
from .faults import RunFault, fault_from, fault_of
from .inputs import NO_INPUT
from .lane import Lane
from .lifeline import die_with_parent
from .loose_ends import mend_children, watch_exits, watch_loose_ends
from .output import Lines, capture_prints
from .overlap_task import current_task
from .values import Results, unpicklable
from .watch import Watch, open_shared, watch_in
from .wire import Bytes, Frame, Message, Wire, frame_of

#: Types that pickle and unpickle without a fault: lists of them travel as one.
PLAIN = frozenset((int, float, str, bytes, bool, type(None)))
#: Threads that a task left behind may still tell something so long after the last result, seconds.
_loose_ends_within = 20e-3


class Seat(NamedTuple):
    """What a worker is started with. Descriptors are plain numbers, or what `multiprocessing` passes them in."""

    read: Any
    write: Any
    #: Where its standard output and error go; none where it shares the program's.
    streams: List[Any]
    memory: Any
    window: int
    token: bytes


def main(seat: Seat, close: List[int]) -> None:
    """A worker process's whole life. ``close``: descriptors that a fork brought along and that are none of its business."""
    for fd in close:
        os.close(fd)
    die_with_parent(os.getppid())
    for own, passed in enumerate(seat.streams, 1):
        fd = _descriptor(passed)
        os.dup2(fd, own)
        os.close(fd)
    wire = Wire(_descriptor(seat.read), _descriptor(seat.write), seat.token)
    watch = watch_in(open_shared(_descriptor(seat.memory)), seat.window)
    work(wire, watch)
    os._exit(0)


def work(wire: Wire, watch: Watch) -> None:
    """Obeys what comes over the wire until it ends. The same in a process and in an interpreter."""
    frame = wire.receive()
    if frame is None:
        return
    orders = frame.message
    lines = Lines()
    post = Post(wire, lines, orders, watch)
    try:
        function = _prepare(orders, post, lines, watch)
    except RunFault as fault:
        post.output()
        post.send({"type": "load-failed", "fault": fault.fault})
        wire.receive()
        return
    if orders["concurrency"] > 1 or orders["overlap"]:
        from .overlap_worker import work_overlapping

        work_overlapping(wire, watch, function, orders, post)
    else:
        _work_in_turn(wire, watch, function, orders, post)


_lane: Optional[Lane] = None


def _current_task() -> Optional[int]:
    """The task whose code runs on the calling thread."""
    if _lane is not None and _lane.thread == threading.get_ident():
        return _lane.task
    return current_task.get()


def _prepare(orders: Message, post: "Post", lines: Lines, watch: Watch) -> Any:
    from .surroundings import adopt, leave_to_user
    from .target import Target

    capture_prints(lines, _current_task)
    watch_loose_ends(post.warn)
    watch_exits(watch, _current_task)
    mend_children()
    target = Target(orders["module"])
    sys.path[:] = orders["path"]
    adopt(target.file, target.place, orders["cwd"])
    leave_to_user(frozenset(orders["plain"]), os.path.dirname(target.file))
    return target.function()


def _work_in_turn(wire: Wire, watch: Watch, function: Any, orders: Message, post: "Post") -> None:
    global _lane  # pylint: disable=global-statement
    lane = _lane = Lane(orders["worker"], function, orders, watch, post.answer)
    post.ready()
    while True:
        frame = wire.receive()
        if frame is None:
            return
        message = frame.message
        if message["type"] == "farewell":
            post.farewell(lane.on_cpu_ms)
            return
        arrived = now()
        sent_at = orders["origin"] + message["sentAt"] / 1000
        transfer_in = max(0.0, arrived - max(sent_at, lane.last_end)) * 1000
        for first, inputs in inputs_of(message, frame, watch, post):
            lane.run(first, inputs, message["sentAt"] - message["madeAt"], transfer_in, message["form"] == "plain")
        post.output()


def inputs_of(message: Message, frame: Frame, watch: Watch, post: "Post") -> Iterator[Any]:
    """Runs of inputs that could be read, each with the index of its first."""
    first, count = message["first"], message["count"]
    if message["form"] == "none":
        yield first, [NO_INPUT] * count
    elif message["form"] == "plain":
        yield first, pickle.loads(frame.blobs[0])
    else:
        yield from _each_of(first, pickle.loads(frame.blobs[0]), watch, post)


def _each_of(first: int, pickled: List[bytes], watch: Watch, post: "Post") -> Iterator[Any]:
    """Inputs that were pickled one by one, since unpickling runs code of theirs: a fault, or an end, is that call's own."""
    start = first
    run: List[Any] = []
    for index, text in enumerate(pickled, first):
        watch.handle(index)
        try:
            run.append(pickle.loads(text))
        except BaseException as error:  # pylint: disable=broad-except
            watch.handle(-1)
            if run:
                yield start, run
            message = f"The argument could not be read in the worker: {type(error).__name__}: {error}"
            post.fail(fault_from(index, "send", type(error).__name__, message, fault_of(error, index, "send")["stack"]))
            start, run = index + 1, []
    watch.handle(-1)
    if run:
        yield start, run


class Post:
    """A worker's messages to the program."""

    def __init__(self, wire: Wire, lines: Lines, orders: Message, watch: Watch) -> None:
        self._wire = wire
        self._watch = watch
        self._lines = lines
        self._origin: float = orders["origin"]
        self._results = Results() if orders["wantResults"] else None
        self._lock = threading.Lock()

    def send(self, message: Message, *blobs: Bytes) -> None:
        with self._lock:
            self._wire.send(frame_of(message, blobs))

    def ready(self) -> None:
        self.output()
        self.send({"type": "ready", "at": (now() - self._origin) * 1000, "now": now()})

    def warn(self, text: str) -> None:
        self.send({"type": "warning", "text": text})

    def fail(self, fault: Dict[str, Any]) -> None:
        self.send({"type": "failed", "fault": fault})

    def output(self) -> None:
        if self._lines.waiting:
            lines, dropped = self._lines.take()
            self.send({"type": "output", "lines": lines, "dropped": dropped})

    def farewell(self, on_cpu_ms: float) -> None:
        if threading.active_count() > 1:
            threading.Event().wait(_loose_ends_within)
        self.output()
        self.send({"type": "farewell", "onCpuMs": on_cpu_ms, "peakMemoryMb": peak_memory_mb()})

    def answer(self, answer: Answer) -> None:
        self.output()
        indices, results, failures = answer.indices, answer.results, answer.failures
        blobs: List[Bytes] = []
        form = "plain" if PLAIN.issuperset(map(type, results)) else "each"
        if form == "plain":
            blobs.append(pickle.dumps(results, 5))
        else:
            pickled, failures = _pickle_each(indices, results, failures, self._watch)
            blobs.append(pickle.dumps(pickled, 5))
        records = dict(answer.records) if answer.records is not None else None
        if records is not None and len(failures) > len(answer.failures):
            failed = {fault["index"] for fault in failures}
            records["failed"] = [at for at, index in enumerate(indices) if index in failed]
        message: Message = {
            "type": "answer",
            "form": form,
            "indices": None if isinstance(indices, range) else indices,
            "first": indices[0],
            "count": len(indices),
            "records": records,
            "stamps": list(answer.stamps),
            "failures": failures,
            "previews": answer.previews,
            "span": answer.span,
            "wanted": self._results is not None,
            "tooLarge": [],
        }
        blobs += answer.stamps.values()
        if self._results is not None:
            failed = {fault["index"] for fault in failures}
            text, message["tooLarge"] = self._results.pack((index, value) for index, value in zip(indices, results) if index not in failed)
            blobs.append(text)
        self.send(message, *blobs)


def _pickle_each(indices: Sequence[int], results: List[Any], failures: List[Dict[str, Any]], watch: Watch) -> Any:
    pickled: List[Optional[bytes]] = []
    failures = list(failures)
    failed = {fault["index"] for fault in failures}
    for index, value in zip(indices, results):
        watch.handle(index)
        try:
            pickled.append(None if index in failed else pickle.dumps(value, 5))
        except BaseException:  # pylint: disable=broad-except
            pickled.append(None)
            path, what, why = unpicklable(value)
            where = f"its {path}" if path else "it"
            message = f"The result cannot be sent between processes: {where} is {what} ({why}). Return plain data instead."
            failures.append(fault_from(index, "receive", "PicklingError", message))
    watch.handle(-1)
    return pickled, failures


def peak_memory_mb() -> Optional[float]:
    try:
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 1024)
    except ImportError:
        return None


def _descriptor(passed: Any) -> int:
    """The number of a descriptor that was passed to this process."""
    return passed if isinstance(passed, int) else passed.detach()
