"""How busy each core was since the sample before, and with whom. Linux only; elsewhere there are no samples."""

from __future__ import annotations

import os
from time import perf_counter as now
from typing import Any, Dict, List, Optional, Tuple

from .processes import thread_times


class CoreSampler:
    """Samples ``/proc/stat`` (ticks of 10 ms) and the threads of the run's processes."""

    def __init__(self, pids: List[int]) -> None:
        self._at = now()
        self._cores: List[Tuple[int, int]] = _core_ticks()
        self._threads = thread_times(pids)

    def sample(self, pids: List[int]) -> Optional[Dict[str, Any]]:
        """``span`` (ms), ``ours`` and ``busy`` (shares by core); ``None`` where nothing can be said."""
        at = now()
        span = at - self._at
        cores = _core_ticks()
        if span < 1e-3 or not cores or len(cores) != len(self._cores):
            return None
        threads = thread_times(pids)
        ours = self._ours(threads, span, len(cores))
        busy: List[float] = []
        for core, ((total, idle), (total_before, idle_before)) in enumerate(zip(cores, self._cores)):
            ticks = total - total_before
            share = 1 - (idle - idle_before) / ticks if ticks > 0 else 0.0
            busy.append(min(1.0, max(share, ours[core], 0.0)))
        self._at, self._cores, self._threads = at, cores, threads
        return {"span": span * 1000, "ours": ours, "busy": busy}

    def _ours(self, threads: Dict[str, Tuple[float, int]], span: float, cores: int) -> List[float]:
        """Each thread's CPU time goes to the core where it was last seen."""
        used = [0.0] * cores
        for folder, (on_cpu, core) in threads.items():
            if core < cores:
                used[core] += on_cpu - self._threads.get(folder, (0.0, 0))[0]
        return [min(1.0, max(0.0, time / span)) for time in used]


def _core_ticks() -> List[Tuple[int, int]]:
    """All ticks and the idle ones, by core."""
    lines: List[bytes]
    try:
        with open("/proc/stat", "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    found: List[Tuple[int, int]] = []
    for line in lines:
        if line.startswith(b"cpu") and line[3:4].isdigit():
            ticks = [int(word) for word in line.split()[1:9]]
            found.append((sum(ticks), ticks[3]))
    return found


class ThrottleMeter:
    """How long the control group was held back by its CPU quota; knows nothing where none is set."""

    def __init__(self) -> None:
        self._file = _cgroup_file()
        self._first = self._read()

    @property
    def throttled_ms(self) -> Optional[float]:
        read = self._read()
        return None if read is None or self._first is None else read - self._first

    def _read(self) -> Optional[float]:
        if self._file is None:
            return None
        try:
            with open(self._file, "rb") as file:
                for line in file:
                    if line.startswith(b"throttled_usec "):
                        return int(line.split()[1]) / 1000
        except (OSError, ValueError):
            return None
        return None


def _cgroup_file() -> Optional[str]:
    try:
        with open("/proc/self/cgroup", encoding="utf-8") as file:
            for line in file:
                if line.startswith("0::"):
                    path = line[3:].strip()
                    return os.path.join("/sys/fs/cgroup", path.lstrip("/"), "cpu.stat")
    except OSError:
        return None
    return None
