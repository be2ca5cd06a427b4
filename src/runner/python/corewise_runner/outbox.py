"""Messages to the session: small things together in batches."""

from __future__ import annotations

import threading
from time import perf_counter as now
from typing import Any, Dict, Iterable, List, Optional

from .answers import Answer
from .faults import Fault
from .output import Lines
from .values import Results
from .wire import Bytes, Message, Wire, frame_of

#: Batches leave this often, seconds.
EVERY = 25e-3
#: Urgent batches that may leave within that time; beyond it they wait like the others.
_most_urgent = 20
#: A batch with more bytes than this leaves at once.
_full_batch = 1 << 18


class Outbox:
    """Gathers what a run brings and sends it over a wire, which waits while nobody reads. May be used from any thread."""

    def __init__(self, wire: Wire, origin: float, lines: Lines, results: Optional[Results]) -> None:
        self._wire = wire
        self._origin = origin
        self._lines = lines
        self._results = results
        self._lock = threading.RLock()
        self._batch: Dict[str, Any] = _empty()
        self._blobs: List[Bytes] = []
        self._bytes = 0
        self._used = False
        self._sent_at = 0.0
        self._span_start = 0.0
        self._urgent = 0

    def time(self) -> float:
        """Ms since the run's origin."""
        return (now() - self._origin) * 1000

    def send(self, message: Message) -> None:
        """Sends a message of its own, after what was batched before it."""
        with self._lock:
            self.flush()
            self._wire.send(frame_of(message))

    def sent(self, first: int, count: int) -> None:
        """A chunk is with a worker: told before one of its calls can end the process, within reason."""
        with self._lock:
            self._batch["sent"] += (first, count)
            self._used = True
            self._hurry()

    def done(self, first: int) -> None:
        with self._lock:
            self._batch["answered"].append(first)
            self._used = True

    def answer(self, answer: Answer, wanted: Optional[Bytes] = None, too_large: Iterable[Dict[str, Any]] = ()) -> None:
        """``wanted``: the results as JSON, where another process has written them already."""
        with self._lock:
            if answer.records is not None:
                self._attach_records(answer)
            if self._results is not None:
                text, large = self._pack(answer) if wanted is None else (wanted, too_large)
                self._batch["results"].append({"encoding": "json", "blob": self._attach(text)})
                self._batch["tooLarge"] += large
            self._batch["previews"] += answer.previews
            self._count(len(answer.indices), answer.failures)

    def fail(self, fault: Fault) -> None:
        with self._lock:
            self._count(1, [fault])

    def warn(self, text: str) -> None:
        with self._lock:
            self._batch["warnings"].append(text)
            self._used = True

    def print(self, lines: List[Dict[str, Any]], dropped: int) -> None:
        """Lines that a worker printed."""
        with self._lock:
            self._batch["output"] += lines
            self._batch["outputDropped"] += dropped
            self._used = True

    def flush_if_due(self) -> None:
        if now() - self._sent_at >= EVERY or self._bytes > _full_batch:
            self.flush()

    def flush(self) -> None:
        with self._lock:
            if self._lines.waiting:
                lines, dropped = self._lines.take()
                self._batch["output"] += lines
                self._batch["outputDropped"] += dropped
                self._used = True
            self._sent_at = now()
            if not self._used:
                return
            batch, blobs = self._batch, self._blobs
            self._batch, self._blobs, self._bytes, self._used = _empty(), [], 0, False
            batch["at"] = self.time()
            self._wire.send(frame_of(batch, blobs))

    def _hurry(self) -> None:
        at = now()
        if at - self._span_start > EVERY:
            self._span_start = at
            self._urgent = 0
        self._urgent += 1
        if self._urgent <= _most_urgent:
            self.flush()

    def _count(self, tasks: int, failures: List[Fault]) -> None:
        self._batch["counts"]["failed"] += len(failures)
        self._batch["counts"]["succeeded"] += tasks - len(failures)
        self._batch["failures"] += failures
        self._used = True

    def _attach_records(self, answer: Answer) -> None:
        records = dict(answer.records or {})
        for name, blob in answer.stamps.items():
            records[name] = self._attach(blob)
        self._batch["stamped"].append(records)

    def _pack(self, answer: Answer) -> Any:
        assert self._results is not None
        failed = {fault["index"] for fault in answer.failures}
        return self._results.pack((index, value) for index, value in zip(answer.indices, answer.results) if index not in failed)

    def _attach(self, blob: Bytes) -> int:
        self._blobs.append(blob)
        self._bytes += len(blob)
        return len(self._blobs) - 1


def _empty() -> Dict[str, Any]:
    return {
        "type": "batch",
        "at": 0,
        "sent": [],
        "answered": [],
        "counts": {"succeeded": 0, "failed": 0},
        "records": [],
        "stamped": [],
        "failures": [],
        "results": [],
        "tooLarge": [],
        "previews": [],
        "output": [],
        "outputDropped": 0,
        "warnings": [],
        "samples": [],
    }
