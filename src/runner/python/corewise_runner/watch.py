"""Memory that outlives a worker: when each call of its current stretch ended, and so which call it died in.

    0        index of the first task of the stretch; -1 between stretches, and where tasks overlap
    1        tasks of the stretch; where tasks overlap, the index that the next to begin will have
    2        exit code + 1 that was asked for; 0: none
    3        index of the task whose code asked for it; -1: not known, or none
    4        index of the task whose argument is being read or whose result is being pickled; -1: none
    5 ...    when each task ended, seconds; 0: not yet
"""

from __future__ import annotations

import mmap
import os
from typing import Optional, Tuple

#: Tasks of one stretch at most.
LONGEST = 4096
_HEAD = 5
SIZE = (_HEAD + LONGEST) * 8

_nothing = bytes(LONGEST * 8)


class Watch:
    """A lane's window of shared memory. Its owner writes, whoever buries it reads."""

    def __init__(self, memory: memoryview) -> None:
        self._all = memory.cast("d")
        self._bytes = memory.cast("B")
        #: Where the owner writes the ends of its calls, by position in the stretch.
        self.ends = self._all[_HEAD:]
        self.ends_from_one = self._all[_HEAD - 1 :]

    def open(self, first: int, count: int) -> None:
        """A stretch of ``count`` tasks begins."""
        self._bytes[_HEAD * 8 : (_HEAD + count) * 8] = _nothing[: count * 8]
        self._all[1] = count
        self._all[0] = first

    def close(self) -> None:
        """No task runs; those of the stretch have all begun."""
        if self._all[0] >= 0:
            self._all[1] += self._all[0]
        self._all[0] = -1

    def handle(self, index: int) -> None:
        """The argument or the result of a task is pickled or read, which runs code of its own; -1: no longer."""
        self._all[4] = index

    @property
    def handled(self) -> Optional[int]:
        index = self._whole(4)
        return index if index >= 0 else None

    def reset(self) -> None:
        self._all[0] = self._all[4] = -1
        self._all[1] = self._all[2] = 0

    def take(self, start: int, count: int) -> bytes:
        """The ends of ``count`` tasks from position ``start``, as they travel."""
        return bytes(self._bytes[(_HEAD + start) * 8 : (_HEAD + start + count) * 8])

    def begin(self, index: int) -> None:
        """A task begins that others overlap."""
        self._all[1] = index + 1

    def note_exit(self, code: int, task: Optional[int]) -> None:
        self._all[3] = -1 if task is None else task
        self._all[2] = code + 1

    @property
    def exit(self) -> Optional[Tuple[int, Optional[int]]]:
        """The exit code that user code asked for, and the task whose code it was."""
        code, task = self._whole(2), self._whole(3)
        return (code - 1, task if task >= 0 else None) if code > 0 else None

    @property
    def begun(self) -> int:
        """Tasks with this index and above had not begun."""
        first, count = self._whole(0), self._whole(1)
        if first < 0:
            return count
        running = self.running
        return first + count if running is None else running + 1

    @property
    def alone(self) -> bool:
        """Whether the stretch is of one task."""
        return self._whole(0) >= 0 and self._whole(1) == 1

    @property
    def running(self) -> Optional[int]:
        """Index of the task that has begun and not ended; ``None`` between stretches."""
        first, count = self._whole(0), self._whole(1)
        if first < 0 or not 0 < count <= LONGEST:
            return None
        # Ends are written in order: the first that is missing, by halves.
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            if self.ends[middle] > 0:
                low = middle + 1
            else:
                high = middle
        return first + low if low < count else None

    def _whole(self, slot: int) -> int:
        """A number of the head; -1 where user code has written something else over it."""
        value = self._all[slot]
        return int(value) if -1 <= value < 2**32 else -1


def shared_memory(windows: int) -> Tuple[mmap.mmap, int]:
    """Memory for so many windows, and a descriptor that other processes can open it by."""
    fd = _memory_file()
    os.ftruncate(fd, SIZE * windows)
    memory = mmap.mmap(fd, SIZE * windows)
    for window in range(windows):
        watch_in(memory, window).reset()
    return memory, fd


def open_shared(fd: int) -> mmap.mmap:
    """The memory behind a descriptor of `shared_memory`."""
    return mmap.mmap(fd, os.fstat(fd).st_size)


def watch_in(memory: mmap.mmap, window: int) -> Watch:
    return Watch(memoryview(memory)[window * SIZE : (window + 1) * SIZE])


def _memory_file() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("corewise")
    import tempfile

    fd, path = tempfile.mkstemp(prefix="corewise-")
    os.unlink(path)
    return fd
