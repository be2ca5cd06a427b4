"""Ends this process when its parent ends, however that ended."""

from __future__ import annotations

import os
import sys

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_every = 0.5


def die_with_parent(parent: int) -> None:
    """On Linux the kernel sees to it, busy or not; elsewhere a thread looks twice a second."""
    if not (sys.platform.startswith("linux") and _ask_kernel()):
        _watch(parent)
    if os.getppid() != parent:
        # It ended before the kernel was asked.
        os.kill(os.getpid(), _SIGKILL)


def _ask_kernel() -> bool:
    try:
        import ctypes

        return ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0) == 0
    except (ImportError, OSError, AttributeError):
        return False


def _watch(parent: int) -> None:
    import threading

    def look() -> None:
        while os.getppid() == parent:
            threading.Event().wait(_every)
        os.kill(os.getpid(), _SIGKILL)

    threading.Thread(target=look, name="corewise lifeline", daemon=True).start()
