"""Bounded one-line pictures of values. Of foreign types only ``__repr__`` runs, and what it throws is caught."""

from __future__ import annotations

from itertools import islice
from typing import Any, Callable, Dict, Type, cast

#: Longest preview, in characters.
LONGEST = 200
_most_items = 8
_longest_text = 80
_deepest = 3
#: Decimal digits of an integer that are worth writing out; Python itself refuses beyond some thousands.
_most_digits = 60


def kind_of(value: Any) -> Type[Any]:
    """Its exact type, of which nothing more is concluded."""
    return cast("Type[Any]", type(value))


def preview(value: Any) -> str:
    return clip(_picture(value, 0))


def preview_call(value: Any, spread: bool) -> str:
    """The arguments of a call, as they would be written between its parentheses."""
    if not spread or kind_of(value) is not tuple:
        return preview(value)
    shown = ", ".join(preview(part) for part in value[:_most_items])
    return clip(shown + (", …" if len(value) > _most_items else ""))


def clip(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _picture(value: Any, depth: int) -> str:
    kind = kind_of(value)
    if kind in _plain:
        return repr(value)
    draw = _pictures.get(kind)
    if draw:
        return draw(value, depth) if depth < _deepest or kind in _scalars else f"<{kind.__name__} of {len(value)}>"
    shaped = _shaped(value, kind)
    if shaped:
        return shaped
    try:
        text = repr(value)
        return " ".join(clip(text).split()) if isinstance(text, str) else f"<{kind.__name__}>"  # pyright: ignore[reportUnnecessaryIsInstance]
    except BaseException as fault:  # pylint: disable=broad-except
        return f"<{kind.__name__}, whose repr raises {type(fault).__name__}>"


_plain = {bool, type(None), float, complex, type(...)}


def _int(value: int, _depth: int) -> str:
    digits = value.bit_length() * 0.30103
    return repr(value) if digits <= _most_digits else f"<int of about {int(digits) + 1:,} digits>".replace(",", " ")


def _text(value: Any, _depth: int) -> str:
    return repr(value) if len(value) <= _longest_text else f"{value[:_longest_text]!r}… ({len(value)})"


def _items(opening: str, closing: str) -> Callable[[Any, int], str]:
    def draw(value: Any, depth: int) -> str:
        size = len(value)
        shown = [_picture(item, depth + 1) for item in islice(value, _most_items)]
        if size > _most_items:
            shown.append(f"… ({size})")
        tail = "," if opening == "(" and size == 1 else ""
        return f"{opening}{', '.join(shown)}{tail}{closing}"

    return draw


def _set(value: Any, depth: int) -> str:
    return _items("{", "}")(value, depth) if value else "set()"


def _frozenset(value: Any, depth: int) -> str:
    return f"frozenset({_items('{', '}')(value, depth) if value else ''})"


def _dict(value: Dict[Any, Any], depth: int) -> str:
    shown = [f"{_picture(key, depth + 1)}: {_picture(item, depth + 1)}" for key, item in islice(value.items(), _most_items)]
    if len(value) > _most_items:
        shown.append(f"… ({len(value)})")
    return f"{{{', '.join(shown)}}}"


_pictures: Dict[Type[Any], Callable[[Any, int], str]] = {
    int: _int,
    str: _text,
    bytes: _text,
    bytearray: _text,
    list: _items("[", "]"),
    tuple: _items("(", ")"),
    set: _set,
    frozenset: _frozenset,
    dict: _dict,
}


_scalars = {int, str, bytes, bytearray}


def _shaped(value: Any, kind: Type[Any]) -> str:
    """Arrays and tables say how large they are; what is in them would take long to write. They are never imported here."""
    if kind.__module__.partition(".")[0] not in ("numpy", "pandas", "polars", "torch", "cupy", "jax", "jaxlib", "tensorflow"):
        return ""
    try:
        shape: Any = getattr(value, "shape", None)
        if not issubclass(kind_of(shape), tuple) or len(shape) == 0:
            return ""
        size = ", ".join(str(part) for part in shape)
        dtype: Any = getattr(value, "dtype", None)
        return f"{kind.__name__}(shape=({size}{',' if len(shape) == 1 else ''}){'' if dtype is None else f', dtype={dtype}'})"
    except BaseException:  # pylint: disable=broad-except
        return ""
