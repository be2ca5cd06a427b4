"""What leaves a task by other doors than its return: exits, and errors where nobody could catch them."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Callable, List, Optional

from .faults import message_of
from .watch import Watch

Tell = Callable[[str], None]
_listeners: List[Tell] = []


def tell(sentence: str) -> None:
    """Has an error told that nobody caught."""
    for listener in _listeners:
        listener(sentence)


def watch_loose_ends(warn: Tell) -> None:
    """``warn`` hears a sentence for each error that nobody caught; the process lives on."""
    _listeners.append(lambda what: warn(f"An error that nobody caught: {what.splitlines()[0] if what else what}"))

    def in_thread(args: Any) -> None:
        if args.exc_type is not SystemExit and args.exc_value is not None:
            tell(f"{args.exc_type.__name__}: {message_of(args.exc_value)} (in the thread {args.thread.name if args.thread else 'of nobody'})")

    def unraisable(args: Any) -> None:
        if args.exc_value is not None:
            tell(f"{args.exc_type.__name__}: {message_of(args.exc_value)}")

    threading.excepthook = in_thread
    sys.unraisablehook = unraisable


def watch_exits(watch: Watch, task: Callable[[], Optional[int]]) -> None:
    """Notes in ``watch`` who calls ``os._exit``; ``task`` tells whose code runs on the calling thread."""
    leave = os._exit
    owner = os.getpid()

    def _exit(status: int) -> Any:
        if os.getpid() == owner:
            watch.note_exit(status, task())
        leave(status)

    os._exit = _exit  # pyright: ignore[reportPrivateUsage]


def mend_children() -> None:
    """Gives processes that user code forks the plain streams again: nobody would take what they print otherwise."""

    def plain() -> None:
        for name, descriptor in (("stdout", 1), ("stderr", 2)):
            setattr(sys, name, open(descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False))

    os.register_at_fork(after_in_child=plain)
