"""Which tasks are with workers and not answered yet."""

from __future__ import annotations

from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Tuple


class Chunk(NamedTuple):
    """Tasks that travel together. Times in ms."""

    first: int
    inputs: List[Any]
    made_at: float


class Entry:
    """A chunk that is with a worker."""

    __slots__ = ("chunk", "worker", "sent_at", "left", "answered")

    def __init__(self, chunk: Chunk, worker: int, sent_at: float) -> None:
        self.chunk = chunk
        self.worker = worker
        self.sent_at = sent_at
        self.left = len(chunk.inputs)
        #: One flag a task; made when a part of the chunk is answered, not before.
        self.answered: Optional[bytearray] = None

    def mark(self, index: int) -> None:
        if self.answered is None:
            self.answered = bytearray(len(self.chunk.inputs))
        at = index - self.chunk.first
        self.left -= 1 - self.answered[at]
        self.answered[at] = 1

    @property
    def missing(self) -> List[int]:
        first = self.chunk.first
        flags = self.answered or bytearray(len(self.chunk.inputs))
        return [first + at for at, flag in enumerate(flags) if not flag]


class Ledger:
    """Chunks by worker, in the order in which they were sent."""

    def __init__(self) -> None:
        self._entries: Dict[int, List[Entry]] = {}
        self.size = 0

    def open(self, chunk: Chunk, worker: int, sent_at: float) -> None:
        self._entries.setdefault(worker, []).append(Entry(chunk, worker, sent_at))
        self.size += 1

    def held(self, worker: int) -> int:
        """Number of chunks that a worker has."""
        return len(self._entries.get(worker, ()))

    def tasks(self, worker: int) -> int:
        """Number of tasks that a worker has."""
        return sum(entry.left for entry in self._entries.get(worker, ()))

    def answer_range(self, worker: int, first: int, count: int) -> List[Entry]:
        """Marks neighbouring tasks as answered; returns the chunks that are whole now."""
        for entry in self._entries.get(worker, ()):
            chunk = entry.chunk
            if chunk.first == first and len(chunk.inputs) == count:
                entry.left = 0
                return self._close(worker)
        return self.answer(worker, range(first, first + count))

    def answer(self, worker: int, indices: Iterable[int]) -> List[Entry]:
        """Marks tasks as answered; returns the chunks that are whole now."""
        entries = self._entries.get(worker, [])
        for index in indices:
            for entry in entries:
                if 0 <= index - entry.chunk.first < len(entry.chunk.inputs):
                    entry.mark(index)
                    break
        return self._close(worker)

    def lose(self, worker: int) -> List[Entry]:
        """Takes all chunks of a worker that is gone."""
        lost = self._entries.pop(worker, [])
        self.size -= len(lost)
        return lost

    def _close(self, worker: int) -> List[Entry]:
        entries = self._entries[worker]
        whole = [entry for entry in entries if entry.left == 0]
        if whole:
            self._entries[worker] = [entry for entry in entries if entry.left > 0]
            self.size -= len(whole)
        return whole


def ranges(indices: Iterable[int]) -> List[Tuple[int, int]]:
    """Neighbouring indices as (first, count)."""
    found: List[Tuple[int, int]] = []
    for index in indices:
        if found and found[-1][0] + found[-1][1] == index:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((index, 1))
    return found
