"""Frames on a pair of descriptors, as in protocol/framing.ts: token, lengths, JSON, blobs.

The token is random and known to both ends only: bytes that user code writes to a descriptor are noticed at once, and
never taken for a message.
"""

from __future__ import annotations

import json
import os
from collections import deque
from struct import Struct
from typing import Any, Deque, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union

TOKEN_BYTES = 8
#: No honest message is larger, in bytes.
LARGEST_FRAME = 1 << 30
MOST_BLOBS = 1 << 16
#: Read at once, in bytes.
READ_SIZE = 1 << 18

Bytes = Union[bytes, bytearray, memoryview]
Message = Dict[str, Any]

_numbers = Struct("<II")
#: How many buffers one writev takes on every system.
_most_buffers = 512


class ForeignBytes(Exception):
    """The stream holds something that is no frame of ours; nothing after it can be trusted."""


class Frame:
    """One message as it travels: the JSON and the blobs beside it."""

    __slots__ = ("json", "blobs")

    def __init__(self, text: Bytes, blobs: Sequence[Bytes] = ()) -> None:
        self.json = text
        self.blobs = blobs

    @property
    def message(self) -> Message:
        return json.loads(bytes(self.json))


def frame_of(message: Message, blobs: Sequence[Bytes] = ()) -> Frame:
    return Frame(json.dumps(message, separators=(",", ":"), allow_nan=False).encode("utf-8", "backslashreplace"), blobs)


class FrameReader:
    """Cuts a byte stream into frames."""

    def __init__(self, token: bytes) -> None:
        self._token = token
        self._bytes = bytearray()
        self._needed = TOKEN_BYTES + _numbers.size

    def push(self, data: bytes) -> Iterator[Frame]:
        """Frames that ``data`` completes, in order. Raises `ForeignBytes` at the first foreign byte."""
        self._bytes += data
        while len(self._bytes) >= self._needed:
            found = self._lengths()
            if found is None:
                return
            start, lengths = found
            end = start + sum(lengths)
            if len(self._bytes) < end:
                self._needed = end
                return
            whole = memoryview(bytes(self._bytes[:end]) if end < len(self._bytes) else self._take_all())
            if end < len(self._bytes):
                del self._bytes[:end]
            self._needed = TOKEN_BYTES + _numbers.size
            parts: List[memoryview] = []
            for length in lengths:
                parts.append(whole[start : start + length])
                start += length
            yield Frame(parts[0], parts[1:])

    def _take_all(self) -> bytearray:
        whole = self._bytes
        self._bytes = bytearray()
        return whole

    def _lengths(self) -> Optional[Tuple[int, List[int]]]:
        """Where the frame's JSON starts, its length and that of each blob; ``None`` while the head is not complete."""
        if not self._bytes.startswith(self._token):
            raise ForeignBytes("Foreign bytes on the channel.")
        length, count = _numbers.unpack_from(self._bytes, TOKEN_BYTES)
        if count > MOST_BLOBS:
            raise ForeignBytes(f"A frame with {count} blobs.")
        start = TOKEN_BYTES + _numbers.size + 4 * count
        if len(self._bytes) < start:
            self._needed = start
            return None
        blobs = memoryview(self._bytes)[TOKEN_BYTES + _numbers.size : start].cast("I").tolist()
        if length + sum(blobs) > LARGEST_FRAME:
            raise ForeignBytes(f"A frame of {length + sum(blobs)} bytes.")
        return start, [length, *blobs]


class Wire:
    """One end of a duplex stream of frames. Reads block unless `drain` is used; writes block unless `queue` is used."""

    def __init__(self, read_fd: int, write_fd: int, token: bytes) -> None:
        self.read_fd = read_fd
        self.write_fd = write_fd
        self.token = token
        self._reader = FrameReader(token)
        self._arrived: Deque[Frame] = deque()
        self._waiting: Deque[memoryview] = deque()

    def receive(self) -> Optional[Frame]:
        """The next frame; waits for it. ``None`` when the other end is gone."""
        while not self._arrived:
            if not self.drain():
                return None
        return self._arrived.popleft()

    def drain(self) -> bool:
        """Reads once what is there. False when the other end is gone."""
        data = os.read(self.read_fd, READ_SIZE)
        if not data:
            return False
        self._arrived.extend(self._reader.push(data))
        return True

    def arrived(self) -> Iterator[Frame]:
        """Takes the frames that are complete."""
        while self._arrived:
            yield self._arrived.popleft()

    def send(self, frame: Frame) -> None:
        """Writes a frame and waits until it has left."""
        self.queue(frame)
        while self._waiting:
            self._write()

    def queue(self, frame: Frame) -> None:
        """Puts a frame in line for `flush`."""
        self._waiting.extend(memoryview(part).cast("B") for part in self._parts(frame) if len(part) > 0)

    def flush(self) -> bool:
        """Writes what the other end takes now, without waiting. True when nothing is left."""
        try:
            while self._waiting:
                self._write()
        except BlockingIOError:
            return False
        return True

    def _parts(self, frame: Frame) -> Iterable[Bytes]:
        lengths = [len(memoryview(blob).cast("B")) for blob in frame.blobs]
        head = b"".join((self.token, _numbers.pack(len(frame.json), len(lengths)), *(length.to_bytes(4, "little") for length in lengths)))
        return (head, frame.json, *frame.blobs)

    def _write(self) -> None:
        parts = [self._waiting[i] for i in range(min(len(self._waiting), _most_buffers))]
        written = os.writev(self.write_fd, parts)
        while written > 0:
            first = self._waiting[0]
            if written < len(first):
                self._waiting[0] = first[written:]
                return
            written -= len(first)
            self._waiting.popleft()


def open_pipe() -> Tuple[int, int]:
    """A pipe (read, write) with as much room as the system gives without asking anybody."""
    read_fd, write_fd = os.pipe()
    try:
        import fcntl

        fcntl.fcntl(write_fd, getattr(fcntl, "F_SETPIPE_SZ", 1031), 1 << 20)
    except (ImportError, OSError):
        pass
    return read_fd, write_fd
