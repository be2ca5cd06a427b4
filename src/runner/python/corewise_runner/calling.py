"""How the target is called for one input."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Callable, List, Set, Type

from .inputs import NO_INPUT, NoInput
from .preview import kind_of

Function = Callable[..., Any]


def is_async(function: Function) -> bool:
    """Whether calling it makes a coroutine, as far as can be told without calling it."""
    while isinstance(function, functools.partial):
        function = function.func
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(getattr(function, "__call__", None))


class Caller:
    """Calls of one target; ``most`` is how many positional arguments it takes at most, ``None``: any number.

    A tuple is spread over the parameters. Where there is one parameter at most, only a tuple of one is: a longer one can
    only be meant as the argument.
    """

    def __init__(self, function: Function, spread: bool) -> None:
        self._function = function
        self._spread = spread

    def for_inputs(self, inputs: List[Any], plain: bool = False) -> Function:
        """A function of one input, as bare as these inputs allow. ``plain``: none of them is a tuple or stands for none."""
        if plain:
            return self._function
        kinds: Set[Type[Any]] = set(map(type, inputs))
        if NoInput in kinds:
            return self._without
        return self._mixed if tuple in kinds else self._function

    def arguments(self, value: Any) -> tuple[Any, ...]:
        if value is NO_INPUT:
            return ()
        is_list = kind_of(value) is tuple and (self._spread or len(value) == 1)
        return value if is_list else (value,)

    def _without(self, _value: Any) -> Any:
        return self._function()

    def _mixed(self, value: Any) -> Any:
        return self._function(*self.arguments(value))
