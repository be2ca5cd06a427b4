"""How many tasks to send at once."""

from __future__ import annotations

from typing import Optional, Union

#: A chunk should keep a worker busy about this long, ms: 20 times and more the cost of its message.
GOAL = 5.0
#: Bounds memory: a chunk's inputs, results and records are all alive at once.
LARGEST = 4096


class ChunkSize:
    """Starts with one and doubles while chunks are quick, halves where they are slow, and shrinks near the end so that
    no worker is left alone with a tail."""

    def __init__(self, wish: Union[int, str], workers: int) -> None:
        self._wish = wish
        self._workers = workers
        self._size = 1
        self._per_task: Optional[float] = None

    def next(self, remaining: Optional[int]) -> int:
        """Size of the next chunk. ``remaining``: inputs not sent yet, ``None`` where nobody knows."""
        if isinstance(self._wish, int):
            return max(1, self._wish if remaining is None else min(self._wish, remaining))
        fair = self._size if remaining is None else -(-remaining // (4 * self._workers))
        return max(1, min(self._size, fair))

    def learn(self, count: int, span: float) -> None:
        """Learns from a chunk of ``count`` tasks that its worker had for ``span`` ms."""
        self._per_task = span / count
        if span < GOAL / 2 and count >= self._size:
            self._size = min(self._size * 2, LARGEST)
        elif span > GOAL * 2 and count <= self._size:
            self._size = max(1, self._size // 2)

    @property
    def depth(self) -> int:
        """Chunks that one worker should hold: one to run and one to follow without a wait; but only one where a chunk is
        long, since whatever waits behind it could start on another worker."""
        if self._per_task is None:
            return 1
        return 1 if self._per_task * self._size > 4 * GOAL else 2
