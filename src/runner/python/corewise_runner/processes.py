"""The processes below this one, from Linux's ``/proc``: what they hold of the memory, and where their threads ran."""

from __future__ import annotations

import os
from typing import Dict, List, Optional, Tuple

_page = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def tree() -> List[int]:
    """This process and all below it; empty where the system has no ``/proc``."""
    found: List[int] = []
    waiting = [os.getpid()]
    while waiting:
        pid = waiting.pop()
        children = _children(pid)
        if children is None:
            continue
        found.append(pid)
        waiting.extend(children)
    return found


def _children(pid: int) -> Optional[List[int]]:
    found: List[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            found.extend(map(int, _read(f"/proc/{pid}/task/{thread}/children").split()))
    except OSError:
        # It ended meanwhile, or the kernel does not list children.
        return found or None
    return found


def resident(pids: List[int]) -> Dict[int, int]:
    """Bytes in memory of each, those that are shared counted in each."""
    sizes: Dict[int, int] = {}
    for pid in pids:
        try:
            sizes[pid] = int(_read(f"/proc/{pid}/statm").split()[1]) * _page
        except (OSError, IndexError, ValueError):
            continue
    return sizes


def thread_times(pids: List[int]) -> Dict[str, Tuple[float, int]]:
    """Seconds on a CPU and the last core of each thread, by its folder."""
    found: Dict[str, Tuple[float, int]] = {}
    for pid in pids:
        try:
            threads = os.listdir(f"/proc/{pid}/task")
        except OSError:
            continue
        for thread in threads:
            folder = f"/proc/{pid}/task/{thread}"
            try:
                stat = _read(folder + "/stat")
                # After the name, which may hold spaces and brackets, fields are plain; the last core is field 39.
                core = int(stat[stat.rindex(b")") + 2 :].split()[36])
                found[folder] = (int(_read(folder + "/schedstat").split()[0]) * 1e-9, core)
            except (OSError, ValueError, IndexError):
                continue
    return found


def _read(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(fd, 1 << 16)
    finally:
        os.close(fd)
