"""The workers of a pool: started, sent to, heard, buried. Each is a process, or an interpreter in a thread."""

from __future__ import annotations

import os
import sys
import threading
from time import perf_counter as now
from typing import Any, Callable, Dict, List, Optional, Tuple

from . import worker as worker_module
from .output import RawLines
from .surroundings import own_imports
from .watch import Watch, shared_memory, watch_in
from .wire import Wire, open_pipe
from .worker import Seat


class Member:
    """A worker that was started."""

    def __init__(self, number: int, wire: Wire, outputs: Dict[int, RawLines], window: int, watch: Watch, carrier: "Carrier") -> None:
        #: The worker's number in the run.
        self.number = number
        self.wire = wire
        #: The ends that the program reads of its standard streams, by descriptor.
        self.outputs = outputs
        self.window = window
        self.watch = watch
        self.carrier = carrier
        self.spawned_at = now()
        self.ready = False
        self.ended = False
        #: Whether it has said what it used.
        self.farewell = False
        #: Whether it sent something that is no message of ours.
        self.foreign = False


class Carrier:
    """What a worker runs in."""

    def start(self, seat: Seat, close: List[int]) -> None:
        raise NotImplementedError

    @property
    def alive(self) -> bool:
        raise NotImplementedError

    @property
    def pid(self) -> Optional[int]:
        return None

    def kill(self) -> None:
        """Ends it at once, where it can be ended alone."""

    @property
    def ending(self) -> str:
        """How it ended, as a clause."""
        return "it ended"


class _ProcessCarrier(Carrier):
    def __init__(self, context: Any) -> None:
        self._context = context
        self._process: Any = None

    def start(self, seat: Seat, close: List[int]) -> None:
        if self._context.get_start_method() != "fork":
            seat, close = _passed_on(seat), []
        self._process = self._context.Process(target=worker_module.main, args=(seat, close), name="corewise worker")
        with own_imports():
            self._process.start()

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    @property
    def pid(self) -> Optional[int]:
        return self._process.pid

    def kill(self) -> None:
        self._process.kill()

    @property
    def ending(self) -> str:
        code = self._process.exitcode
        if code is None:
            return "it ended"
        if code >= 0:
            return f"it ended with exit code {code}"
        import signal

        try:
            return f"it was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"it was ended by signal {-code}"


class _InterpreterCarrier(Carrier):
    """An interpreter of its own in a thread of the program (Python 3.14 and newer)."""

    def __init__(self) -> None:
        self._thread: Optional[threading.Thread] = None

    def start(self, seat: Seat, close: List[int]) -> None:
        from importlib import import_module

        interpreter: Any = import_module("concurrent.interpreters").create()
        folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        interpreter.prepare_main(read=seat.read, write=seat.write, memory=seat.memory, window=seat.window, token=seat.token, folder=folder, path=tuple(sys.path))
        self._thread = threading.Thread(target=interpreter.exec, args=(_interpreter_main,), daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()


_interpreter_main = """
import sys
sys.path[:] = [folder, *path]
from corewise_runner.worker import work
from corewise_runner.wire import Wire
from corewise_runner.watch import open_shared, watch_in
sys.path.remove(folder)
work(Wire(read, write, token), watch_in(open_shared(memory), window))
"""

Listener = Callable[[Member], None]


class Crew:
    """Starts workers by one start method and knows those that live. ``lines_for`` gives where raw output of a stream goes."""

    def __init__(self, method: str, most: int, raw_lines: Callable[[str], RawLines], inherited: List[int]) -> None:
        self.method = method
        self.members: List[Member] = []
        self._memory, self._memory_fd = shared_memory(most)
        self._windows = list(range(most))
        self._raw_lines = raw_lines
        self._inherited = inherited
        self._context: Any = None
        if method != "interpreters":
            with own_imports():
                import multiprocessing

            self._context = multiprocessing.get_context(method)
            if method == "forkserver":
                multiprocessing.set_forkserver_preload(["corewise_runner.worker", "corewise_runner.target"])

    @property
    def alive(self) -> List[Member]:
        return [member for member in self.members if not member.ended]

    def enlist(self) -> Member:
        """Starts another worker."""
        to_worker, from_program = open_pipe()
        from_worker, to_program = open_pipe()
        streams = [] if self.method == "interpreters" else [os.pipe(), os.pipe()]
        theirs = [to_worker, to_program, *(write for _, write in streams)]
        own = [from_worker, from_program, *(read for read, _ in streams)]
        window = self._windows.pop(0)
        watch = watch_in(self._memory, window)
        watch.reset()
        token = os.urandom(8)
        carrier: Carrier = _InterpreterCarrier() if self.method == "interpreters" else _ProcessCarrier(self._context)
        outputs = {read: self._raw_lines(name) for (read, _), name in zip(streams, ("stdout", "stderr"))}
        member = Member(len(self.members), Wire(from_worker, from_program, token), outputs, window, watch, carrier)
        carrier.start(Seat(to_worker, to_program, theirs[2:], self._memory_fd, window, token), [*own, *self._descriptors(), *self._inherited])
        for fd in own:
            os.set_blocking(fd, False)
        # An interpreter is in this process, and has its ends from here.
        for fd in theirs if streams else ():
            os.close(fd)
        self.members.append(member)
        return member

    def bury(self, member: Member) -> None:
        """Closes what was open to a worker that ended."""
        member.ended = True
        for fd in (member.wire.read_fd, member.wire.write_fd, *member.outputs):
            os.close(fd)
        self._windows.append(member.window)

    def _descriptors(self) -> List[int]:
        return [fd for member in self.alive for fd in (member.wire.read_fd, member.wire.write_fd, *member.outputs)]


def _passed_on(seat: Seat) -> Seat:
    """With descriptors in what takes them over to a process that is not a fork."""
    from multiprocessing.reduction import DupFd

    streams = [DupFd(fd) for fd in seat.streams]
    return seat._replace(read=DupFd(seat.read), write=DupFd(seat.write), streams=streams, memory=DupFd(seat.memory))


def start_method(wish: Optional[str], model: str) -> Tuple[str, Optional[str]]:
    """How workers are started, and what a person should be told of it. Called when the module is loaded, if it will be."""
    if model == "interpreters":
        if sys.version_info < (3, 14):
            raise ValueError(f"Interpreters need Python 3.14; this is {sys.version_info[0]}.{sys.version_info[1]}. Use processes.")
        return "interpreters", None
    with own_imports():
        import multiprocessing

    # The first is what this Python defaults to.
    offered = multiprocessing.get_all_start_methods()
    method = wish or offered[0]
    if method not in offered:
        raise ValueError(f"This Python has no start method {method}, but {', '.join(offered)}.")
    if method == "fork" and threads() > 1:
        other = "forkserver" if "forkserver" in offered else "spawn"
        return other, f"Workers were started with {other}, since the module has started threads and a fork would lose them."
    return method, None


def threads() -> int:
    """Threads of this process, those of libraries too where the system tells."""
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return threading.active_count()
