"""The outermost process: speaks with the session, watches the program, and holds no user code.

    fd 3 <= frames, passed on as they are <= program
         <= samples of the cores, signs of life, the end
         => cancel: everything that was sent is passed on, then the whole group ends
"""

from __future__ import annotations

import os
import select
import signal
import sys
from time import perf_counter as now
from typing import Any, Dict, List, Optional

from .cores import CoreSampler, ThrottleMeter
from .faults import fault_from
from .meter import knows_run_queue
from .output import Lines, RawLines
from .processes import resident, tree
from .surroundings import OURS
from .watch import Watch, shared_memory, watch_in
from .wire import ForeignBytes, Frame, Message, Wire, frame_of, open_pipe

PROTOCOL = 2
_session_fd = 3
#: Lanes that the program can have by itself.
_most_lanes = 512
_alive_every = 1.0
#: ``/proc/stat`` counts in ticks of 10 ms: more often would only show the ticks.
_sample_every = 50e-3
#: The first samples come faster, so that a run of 100 ms has some.
_first_samples = (20e-3, 20e-3, 30e-3, 30e-3)
#: Memory is looked at more often than the cores: it can grow by gigabytes a second.
_memory_every = 20e-3
_output_every = 25e-3
_mebibyte = 2**20


def main() -> None:
    os.set_inheritable(_session_fd, False)
    program = _Program()
    token = b""
    while len(token) < 8:
        part = os.read(_session_fd, 8 - len(token))
        if not part:
            os._exit(0)
        token += part
    _Conductor(Wire(_session_fd, _session_fd, token), program).conduct()


class _Program:
    """The process that runs user code, as the conductor sees it."""

    def __init__(self) -> None:
        read, their_write = open_pipe()
        their_read, write = open_pipe()
        self.stdout, their_stdout = os.pipe()
        self.stderr, their_stderr = os.pipe()
        self.memory, memory_fd = shared_memory(_most_lanes)
        theirs = (their_read, their_write, memory_fd)
        for fd in theirs:
            os.set_inheritable(fd, True)
        token = os.urandom(8)
        arguments = [sys.executable, os.path.join(OURS, "program.py"), *map(str, theirs)]
        streams = [(os.POSIX_SPAWN_DUP2, their_stdout, 1), (os.POSIX_SPAWN_DUP2, their_stderr, 2)]
        self.pid = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=streams)
        for fd in (*theirs, their_stdout, their_stderr):
            os.close(fd)
        self.wire = Wire(read, write, token)
        os.write(write, token)
        self._status: Optional[int] = None

    @property
    def ended(self) -> bool:
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    @property
    def ending(self) -> str:
        """How it ended, as a clause."""
        status = self._status or 0
        if os.WIFSIGNALED(status):
            return f"was ended by {signal.Signals(os.WTERMSIG(status)).name}"
        return f"ended with exit code {os.WEXITSTATUS(status)}"

    def follow(self) -> None:
        """Ends this process in the way the program ended."""
        status = self._status or 0
        if os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            if number != signal.SIGKILL:
                signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        os._exit(os.WEXITSTATUS(status))


class _Conductor:
    def __init__(self, session: Wire, program: _Program) -> None:
        self._session = session
        self._program = program
        self._origin: Optional[float] = None
        self._limit_mb = 0.0
        self._lines = Lines()
        self._raw = {program.stdout: RawLines("stdout", self._lines), program.stderr: RawLines("stderr", self._lines)}
        self._lanes: List[Watch] = []
        self._started = False
        self._sampler: Optional[CoreSampler] = None
        self._throttle: Optional[ThrottleMeter] = None
        self._pids: List[int] = []
        self._peak_mb: Optional[float] = None
        self._told_memory_at = 0.0
        self._sampled = 0
        self._due: Dict[str, float] = {"alive": now() + _alive_every}
        self._poll = select.poll()

    def conduct(self) -> None:
        """Runs until the session is gone, or the run is over."""
        self._say_hello()
        for fd in (self._session.read_fd, self._program.wire.read_fd, *self._raw):
            self._poll.register(fd, select.POLLIN)
        while True:
            wait = max(0.0, min(self._due.values()) - now())
            for fd, _ in self._poll.poll(wait * 1000 + 1):
                self._read(fd)
            self._do_what_is_due()

    def _say_hello(self) -> None:
        machine = os.uname()
        self._tell({
            "type": "hello",
            "protocol": PROTOCOL,
            "runtime": "python",
            "version": ".".join(map(str, sys.version_info[:3])) + _flavour(),
            "pid": os.getpid(),
            "os": f"{sys.platform}-{machine.machine.replace('x86_64', 'x64').replace('aarch64', 'arm64')}",
            "cores": os.cpu_count() or 1,
            "measures": {"onCpu": True, "runQueue": knows_run_queue(), "oursPerCore": sys.platform.startswith("linux")},
        })

    def _tell(self, message: Message) -> None:
        try:
            self._session.send(frame_of(message))
        except OSError:
            self._end_group()

    # Reading

    def _read(self, fd: int) -> None:
        if fd == self._session.read_fd:
            self._read_session()
        elif fd == self._program.wire.read_fd:
            self._read_program()
        else:
            self._read_output(fd)

    def _read_session(self) -> None:
        try:
            alive = self._session.drain()
        except OSError:
            alive = False
        if not alive:
            self._end_group()
        for frame in self._session.arrived():
            self._obey(frame.message)

    def _read_program(self) -> None:
        try:
            alive = self._program.wire.drain()
            for frame in self._program.wire.arrived():
                self._pass_on(frame)
        except ForeignBytes:
            return self._fail("ForeignBytes", "User code sent something that is no message of ours over the runner's own pipes.")
        if not alive:
            self._poll.unregister(self._program.wire.read_fd)
            self._bury()

    def _read_output(self, fd: int) -> None:
        data = os.read(fd, 1 << 20)
        if not data:
            self._poll.unregister(fd)
            return
        # Whose it is can only be told where one call alone runs in the program.
        task = self._lanes[0].running if len(self._lanes) == 1 and self._lanes[0].alone else None
        self._raw[fd].push(data, task)
        self._due.setdefault("output", now() + _output_every)

    def _obey(self, message: Message) -> None:
        kind = message["type"]
        if kind == "run":
            self._accept(message["spec"])
        elif kind == "cancel":
            self._cancel(message["why"])
        else:
            self._program.wire.send(frame_of(message))

    def _accept(self, spec: Message) -> None:
        self._origin = now()
        self._limit_mb = spec["memoryMb"]
        self._tell({"type": "accepted"})
        self._program.wire.send(frame_of({"type": "run", "spec": spec, "origin": self._origin}))
        self._pids = tree()
        self._sampler = CoreSampler(self._pids)
        self._throttle = ThrottleMeter()
        self._due["sample"] = self._due["memory"] = self._origin + _first_samples[0]

    def _pass_on(self, frame: Frame) -> None:
        text = bytes(frame.json[:24])
        if text.startswith(b'{"type":"ended"'):
            self._finish(frame.message)
        elif text.startswith(b'{"type":"inputs'):
            self._tell_and_leave(frame.message)
        elif text.startswith(b'{"type":"lanes"'):
            self._lanes = [watch_in(self._program.memory, lane) for lane in range(frame.message["count"])]
        else:
            self._started = self._started or text.startswith(b'{"type":"started"')
            try:
                self._session.send(frame)
            except OSError:
                self._end_group()

    # Watching

    def _do_what_is_due(self) -> None:
        at = now()
        for what in [what for what, due in self._due.items() if due <= at]:
            if what == "alive":
                self._due[what] = at + _alive_every
                self._tell({"type": "alive"})
            elif what == "sample":
                self._sampled += 1
                self._due[what] = at + (_first_samples[self._sampled] if self._sampled < len(_first_samples) else _sample_every)
                self._sample()
            elif what == "memory":
                self._due[what] = at + _memory_every
                self._watch_memory()
            else:
                del self._due[what]
                self._flush_output()

    def _sample(self) -> None:
        self._pids = tree()
        sample = self._sampler.sample(self._pids) if self._sampler else None
        if sample:
            self._tell(self._batch(samples=[{"at": self._time(), **sample}]))

    def _watch_memory(self) -> None:
        sizes = resident(self._pids)
        if not sizes:
            return
        used_mb = sum(sizes.values()) / _mebibyte
        self._peak_mb = max(self._peak_mb or 0.0, used_mb)
        if used_mb <= self._limit_mb:
            return
        words = f"The runner used {used_mb:.0f} MB, over its limit of {self._limit_mb:.0f} MB."
        largest = max(sizes, key=lambda pid: sizes[pid])
        if largest == self._program.pid or used_mb > self._limit_mb * 1.25 + 256:
            self._fail("OutOfMemory", words)
        if now() - self._told_memory_at < 0.5:
            return
        self._told_memory_at = now()
        order = {"type": "memory", "usedMb": used_mb, "limitMb": self._limit_mb, "resident": sizes}
        self._program.wire.send(frame_of(order))

    def _flush_output(self) -> None:
        if self._lines.waiting:
            lines, dropped = self._lines.take()
            self._tell(self._batch(output=lines, outputDropped=dropped))

    # Ending

    def _cancel(self, why: str) -> None:
        """Everything that is finished by now is passed on; then all is ended at once."""
        self._stop_program()
        self._tell_ended({"type": "ended", "why": why})
        self._end_group()

    def _fail(self, name: str, words: str, phase: str = "pool") -> None:
        """Ends a run whose program cannot go on; the calls that it was making are to blame."""
        self._stop_program()
        running = self._running()
        for index in running:
            self._tell(self._batch(counts={"succeeded": 0, "failed": 1}, failures=[fault_from(index, "run", name, words)]))
        during = f" while {'task' if len(running) == 1 else 'tasks'} {', '.join(map(str, running[:6]))} ran" if running else ""
        fault = fault_from(-1, phase, name, words.rstrip(".") + during + ".")
        self._tell_ended({"type": "ended", "why": "failed", "fault": fault})
        self._end_group()

    def _bury(self) -> None:
        """The program ended without a last word."""
        while not self._program.ended:
            select.select([], [], [], 0.002)
        self._drain_outputs()
        if not self._started:
            return self._fail("LoadFailed", f"Loading the module ended its process: it {self._program.ending}.", "load")
        if self._lanes:
            return self._fail("ProgramEnded", f"The process that made the calls {self._program.ending}.")
        # It fed the workers, and only the session knows what they had.
        self._program.follow()

    def _finish(self, ended: Message) -> None:
        self._drain_outputs()
        self._sample()
        self._tell_ended(ended)
        os._exit(0)

    def _tell_and_leave(self, message: Message) -> None:
        self._tell(message)
        os._exit(0)

    def _tell_ended(self, ended: Message) -> None:
        self._flush_output()
        shared = {"tasks": 0, "wallMs": self._time(), "splitKnown": True, "splitShared": False}
        if self._peak_mb is None:
            self._watch_peak()
        throttled = self._throttle.throttled_ms if self._throttle else None
        self._tell({**shared, **ended, "peakMemoryMb": self._peak_mb, "throttledMs": throttled})

    def _watch_peak(self) -> None:
        sizes = resident(tree())
        self._peak_mb = sum(sizes.values()) / _mebibyte if sizes else None

    def _stop_program(self) -> None:
        """Has the program stand still, and passes on what it had sent."""
        try:
            os.kill(self._program.pid, signal.SIGSTOP)
        except OSError:
            pass
        wire = self._program.wire
        os.set_blocking(wire.read_fd, False)
        try:
            while wire.drain():
                for frame in wire.arrived():
                    self._pass_on(frame)
        except (OSError, ForeignBytes):
            pass
        self._drain_outputs()

    def _drain_outputs(self) -> None:
        for fd in self._raw:
            os.set_blocking(fd, False)
            try:
                data = os.read(fd, 1 << 20)
            except OSError:
                continue
            if data:
                task = self._lanes[0].running if len(self._lanes) == 1 else None
                self._raw[fd].push(data, task)

    def _running(self) -> List[int]:
        """Tasks that the program itself was making when it stopped, less those that no exit of theirs ended it."""
        left = self._lanes[0].exit if self._lanes else None
        if left is not None:
            return [left[1]] if left[1] is not None else []
        return [index for index in (lane.running for lane in self._lanes) if index is not None]

    def _batch(self, **parts: Any) -> Message:
        empty: Message = {"type": "batch", "at": self._time(), "sent": [], "answered": [], "counts": {"succeeded": 0, "failed": 0}}
        lists: Message = {name: [] for name in ("records", "stamped", "failures", "results", "tooLarge", "previews", "output", "warnings", "samples")}
        return {**empty, **lists, "outputDropped": 0, **parts}

    def _time(self) -> float:
        return (now() - self._origin) * 1000 if self._origin is not None else 0.0

    def _end_group(self) -> None:
        """The session made this process the leader of a group: everything that user code started goes with it."""
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os.kill(self._program.pid, signal.SIGKILL)
        os._exit(0)


def _flavour() -> str:
    """``t`` for a build without the global lock, as such builds are named."""
    enabled = getattr(sys, "_is_gil_enabled", None)
    return "" if enabled is None or enabled() else "t"
