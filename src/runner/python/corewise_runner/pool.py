"""A run on workers of their own: feeds them chunks, passes on what they answer, mends what dies.

    inputs => chunk, pickled => worker => answer => outbox
                 ^                |
                 +--- what a dead worker left undone
"""

from __future__ import annotations

import os
import pickle
import select
from collections import deque
from time import perf_counter as now
from typing import Any, Callable, Deque, Dict, List, Optional

from .answers import Answer
from .chunk_size import ChunkSize
from .crew import Crew, Member
from .faults import RunFault, fault_from, fault_of
from .inputs import NO_INPUT, Source
from .ledger import Chunk, Entry, Ledger, ranges
from .outbox import Outbox
from .values import unpicklable
from .wire import Bytes, ForeignBytes, Frame, Message, frame_of
from .worker import PLAIN

#: A module that ends its worker while it loads, this often, will do so for ever.
MOST_DEATHS_AT_LOAD = 3
#: How often workers are looked at that may have ended without closing their pipes, ms.
_look_every = 100
#: A task that has begun on so many workers that stopped is not tried again.
_most_losses = 5
_none = type(NO_INPUT)
_when = {"run": "", "send": " while its argument was read", "receive": " while its result was pickled"}
#: How long workers may take to say what they used, seconds.
_farewell_within = 0.3


class Pool:
    """One run. ``orders`` is what each worker is told, less its number."""

    def __init__(self, crew: Crew, workers: int, concurrency: int, chunk: Any, orders: Message, outbox: Outbox) -> None:
        self._crew = crew
        self._workers = workers
        self._concurrency = concurrency
        self._sizes = ChunkSize(chunk, workers)
        self._orders = orders
        self._outbox = outbox
        self._ledger = Ledger()
        self._again: Deque[Chunk] = deque()
        self._source: Optional[Source] = None
        self._taken = 0
        self._made_at = 0.0
        #: What each worker has spent on the chunk that it answers, ms.
        self._spent: Dict[int, float] = {}
        self._deaths_at_load = 0
        self._fault: Optional[Dict[str, Any]] = None
        self._out_of_memory: Dict[int, str] = {}
        #: How often tasks had begun on a worker that stopped.
        self._losses: Dict[int, int] = {}
        self._poll = select.poll()
        self._handlers: Dict[int, Callable[[], None]] = {}
        #: When the last task was over, ms.
        self.last_answer = 0.0

    @property
    def taken(self) -> int:
        """Tasks that were taken from the inputs so far."""
        return self._taken

    def man(self) -> None:
        """Has as many workers as the run wants, each with its orders."""
        for member in self._crew.alive:
            self._brief(member)
        while len(self._crew.alive) < self._workers:
            self._brief(self._crew.enlist())

    def listen(self, fd: int, handler: Callable[[], None]) -> None:
        """``handler`` is called when there is something to read."""
        self._handlers[fd] = handler
        self._poll.register(fd, select.POLLIN)

    def feed(self, source: Source, made_at: float) -> None:
        """Runs until the inputs are used up and every chunk is answered. Raises a `RunFault`."""
        self._source, self._made_at = source, made_at
        while True:
            self._send_chunks()
            if self._fault:
                raise RunFault(self._fault)
            if self._is_dry and self._ledger.size == 0:
                return
            self._wait(self._outbox_wait())

    def farewell(self) -> None:
        """Lets loose ends come out and has every worker tell what it used."""
        for member in self._crew.alive:
            self._queue(member, frame_of({"type": "farewell"}))
        until = now() + _farewell_within
        while now() < until and any(member.ready and not member.farewell for member in self._crew.alive):
            self._wait(10)
        for member in self._crew.alive:
            if not member.farewell:
                self._tell_end(member, None)

    def out_of_memory(self, used_mb: float, limit_mb: float, resident: Dict[int, int]) -> None:
        """The largest worker goes; its task is to blame."""
        members = [member for member in self._crew.alive if member.carrier.pid in resident]
        if members:
            largest = max(members, key=lambda member: resident[member.carrier.pid or 0])
            self._out_of_memory[largest.number] = f"The runner used {used_mb:.0f} MB, over its limit of {limit_mb:.0f} MB."
            largest.carrier.kill()

    # Sending

    @property
    def _is_dry(self) -> bool:
        return self._source is not None and self._source.ended and not self._again

    @property
    def _remaining(self) -> Optional[int]:
        assert self._source is not None
        return None if self._source.total is None else max(0, self._source.total - self._taken)

    def _send_chunks(self) -> None:
        for depth in range(self._depth):
            for member in self._crew.alive:
                if member.ready and self._ledger.held(member.number) == depth:
                    chunk = self._next_chunk()
                    if chunk is None:
                        return
                    self._send(member, chunk)

    @property
    def _depth(self) -> int:
        """Chunks that one worker may hold."""
        if self._concurrency == 1:
            return self._sizes.depth
        return max(2, -(-2 * self._concurrency // self._sizes.next(self._remaining)))

    def _next_chunk(self) -> Optional[Chunk]:
        if self._again:
            return self._again.popleft()
        source = self._source
        if source is None or source.ended:
            return None
        try:
            inputs = source.take(self._sizes.next(self._remaining))
        except RunFault:
            raise
        except BaseException as error:
            raise RunFault(fault_of(error, -1, "inputs")) from None
        if self._remaining == len(inputs):
            source.ended = True
        if not inputs:
            return None
        chunk = Chunk(self._taken, inputs, self._outbox.time() if source.total is None else self._made_at)
        self._taken += len(inputs)
        return chunk

    def _send(self, member: Member, chunk: Chunk) -> None:
        form, blobs, failed = _pickled(chunk.inputs)
        if failed:
            return self._without_unsendable(chunk, failed)
        sent_at = self._outbox.time()
        self._ledger.open(chunk, member.number, sent_at)
        count = len(chunk.inputs)
        self._outbox.sent(chunk.first, count)
        message = {"type": "chunk", "form": form, "first": chunk.first, "count": count, "madeAt": chunk.made_at, "sentAt": sent_at}
        self._queue(member, frame_of(message, blobs))

    def _without_unsendable(self, chunk: Chunk, failed: List[int]) -> None:
        """Fails the tasks whose inputs cannot be pickled, and puts the others in line."""
        for at in failed:
            path, what, why = unpicklable(chunk.inputs[at])
            where = f"holds, at {path}," if path else "is"
            hint = "Pass plain data and make it inside the function, or define it at the top level of a module."
            message = f"The argument {where} {what}, which cannot be sent between processes ({why}). {hint}"
            self._fail(fault_from(chunk.first + at, "send", "PicklingError", message))
        rest = [at for at in range(len(chunk.inputs)) if at not in set(failed)]
        self._put_again(chunk, [chunk.first + at for at in rest])

    def _queue(self, member: Member, frame: Frame) -> None:
        try:
            member.wire.queue(frame)
            if not member.wire.flush():
                self._poll.register(member.wire.write_fd, select.POLLOUT)
                self._handlers[member.wire.write_fd] = lambda: self._flush(member)
        except OSError:
            # It is gone: its death will be noticed by its other end.
            pass

    def _flush(self, member: Member) -> None:
        try:
            whole = member.wire.flush()
        except OSError:
            whole = True
        if whole:
            self._ignore(member.wire.write_fd)

    # Hearing

    def _brief(self, member: Member) -> None:
        self._outbox.send({"type": "worker-started", "id": member.number, "at": (member.spawned_at - self._orders["origin"]) * 1000})
        self.listen(member.wire.read_fd, lambda: self._read(member))
        for fd in member.outputs:
            self.listen(fd, lambda fd=fd: self._read_raw(member, fd))
        self._queue(member, frame_of({**self._orders, "worker": member.number}))

    def _outbox_wait(self) -> float:
        self._outbox.flush_if_due()
        return 25

    def _wait(self, most_ms: float) -> None:
        events = self._poll.poll(min(most_ms, _look_every))
        for fd, _ in events:
            handler = self._handlers.get(fd)
            if handler:
                handler()
        if not events:
            for member in self._crew.alive:
                if not member.carrier.alive:
                    self._mourn(member)

    def _ignore(self, fd: int) -> None:
        if self._handlers.pop(fd, None):
            self._poll.unregister(fd)

    def _read(self, member: Member) -> None:
        try:
            alive = member.wire.drain()
            for frame in member.wire.arrived():
                self._hear(member, frame)
        except BlockingIOError:
            return
        except (ForeignBytes, ValueError, KeyError, IndexError, pickle.UnpicklingError):
            member.foreign = True
            member.carrier.kill()
            alive = False
        except OSError:
            alive = False
        if not alive:
            self._mourn(member)

    def _read_raw(self, member: Member, fd: int) -> None:
        try:
            data = os.read(fd, 1 << 20)
        except BlockingIOError:
            return
        if not data:
            return self._ignore(fd)
        # Whose it is can only be told where one task alone is with the worker.
        task = member.watch.running if self._ledger.tasks(member.number) == 1 else None
        member.outputs[fd].push(data, task)

    def _hear(self, member: Member, frame: Frame) -> None:
        message = frame.message
        kind = message["type"]
        if kind == "answer":
            self._receive(member, message, frame.blobs)
        elif kind == "ready":
            member.ready = True
            self._check_clock(member, message["now"])
            self._outbox.send({"type": "worker-ready", "id": member.number, "at": message["at"]})
        elif kind == "load-failed":
            self._fault = self._fault or message["fault"]
        elif kind == "output":
            self._outbox.print(message["lines"], message["dropped"])
        elif kind == "warning":
            self._outbox.warn(message["text"])
        elif kind == "failed":
            self._fail(message["fault"])
            self._closed(self._ledger.answer(member.number, [message["fault"]["index"]]))
        elif kind == "farewell":
            member.farewell = True
            self._tell_end(member, message)

    def _receive(self, member: Member, message: Message, blobs: Any) -> None:
        at = self._outbox.time()
        self.last_answer = at
        first, count = message["first"], message["count"]
        indices: Any = message["indices"] or range(first, first + count)
        records = message["records"]
        stamps: Dict[str, Bytes] = dict(zip(message["stamps"], blobs[1:]))
        failures = list(message["failures"])
        failures += self._unpickle(message["form"], indices, blobs[0])
        if message["indices"] is None:
            whole = self._ledger.answer_range(member.number, first, count)
        else:
            whole = self._ledger.answer(member.number, indices)
        if records is not None:
            self._finish_records(member, records, indices, stamps, failures, at)
        answer = Answer(indices, records, stamps, [], failures, message["previews"], message["span"])
        self._outbox.answer(answer, blobs[-1] if message["wanted"] else None, message["tooLarge"])
        self._learn(member, whole, message["span"], at)
        self._closed(whole)

    def _learn(self, member: Member, whole: List[Entry], span: Optional[float], at: float) -> None:
        """Learns from the worker's own time, which other processes on a busy machine lengthen the least."""
        spent = self._spent[member.number] = self._spent.get(member.number, 0.0) + (span or 0.0)
        for entry in whole:
            self._sizes.learn(len(entry.chunk.inputs), spent if span is not None else at - entry.sent_at)
            self._spent[member.number] = 0.0

    def _unpickle(self, form: str, indices: Any, results: Bytes) -> List[Dict[str, Any]]:
        """Reads results as the main program of an executor does; returns those that cannot be."""
        read = pickle.loads(results)
        failures: List[Dict[str, Any]] = []
        for index, text in zip(indices, read) if form == "each" else ():
            try:
                if text is not None:
                    pickle.loads(text)
            except BaseException as error:  # pylint: disable=broad-except
                message = f"The result could not be read back: {type(error).__name__}: {error}"
                failures.append(fault_from(index, "receive", type(error).__name__, message))
        return failures

    def _finish_records(self, member: Member, records: Dict[str, Any], indices: Any, stamps: Dict[str, Bytes], failures: List[Any], at: float) -> None:
        """Fills in what only this side knows: how long the last task's answer took, if its worker had nothing else to do."""
        if self._ledger.size == 0 or self._ledger.held(member.number) == 0:
            last_end = (memoryview(stamps["ends"]).cast("d")[-1] - records["zero"]) * 1000
            records["transferOut"] = max(0.0, at - last_end)
        if len(failures) > len(records["failed"]):
            failed = {fault["index"] for fault in failures}
            records["failed"] = [position for position, index in enumerate(indices) if index in failed]

    def _check_clock(self, member: Member, theirs: float) -> None:
        if not member.spawned_at <= theirs <= now():
            raise RunFault(fault_from(-1, "pool", "ClockError", "The workers' monotonic clocks are not those of their parent: nothing could be measured."))

    # Mending

    def _mourn(self, member: Member) -> None:
        """After a death: the culprit failed, what had begun goes again and is told, what had not goes again quietly."""
        if member.ended:
            return
        member.ended = True
        self._hear_out(member)
        reason = self._reason(member)
        lost = self._ledger.lose(member.number)
        if not member.farewell:
            self._tell_end(member, None, reason)
            for entry in lost:
                self._salvage(entry, member, reason)
        for fd in (member.wire.read_fd, member.wire.write_fd, *member.outputs):
            self._ignore(fd)
        self._crew.bury(member)
        if not member.farewell:
            self._replace(member, reason)

    def _hear_out(self, member: Member) -> None:
        """Reads what a worker that is gone had still sent and printed."""
        try:
            while not member.foreign and member.wire.drain():
                for frame in member.wire.arrived():
                    self._hear(member, frame)
        except (OSError, ForeignBytes, ValueError, KeyError):
            pass
        for fd in list(member.outputs):
            try:
                data = os.read(fd, 1 << 20)
            except OSError:
                continue
            member.outputs[fd].push(data, member.watch.running)

    def _reason(self, member: Member) -> str:
        until = now() + 1
        while member.carrier.alive and now() < until:
            select.select([], [], [], 0.005)
        if member.foreign:
            return "it sent something that is no message of ours"
        left = member.watch.exit
        return f"os._exit({left[0]}) was called" if left else member.carrier.ending

    def _salvage(self, entry: Entry, member: Member, reason: str) -> None:
        missing = entry.missing
        watch = member.watch
        left = watch.exit
        memory = self._out_of_memory.get(member.number)
        running = watch.running
        phase = "run"
        if watch.handled is not None:
            guilty = [watch.handled]
            phase = "send" if watch.handled >= watch.begun else "receive"
        elif left and not memory:
            guilty = [left[1]] if left[1] is not None else []
        elif running is not None:
            guilty = [running]
        else:
            # Tasks overlapped, or it died between two: without a culprit, those that had begun are it.
            guilty = [index for index in missing if index < watch.begun] if self._concurrency > 1 else []
        name = "OutOfMemory" if memory else "WorkerStopped"
        guilty += [index for index in missing if self._loses_often(index, watch.begun) and index not in guilty]
        again = [index for index in missing if index not in guilty]
        for index in missing:
            if index in guilty:
                self._fail(fault_from(index, phase, name, memory or f"Its worker stopped{_when[phase]}: {reason}."))
        repeated = [index for index in again if index < watch.begun]
        if repeated:
            self._outbox.warn(
                f"{_describe(repeated)} had begun on worker {member.number} and ran again, since it stopped ({memory or reason}): whatever they had done is done twice."
            )
        self._outbox.done(entry.chunk.first)
        self._put_again(entry.chunk, again)

    def _loses_often(self, index: int, begun: int) -> bool:
        """Whether a task that had begun has now lost its worker too often to be tried again."""
        if index < begun:
            self._losses[index] = self._losses.get(index, 0) + 1
        return self._losses.get(index, 0) >= _most_losses

    def _replace(self, member: Member, reason: str) -> None:
        if not member.ready:
            self._deaths_at_load += 1
            if self._deaths_at_load >= MOST_DEATHS_AT_LOAD:
                message = f"Loading the module ended its worker {MOST_DEATHS_AT_LOAD} times: {reason}."
                self._fault = self._fault or fault_from(-1, "load", "LoadFailed", message)
                return
        if not self._fault and not (self._is_dry and self._ledger.size == 0):
            self._brief(self._crew.enlist())

    def _put_again(self, chunk: Chunk, indices: List[int]) -> None:
        for first, count in ranges(indices):
            at = first - chunk.first
            self._again.append(Chunk(first, chunk.inputs[at : at + count], chunk.made_at))

    def _fail(self, fault: Dict[str, Any]) -> None:
        self.last_answer = self._outbox.time()
        self._outbox.fail(fault)

    def _closed(self, entries: List[Entry]) -> None:
        for entry in entries:
            self._outbox.done(entry.chunk.first)

    def _tell_end(self, member: Member, totals: Optional[Message], fault: Optional[str] = None) -> None:
        used = totals or {"onCpuMs": None, "peakMemoryMb": None}
        message = {"type": "worker-ended", "id": member.number, "at": self._outbox.time(), "onCpuMs": used["onCpuMs"], "peakMemoryMb": used["peakMemoryMb"]}
        self._outbox.send({**message, "fault": fault} if fault else message)


def _pickled(inputs: List[Any]) -> Any:
    """How inputs travel, their blobs, and the positions of those that cannot be pickled."""
    kinds = set(map(type, inputs))
    if kinds == {_none}:
        return "none", [], []
    if kinds <= PLAIN:
        return "plain", [pickle.dumps(inputs, 5)], []
    texts: List[Any] = []
    failed: List[int] = []
    for at, value in enumerate(inputs):
        try:
            texts.append(pickle.dumps(value, 5))
        except BaseException:  # pylint: disable=broad-except
            failed.append(at)
    return "each", [pickle.dumps(texts, 5)], failed


def _describe(indices: List[int]) -> str:
    shown = [str(first) if count == 1 else f"{first} to {first + count - 1}" for first, count in ranges(indices)]
    more = " and others" if len(shown) > 5 else ""
    return f"{'Task' if len(indices) == 1 else 'Tasks'} {', '.join(shown[:5])}{more}"
