"""What calls leave behind, on its way to the session: one answer for each stretch of calls that are done."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence

from .faults import Fault, fault_of
from .inputs import NO_INPUT
from .preview import preview, preview_call
from .wire import Bytes


class Answer(NamedTuple):
    """Calls that are done, all of one worker.

    ``records`` is what protocol/stamps.ts describes, less the blobs, or ``None`` with recording off.
    """

    #: Index of each, in the order of ``results``.
    indices: Sequence[int]
    records: Optional[Dict[str, Any]]
    #: The blobs of ``records`` by name.
    stamps: Mapping[str, Bytes]
    #: Failed calls hold ``None``.
    results: List[Any]
    failures: List[Fault]
    previews: List[Dict[str, Any]]
    #: How long the calls took from the first's begin to the last's end, ms; ``None`` where they overlapped others.
    span: Optional[float]


Deliver = Callable[[Answer], None]


class Leavings:
    """Failures and previews of calls, until the next answer takes them."""

    def __init__(self, previews: int, spread: bool) -> None:
        self._limit = previews
        self._spread = spread
        self._failures: List[Fault] = []
        self._previews: List[Dict[str, Any]] = []

    @property
    def limit(self) -> int:
        """Calls with an index below this get a preview."""
        return self._limit

    def fail(self, index: int, error: BaseException, value: Any) -> None:
        self._failures.append(fault_of(error, index, "run"))
        self._previews.append({"index": index, "input": self._call(value), "result": None})

    def show(self, index: int, value: Any, result: Any) -> None:
        self._previews.append({"index": index, "input": self._call(value), "result": preview(result)})

    def take(self) -> Any:
        """The failures and the previews since the last call."""
        taken = self._failures, self._previews
        self._failures, self._previews = [], []
        return taken

    def _call(self, value: Any) -> str:
        return "" if value is NO_INPUT else preview_call(value, self._spread)
