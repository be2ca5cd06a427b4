"""Which task's code runs, where tasks overlap. Apart, so that asking does not load an event loop."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Optional

#: Across awaits, and in threads of the loop's executor.
current_task: "ContextVar[Optional[int]]" = ContextVar("corewise task", default=None)
