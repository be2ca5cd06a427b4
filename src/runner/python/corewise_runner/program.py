"""The program: plays the user's main program for one run, and ends with it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Dict, FrozenSet, Optional, Tuple

from . import solo
from .faults import RunFault, fault_from, fault_of
from .inputs import NO_INPUT, Source, open_inputs
from .lifeline import die_with_parent
from .loose_ends import mend_children, watch_exits, watch_loose_ends
from .outbox import Outbox
from .output import Lines, RawLines, capture_prints
from .preview import preview_call
from .surroundings import adopt, leave_main, leave_to_user, own_imports
from .target import Target
from .values import Results
from .watch import open_shared, watch_in
from .wire import Message, Wire, frame_of

if TYPE_CHECKING:
    from .crew import Crew

#: Models whose calls workers make.
_pooled = ("processes", "hybrid", "interpreters")


def main(before: FrozenSet[str]) -> None:
    """Obeys the conductor. ``before``: names of the modules that were loaded when the program began."""
    read_fd, write_fd, memory_fd = (int(word) for word in sys.argv[1:4])
    for fd in (read_fd, write_fd, memory_fd):
        os.set_inheritable(fd, False)
    die_with_parent(os.getppid())
    leave_main()
    program = _Program(Wire(read_fd, write_fd, os.read(read_fd, 8)), memory_fd, before)
    while True:
        frame = program.wire.receive()
        if frame is None:
            os._exit(0)
        program.obey(frame.message)


class _Program:
    def __init__(self, wire: Wire, memory_fd: int, before: FrozenSet[str]) -> None:
        self.wire = wire
        self._memory_fd = memory_fd
        self._before = before
        self._crew: Optional["Crew"] = None
        self._lines = Lines()

    def obey(self, message: Message) -> None:
        kind = message["type"]
        if kind == "warm":
            self._warm(message["workers"])
        elif kind == "preview":
            self._preview(message["spec"], message["most"])
            os._exit(0)
        elif kind == "run":
            self._run(message["spec"], message["origin"])
            os._exit(0)

    def _warm(self, workers: int) -> None:
        """Starts workers of the usual kind, so that a run finds them waiting."""
        self._crew = self._make_crew(None, "processes", workers)[0]
        for _ in range(workers):
            self._crew.enlist()
        self.wire.send(frame_of({"type": "warmed"}))

    def _make_crew(self, wish: Optional[str], model: str, workers: int) -> Tuple["Crew", Optional[str]]:
        with own_imports():
            from .crew import Crew, start_method

        try:
            method, note = start_method(wish, model)
        except ValueError as fault:
            raise RunFault(fault_from(-1, "pool", "CannotRun", str(fault))) from None
        inherited = [self.wire.read_fd, self.wire.write_fd]
        # As many windows again for those who replace the dead.
        return Crew(method, workers + 4, lambda stream: RawLines(stream, self._lines), inherited), note

    def _adopt(self, spec: Message) -> Target:
        capture_prints(self._lines, solo.current_task)
        mend_children()
        target = Target(spec["module"])
        adopt(target.file, target.place, spec["cwd"])
        leave_to_user(self._before, os.path.dirname(target.file))
        return target

    def _preview(self, spec: Message, most: int) -> None:
        try:
            source = open_inputs(spec["inputs"], self._adopt(spec).inputs, spec["spread"])
            first = [preview_call(value, True) if value is not NO_INPUT else "" for value in source.take(most)]
            answer: Message = {"type": "inputs", "count": source.total, "first": first}
        except RunFault as fault:
            answer = {"type": "inputs-failed", "fault": fault.fault}
        except BaseException as error:  # pylint: disable=broad-except
            answer = {"type": "inputs-failed", "fault": fault_of(error, -1, "inputs")}
        self.wire.send(frame_of(answer))

    def _run(self, spec: Message, origin: float) -> None:
        results = Results() if spec["wantResults"] else None
        outbox = Outbox(self.wire, origin, self._lines, results)
        watch_loose_ends(outbox.warn)
        run = _Run(spec, origin, outbox, self._before)
        ended: Message = {"type": "ended", "why": "completed"}
        try:
            self._work(run, spec, outbox)
        except RunFault as fault:
            ended = {"type": "ended", "why": "failed", "fault": fault.fault}
        except BaseException as error:  # pylint: disable=broad-except
            ended = {"type": "ended", "why": "failed", "fault": fault_of(error, -1, "pool")}
        wall = run.last_answer if run.last_answer > 0 or ended["why"] == "completed" else outbox.time()
        outbox.send({
            **ended,
            "tasks": run.taken,
            "wallMs": wall,
            "splitKnown": True,
            "splitShared": spec["plan"]["concurrency"] > 1,
            "peakMemoryMb": None,
            "throttledMs": None,
        })

    def _work(self, run: "_Run", spec: Message, outbox: Outbox) -> None:
        model = spec["plan"]["model"]
        if model in _pooled:
            self._with_pool(run, spec, outbox)
        else:
            self._alone(run, spec, outbox)

    def _with_pool(self, run: "_Run", spec: Message, outbox: Outbox) -> None:
        plan = spec["plan"]
        workers: int = plan["workers"]
        crew, wish = self._crew, plan.get("startMethod")
        note = None
        if crew is None or len(crew.members) != workers or plan["model"] == "interpreters" or (wish and wish != crew.method):
            for member in crew.alive if crew else ():
                member.carrier.kill()
            crew, note = self._make_crew(wish, plan["model"], workers)
        with own_imports():
            from .pool import Pool

        target = self._adopt(spec)
        if crew.method == "fork" and not crew.members:
            # As in a main program: what is loaded before the fork, workers have; and threads of the module forbid it.
            target.load()
            crew, note = self._make_crew(wish, plan["model"], workers)
        pool = run.pool = Pool(crew, workers, plan["concurrency"], plan["chunk"], run.orders(), outbox)
        pool.listen(self.wire.read_fd, lambda: self._hear(pool))
        pool.man()
        target.load()
        source = self._open(spec, target, outbox, crew.method if plan["model"] != "interpreters" else None)
        if note:
            outbox.warn(note)
        _tell_mode(target, plan["model"], outbox)
        pool.feed(source, outbox.time())
        pool.farewell()

    def _alone(self, run: "_Run", spec: Message, outbox: Outbox) -> None:
        plan = spec["plan"]
        memory = open_shared(self._memory_fd)
        watches = [watch_in(memory, window) for window in range(plan["workers"])]
        for watch in watches:
            watch.reset()
        watch_exits(watches[0], solo.current_task)
        self.wire.send(frame_of({"type": "lanes", "count": len(watches)}))
        _preload(plan["model"])
        target = self._adopt(spec)
        function = target.function()
        source = self._open(spec, target, outbox, None)
        _tell_mode(target, plan["model"], outbox)
        run.solo = solo.Solo(run.orders(), plan["workers"], plan["chunk"], outbox, watches)
        run.solo.run(plan["model"], function, source, outbox.time())

    def _open(self, spec: Message, target: Target, outbox: Outbox, method: Optional[str]) -> Source:
        source = open_inputs(spec["inputs"], target.inputs, spec["spread"])
        started: Message = {"type": "started", "tasks": source.total, "at": outbox.time()}
        outbox.send({**started, "startMethod": method} if method else started)
        return source

    def _hear(self, pool: Any) -> None:
        if not self.wire.drain():
            os._exit(0)
        for frame in self.wire.arrived():
            message = frame.message
            if message["type"] == "memory":
                resident: Dict[int, int] = {int(pid): size for pid, size in message["resident"].items()}
                pool.out_of_memory(message["usedMb"], message["limitMb"], resident)


class _Run:
    """What is known of the run, whatever makes its calls."""

    def __init__(self, spec: Message, origin: float, outbox: Outbox, before: FrozenSet[str]) -> None:
        self._before = before
        self._spec = spec
        self._origin = origin
        self._outbox = outbox
        self.pool: Any = None
        self.solo: Optional[solo.Solo] = None

    def orders(self) -> Message:
        """What whoever makes calls has to know."""
        spec, plan = self._spec, self._spec["plan"]
        return {
            "type": "orders",
            "worker": 0,
            "module": spec["module"],
            "spread": spec["spread"],
            "cwd": spec["cwd"],
            # What a plain Python has on its path for this file, and loaded before it.
            "path": sys.path,
            "plain": sorted(self._before),
            "record": spec["record"],
            "previews": spec["previews"],
            "wantResults": spec["wantResults"],
            "concurrency": plan["concurrency"],
            "overlap": plan["model"] in ("hybrid", "gather"),
            "origin": self._origin,
        }

    @property
    def taken(self) -> int:
        return self.pool.taken if self.pool else self.solo.taken if self.solo else 0

    @property
    def last_answer(self) -> float:
        return self.pool.last_answer if self.pool else self.solo.last_answer if self.solo else 0.0


def _preload(model: str) -> None:
    """Imports what the model needs while the path is still ours."""
    with own_imports():
        if model == "threads":
            import concurrent.futures.thread  # pyright: ignore[reportUnusedImport]
        elif model == "gather":
            from . import overlap  # pyright: ignore[reportUnusedImport]


def _tell_mode(target: Target, model: str, outbox: Outbox) -> None:
    """Says how calls are made where that is not what the function itself suggests."""
    from .calling import is_async

    if is_async(target.function()):
        if model not in ("gather", "hybrid"):
            outbox.warn(f"The function is async: under {model} each worker has an event loop, and makes one call after the other in it.")
    elif model in ("gather", "hybrid"):
        outbox.warn(f"The function is not async: under {model} its calls run in threads (asyncio.to_thread), which take turns where they compute.")


