"""Values on their way out of a worker: as JSON for whoever asked for results, and what cannot be sent at all."""

from __future__ import annotations

import json
import pickle
from itertools import islice
from typing import Any, Dict, Iterable, Iterator, List, Optional, Set, Tuple, cast

from .preview import clip, kind_of, preview

#: Bounds on what is kept of results, in bytes of JSON: of one, and of all results of a run together.
LARGEST = 16 << 20
MOST = 256 << 20
#: Values inside one result that are looked at before it counts as too large: looking must not cost seconds.
_most_parts = 200_000
_deepest = 100
#: Integers beyond this lose digits as JSON numbers.
_exact = 1 << 53


class TooLarge(Exception):
    """The value is not worth writing out whole."""


class Results:
    """Results as ``[[index, value], ...]``, with those that are too large as previews."""

    def __init__(self) -> None:
        self._bytes = 0

    def pack(self, indexed: Iterable[Tuple[int, Any]]) -> Tuple[bytes, List[Dict[str, Any]]]:
        texts: List[str] = []
        too_large: List[Dict[str, Any]] = []
        for index, value in indexed:
            text = self._text(value)
            if text is None:
                too_large.append({"index": index, "preview": preview(value)})
            else:
                texts.append(f"[{index},{text}]")
        return f"[{','.join(texts)}]".encode(), too_large

    def _text(self, value: Any) -> Optional[str]:
        try:
            text = json.dumps(to_json(value), separators=(",", ":"))
        except TooLarge:
            return None
        if len(text) > LARGEST or self._bytes + len(text) > MOST:
            return None
        self._bytes += len(text)
        return text


def to_json(value: Any) -> Any:
    """``value`` as JSON can say it; what it cannot say is ``{"$type": ...}`` with a value or a preview."""
    return _Encoder().encode(value, 0)


#: A named tuple is a list in JSON; a list with an iteration of its own is not.
_plain_iteration: Tuple[Any, ...] = (list.__dict__["__iter__"], tuple.__dict__["__iter__"])


def _is_list(kind: Any) -> bool:
    return issubclass(kind, (list, tuple)) and getattr(cast(Any, kind), "__iter__") in _plain_iteration


def _typed(name: str, value: Any) -> Dict[str, Any]:
    return {"$type": name, "value": value}


class _Encoder:
    def __init__(self) -> None:
        self._parts = 0
        self._characters = 0
        self._around: Set[int] = set()

    def encode(self, value: Any, depth: int) -> Any:
        self._parts += 1
        if self._parts > _most_parts or depth > _deepest:
            raise TooLarge
        kind = kind_of(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return value if -_exact < value < _exact else _typed("bigint", _digits(value))
        if kind is float:
            return value if value - value == 0 else _typed("number", _not_finite(value))
        if kind is str:
            self._characters += len(value)
            if self._characters > LARGEST:
                raise TooLarge
            return value
        return self._compound(value, depth)

    def _compound(self, value: Any, depth: int) -> Any:
        if id(value) in self._around:
            return {"$type": "cycle"}
        self._around.add(id(value))
        try:
            kind = kind_of(value)
            if _is_list(kind):
                return self._list(value, depth)
            if kind is dict:
                return self._dict(value, depth)
            if kind in (set, frozenset):
                return _typed(kind.__name__, self._list(value, depth))
            if kind in (bytes, bytearray):
                return _typed(kind.__name__, clip(repr(bytes(value[:4096])), 4096))
            if kind is complex:
                return _typed("complex", repr(value))
            return _typed(f"{kind.__module__}.{kind.__qualname__}", preview(value))
        finally:
            self._around.discard(id(value))

    def _list(self, value: Any, depth: int) -> List[Any]:
        if len(value) > _most_parts:
            raise TooLarge
        return [self.encode(item, depth + 1) for item in value]

    def _dict(self, value: Dict[Any, Any], depth: int) -> Any:
        if len(value) > _most_parts:
            raise TooLarge
        if all(kind_of(key) is str for key in value) and "$type" not in value:
            return {key: self.encode(item, depth + 1) for key, item in value.items()}
        return _typed("dict", [[self.encode(key, depth + 1), self.encode(item, depth + 1)] for key, item in value.items()])


def _digits(value: int) -> str:
    if value.bit_length() > 12_000:
        raise TooLarge
    return str(value)


def _not_finite(value: float) -> str:
    if value != value:
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def unpicklable(value: Any) -> Tuple[str, str, str]:
    """Where in ``value`` pickling fails, as a path such as ``['a'][1].callback``; what stands there; what pickle says."""
    at, path, why = value, "", _pickle_fault(value) or ""
    seen: Set[int] = set()
    while id(at) not in seen:
        seen.add(id(at))
        for step, member in _members(at):
            fault = _pickle_fault(member) if id(member) not in seen else None
            if fault is not None:
                at, path, why = member, path + step, fault
                break
    return path, _name_of(at), why


def _pickle_fault(value: Any) -> Optional[str]:
    try:
        pickle.dumps(value, 5)
        return None
    except BaseException as fault:  # pylint: disable=broad-except
        return clip(f"{type(fault).__name__}: {fault}", 300)


_most_members = 10_000


def _members(value: Any) -> Iterable[Tuple[str, Any]]:
    kind: Any = kind_of(value)
    if kind in (list, tuple):
        items: Iterator[Any] = islice(value, _most_members)
        return ((f"[{i}]", member) for i, member in enumerate(items))
    if kind is dict:
        return ((f"[{preview(key)}]", member) for key, member in islice(value.items(), _most_members))
    if kind in (set, frozenset):
        return ((".(member)", member) for member in islice(value, _most_members))
    try:
        own: Any = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return ()
    return ((f".{name}", member) for name, member in list(own.items())) if kind_of(own) is dict and not issubclass(kind, type) else ()


def _name_of(value: Any) -> str:
    name = type(value).__name__
    own = getattr(value, "__qualname__", None) if callable(value) else None
    if isinstance(own, str):
        if own.endswith("<lambda>"):
            return "a lambda"
        if "<locals>" in own:
            return f"{own.rpartition('.')[2]}, which is defined inside a function"
        return f"the {name} {own}"
    return f"an {name}" if name[:1] in "aeiouAEIOU" else f"a {name}"
