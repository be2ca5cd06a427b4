"""Loads the module of a run under its own name and finds the target in it."""

from __future__ import annotations

import importlib
import linecache
import sys
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_loader
from types import CodeType, ModuleType
from typing import Any, Callable, Dict, Optional, Sequence

from .faults import RunFault, fault_from, fault_of
from .surroundings import Place, place_of


class _TextLoader(InspectLoader):
    """Loads a module from a text that its file need not hold: a slice, or an editor that is not saved."""

    def __init__(self, file: str, text: str, package: bool) -> None:
        self.path = file
        self._text = text
        self._package = package

    def get_filename(self, fullname: str) -> str:
        return self.path

    def get_source(self, fullname: str) -> str:
        return self._text

    def is_package(self, fullname: str) -> bool:
        return self._package

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._text, self.path, "exec", dont_inherit=True)

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self.path
        # Tracebacks and inspect show what runs, whatever the file holds by then.
        linecache.cache[self.path] = (len(self._text), None, self._text.splitlines(True), self.path)
        exec(self.get_code(module.__name__), module.__dict__)  # pylint: disable=exec-used


class _Finder(MetaPathFinder):
    """Finds the run's module by name, and modules whose files are open and not saved."""

    def __init__(self, name: str, loader: _TextLoader, unsaved: Dict[str, str]) -> None:
        self._name = name
        self._loader = loader
        self._unsaved = unsaved

    def find_spec(self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None) -> Optional[ModuleSpec]:
        if fullname == self._name:
            return _located(fullname, self._loader)
        found = PathFinder.find_spec(fullname, path, target) if self._unsaved else None
        if found is None or found.origin is None or found.origin not in self._unsaved:
            return None
        return _located(fullname, _TextLoader(found.origin, self._unsaved[found.origin], found.submodule_search_locations is not None))


def _located(name: str, loader: _TextLoader) -> Optional[ModuleSpec]:
    spec = spec_from_loader(name, loader, origin=loader.path)
    if spec is not None:
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations[:] = [loader.path.rpartition("/")[0]]
    return spec


class Target:
    """The module of a run, not loaded yet. ``spec`` is the ``module`` of a run."""

    def __init__(self, spec: Dict[str, Any]) -> None:
        self._spec = spec
        self.file: str = spec["file"]
        # Workers take the program's word for it: functions and classes pickle by the same name everywhere.
        self.place = Place(*spec["place"]) if "place" in spec else place_of(self.file, spec["text"])
        spec["place"] = list(self.place)
        loader = _TextLoader(self.file, spec["text"], self.file.endswith("__init__.py"))
        unsaved = {path: text for path, text in spec.get("unsaved", {}).items() if path != self.file}
        sys.meta_path.insert(0, _Finder(self.place.name, loader, unsaved))

    def load(self) -> ModuleType:
        """The module; the same one each time. Raises a `RunFault` with what the module raises."""
        try:
            return importlib.import_module(self.place.name)
        except BaseException as error:
            raise RunFault(fault_of(error, -1, "load")) from None

    def function(self) -> Callable[..., Any]:
        """What is called for each task."""
        module = self.load()
        try:
            found = eval(self._spec["entry"], module.__dict__)  # pylint: disable=eval-used
        except BaseException as error:
            raise RunFault(fault_of(error, -1, "load")) from None
        if callable(found):
            return found
        kind = type(found).__name__
        raise RunFault(fault_from(-1, "load", "TypeError", f"The target is not a function when its module is loaded, but of type {kind}."))

    def inputs(self) -> Any:
        """What the inputs' expression evaluates to. Raises what it raises."""
        module = self.load()
        code = compile(self._spec["inputs"].strip(), "<inputs>", "eval", dont_inherit=True)
        return eval(code, module.__dict__)  # pylint: disable=eval-used
