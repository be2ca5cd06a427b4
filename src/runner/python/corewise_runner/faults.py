"""Errors as plain text, bounded, read where they were raised: what a hostile ``__str__`` does, it does there."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType
from typing import Any, Dict, List, Optional, Set

from .preview import clip

Fault = Dict[str, Any]

_longest_message = 4_000
_longest_stack = 24_000
_most_frames = 40
_deepest_cause = 5
_here = os.path.dirname(os.path.abspath(__file__))


class RunFault(Exception):
    """A fault that ends the run. ``args[0]`` is the `Fault`."""

    @property
    def fault(self) -> Fault:
        return self.args[0]


def fault_from(index: int, phase: str, name: str, message: str, stack: str = "") -> Fault:
    """A fault of our own making, about a task or (index -1) the run."""
    return {"index": index, "phase": phase, "name": name, "message": message, "stack": stack}


def fault_of(error: BaseException, index: int, phase: str) -> Fault:
    """What was raised, with its causes and the user's own lines."""
    return fault_from(index, phase, type(error).__name__, message_of(error), stack_of(error))


def message_of(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"sys.exit({error.code!r}) was called."
    try:
        text = str(error)
    except BaseException as fault:  # pylint: disable=broad-except
        return f"[its message cannot be read: {type(fault).__name__}]"
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        text = f"{error.msg} ({error.filename}:{error.lineno})"
    if isinstance(error, KeyError) and len(error.args) == 1:
        text = clip(text, _longest_message)
    return text if len(text) <= _longest_message else f"{text[:_longest_message]}… ({len(text)} characters)"


def stack_of(error: BaseException) -> str:
    """The oldest cause first, as Python writes it."""
    parts: List[str] = []
    seen: Set[int] = set()
    at: Optional[BaseException] = error
    joint = ""
    while at is not None and id(at) not in seen and len(parts) < _deepest_cause:
        seen.add(id(at))
        parts.append(_stack_of_one(at) + joint)
        if at.__cause__ is not None:
            at, joint = at.__cause__, "\n\nThe above exception was the direct cause of the following exception:\n"
        elif at.__context__ is not None and not at.__suppress_context__:
            at, joint = at.__context__, "\n\nDuring handling of the above exception, another exception occurred:\n"
        else:
            at = None
    return clip("\n".join(reversed(parts)), _longest_stack)


def _stack_of_one(error: BaseException) -> str:
    frames = traceback.extract_tb(_own_frames(error.__traceback__), limit=-_most_frames)
    lines = traceback.format_list(frames)
    head = "Traceback (most recent call last):\n" if lines else ""
    if isinstance(error, SyntaxError):
        lines.extend(_syntax_lines(error))
    inner = "".join(f"\n  {type(part).__name__}: {message_of(part)}" for part in getattr(error, "exceptions", ())[:20] if isinstance(part, BaseException))
    return f"{head}{''.join(lines)}{type(error).__name__}: {message_of(error)}{inner}"


def _syntax_lines(error: SyntaxError) -> List[str]:
    if not error.filename or not error.lineno:
        return []
    place = f'  File "{error.filename}", line {error.lineno}\n'
    return [place, f"    {error.text.strip()}\n"] if error.text else [place]


def _own_frames(trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """Without the frames of the runner that the user's begin under; those of the import system go too."""
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace


def _is_ours(filename: str) -> bool:
    return filename.startswith((_here, "<frozen importlib")) or (filename.startswith(sys.base_prefix) and _machinery(filename))


def _machinery(filename: str) -> bool:
    """The library's own frames between the runner and the user's function."""
    return filename.endswith((f"asyncio{os.sep}threads.py", f"thread{os.sep}__init__.py")) or f"{os.sep}concurrent{os.sep}futures{os.sep}" in filename or f"{os.sep}asyncio{os.sep}" in filename
