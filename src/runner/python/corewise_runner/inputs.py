"""Argument lists, taken in pieces."""

from __future__ import annotations

import csv
import json
import os
from itertools import islice
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional

from .faults import RunFault, fault_from, fault_of


class Source:
    """Inputs of a run. ``total`` is ``None`` where only the end will tell."""

    def __init__(self, items: Iterable[Any], total: Optional[int]) -> None:
        self.total = total
        self._items = iter(items)
        self.ended = False

    def take(self, count: int) -> List[Any]:
        """The next ``count`` inputs; fewer or none at the end. Raises what the user's iterator raises."""
        taken = list(islice(self._items, count))
        self.ended = len(taken) < count
        return taken


class NoInput:
    """Stands for each call without arguments."""


NO_INPUT = NoInput()


class _Repeat(Source):
    def __init__(self, times: int) -> None:
        super().__init__((), times)
        self._left = times

    def take(self, count: int) -> List[Any]:
        count = min(count, self._left)
        self._left -= count
        self.ended = self._left == 0
        return [NO_INPUT] * count


def open_inputs(spec: Dict[str, Any], evaluate: Callable[[], Any], spread: bool) -> Source:
    """The inputs that ``spec`` (``inputs`` of a run) means. Raises a `RunFault` where they cannot be."""
    kind = spec["kind"]
    if kind == "repeat":
        return _Repeat(spec["times"])
    try:
        return _open_file(spec["path"], spread) if kind == "file" else _source_of(evaluate())
    except RunFault:
        raise
    except BaseException as error:
        raise RunFault(fault_of(error, -1, "inputs")) from None


def _source_of(value: Any) -> Source:
    if hasattr(value, "__aiter__"):
        return Source(_drive(value), None)
    if isinstance(value, (str, bytes, bytearray)):
        raise _wrong(f"The inputs are a {type(value).__name__}, not a list.", "Put it into a list: ['text'] is one call.")
    try:
        iterator = iter(value)
    except TypeError:
        hint = "Write a list or anything iterable, with one element for each call: [1, 2, 3]."
        raise _wrong(f"The inputs are {'None' if value is None else 'of type ' + type(value).__name__}, not a list.", hint) from None
    try:
        return Source(iterator, len(value))
    except TypeError:
        return Source(iterator, None)


def _drive(source: Any) -> Iterator[Any]:
    """An asynchronous iterator, driven by a loop of its own."""
    import asyncio

    loop = asyncio.new_event_loop()
    iterator = source.__aiter__()
    try:
        while True:
            try:
                yield loop.run_until_complete(iterator.__anext__())
            except StopAsyncIteration:
                return
    finally:
        loop.close()


def _open_file(path: str, spread: bool) -> Source:
    kind = os.path.splitext(path)[1].lower()
    if kind == ".json":
        with open(path, encoding="utf-8-sig") as file:
            value = json.load(file)
        if not isinstance(value, list):
            raise _wrong(f"{path} holds no array.", "Its elements are the inputs, one for each call.")
        items: List[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return Source((_as_call(item, spread) for item in items), len(items))
    if kind in (".ndjson", ".jsonl"):
        return Source((_as_call(item, spread) for item in _read_lines(path)), None)
    if kind == ".csv":
        rows = list(_read_csv(path, spread))
        return Source(rows, len(rows))
    raise _wrong(f"{path} is of no kind that inputs can be read from.", "Use a .json, .ndjson or .csv file.")


def _as_call(item: Any, spread: bool) -> Any:
    """JSON has no tuples: where the function takes several parameters, an array is its arguments."""
    return tuple(item) if spread and isinstance(item, list) else item  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _read_lines(path: str) -> Iterator[Any]:
    with open(path, encoding="utf-8-sig") as file:
        for number, text in enumerate(file, 1):
            if not text.strip():
                continue
            try:
                yield json.loads(text)
            except ValueError as fault:
                raise _wrong(f"{path}:{number} is no JSON: {fault}", "") from None


def _read_csv(path: str, spread: bool) -> Iterator[Any]:
    """Tuples in column order where the function takes several parameters, the cell itself where there is one column,
    else dictionaries by the header's names. Numbers become numbers."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, None)
        for row in rows:
            if not row or header is None:
                continue
            cells = [_number_or_text(cell) for cell in row]
            yield tuple(cells) if spread else cells[0] if len(header) == 1 else dict(zip(header, cells))


def _number_or_text(cell: str) -> Any:
    for kind in (int, float):
        try:
            value = kind(cell)
        except ValueError:
            continue
        # Underscores, and nan and inf, are words in a table.
        return value if "_" not in cell and value - value == 0 else cell
    return cell


def _wrong(message: str, hint: str) -> RunFault:
    return RunFault(fault_from(-1, "inputs", "InputsError", f"{message} {hint}".strip()))
