"""What user code prints, by line and task: through ``sys.stdout`` and ``sys.stderr`` exactly, and what goes past them to
the descriptors (C code, child processes) as it arrives."""

from __future__ import annotations

import io
import sys
import threading
from codecs import getincrementaldecoder
from typing import Any, Callable, Dict, List, Optional, Tuple

Line = Dict[str, Any]

#: Most characters kept between two takes; the rest is counted and let go, so that a flood costs no memory.
MOST_PENDING = 1 << 16


class Lines:
    """Bounded lines of both streams, until they are taken. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: List[Line] = []
        self._open: Dict[Tuple[str, Optional[int]], str] = {}
        self._pending = 0
        self._dropped = 0

    @property
    def waiting(self) -> bool:
        return bool(self._lines or self._open or self._dropped)

    def write(self, stream: str, task: Optional[int], text: str) -> None:
        with self._lock:
            room = MOST_PENDING - self._pending
            if len(text) > room:
                self._dropped += len(text) - max(0, room)
                if room <= 0:
                    return
                text = text[:room]
            self._pending += len(text)
            key = (stream, task)
            *lines, rest = (self._open.pop(key, "") + text).split("\n")
            for line in lines:
                self._push(stream, task, line)
            if rest:
                self._open[key] = rest

    def drop(self, count: int) -> None:
        with self._lock:
            self._dropped += count

    def take(self) -> Tuple[List[Line], int]:
        """Everything since the last call and how much was let go; an unfinished line counts as one."""
        with self._lock:
            for (stream, task), rest in self._open.items():
                self._push(stream, task, rest)
            taken = (self._lines, self._dropped)
            self._lines, self._open, self._pending, self._dropped = [], {}, 0, 0
            return taken

    def _push(self, stream: str, task: Optional[int], text: str) -> None:
        self._lines.append({"stream": stream, "task": task, "text": text[:-1] if text.endswith("\r") else text})


class _Text(io.TextIOBase):
    """Stands in for ``sys.stdout`` or ``sys.stderr``. Bytes written to its ``buffer`` go the same way."""

    def __init__(self, stream: str, descriptor: int, lines: Lines, task: Callable[[], Optional[int]]) -> None:
        super().__init__()
        self._stream = stream
        self._descriptor = descriptor
        self._lines = lines
        self._task = task
        self.name = f"<{stream}>"
        self.mode = "w"
        self.buffer = _Bytes(self)

    encoding = "utf-8"
    errors = "backslashreplace"
    line_buffering = True

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return self._descriptor

    def reconfigure(self, **_options: Any) -> None:
        """Accepted and of no effect: lines are kept as text."""

    def write(self, s: str, /) -> int:
        if not isinstance(s, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"write() argument must be str, not {type(s).__name__}")
        self._lines.write(self._stream, self._task(), s)
        return len(s)

    def close(self) -> None:
        """Stays open, so that a task that closes it costs no other."""


class _Bytes(io.RawIOBase):
    def __init__(self, text: _Text) -> None:
        super().__init__()
        self._text = text
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._text.fileno()

    def write(self, b: Any, /) -> int:
        part = memoryview(b).cast("B")
        # At most what can be kept is decoded: a gigabyte in one write must not become a second gigabyte.
        kept = bytes(part[: MOST_PENDING * 4])
        self._text.write(self._decoder.decode(kept))
        return len(part)

    def close(self) -> None:
        """Stays open, as the text around it does."""


def capture_prints(lines: Lines, task: Callable[[], Optional[int]]) -> None:
    """Has ``print`` and its like write to ``lines``, each with the task whose code it is."""
    sys.stdout = _Text("stdout", 1, lines, task)
    sys.stderr = _Text("stderr", 2, lines, task)


class RawLines:
    """Lines out of the bytes of one descriptor; invalid UTF-8 becomes U+FFFD."""

    def __init__(self, stream: str, lines: Lines) -> None:
        self._stream = stream
        self._lines = lines
        self._decoder = getincrementaldecoder("utf-8")("replace")

    def push(self, data: bytes, task: Optional[int]) -> None:
        kept = data[:MOST_PENDING]
        if len(kept) < len(data):
            self._lines.drop(len(data) - len(kept))
        self._lines.write(self._stream, task, self._decoder.decode(kept))
