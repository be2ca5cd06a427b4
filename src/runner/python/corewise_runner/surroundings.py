"""What a plain ``python file.py`` would find around it, and where a file stands among packages."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import FrozenSet, Generator, List, NamedTuple

#: The folder that our package lies in.
OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Place(NamedTuple):
    """A file as a module."""

    #: Dotted, so that functions pickle by it and relative imports find their way.
    name: str
    #: Folder that the name counts from.
    root: str
    #: Whether the name starts with a package.
    packaged: bool


def place_of(file: str, text: str = "") -> Place:
    """Where ``file`` stands: under the packages around it, or as a script by itself.

    Folders with an ``__init__.py`` are packages. A file that imports relatively without one belongs to a namespace
    package: its folder, counted from the project's ``src`` or root as far as those can be told.
    """
    folder, base = os.path.split(os.path.abspath(file))
    names = [os.path.splitext(base)[0]]
    if names == ["__init__"]:
        names = []
    root = folder
    while os.path.isfile(os.path.join(root, "__init__.py")) and os.path.basename(root).isidentifier():
        root, package = os.path.split(root)
        names.insert(0, package)
    if len(names) <= 1 and _imports_relatively(text):
        root = _namespace_root(folder)
        names = [*os.path.relpath(folder, root).split(os.sep), *names]
    if not names:
        names = [os.path.basename(folder)]
    packaged = len(names) > 1
    return Place(".".join(names) if packaged else _free_name(names[0]), root, packaged)


def adopt(file: str, place: Place, cwd: str) -> None:
    """Makes this process one that a plain ``python file.py``, started in ``cwd``, could be."""
    os.chdir(cwd)
    sys.argv[:] = [file]
    leave_path()
    folder = os.path.dirname(os.path.abspath(file))
    path: List[str] = []
    if place.packaged:
        # As with `python -m`: the packages' root. The file's own folder comes last, where none of its names can hide others.
        path.append(place.root)
        if folder not in sys.path:
            sys.path.append(folder)
    elif not getattr(sys.flags, "safe_path", False):
        path.append(folder)
    sys.path[:0] = [entry for entry in path if entry not in sys.path[:1]]


def leave_path() -> None:
    """Takes our folder off ``sys.path``: nothing of ours is to be found by user code, or to hide what is its own."""
    sys.path[:] = [entry for entry in sys.path if entry != OURS]


def leave_to_user(before: FrozenSet[str], folder: str) -> None:
    """Forgets modules of the library that we loaded and that a plain Python would find in the user's ``folder`` instead.

    ``before``: names of the modules that a plain Python has loaded when a script begins.
    """
    ours = __name__.partition(".")[0]
    for name in {name.partition(".")[0] for name in sys.modules} - before - {ours}:
        if os.path.isfile(os.path.join(folder, name + ".py")) or os.path.isfile(os.path.join(folder, name, "__init__.py")):
            for loaded in [it for it in sys.modules if it == name or it.startswith(name + ".")]:
                del sys.modules[loaded]


@contextmanager
def own_imports() -> Generator[None, None, None]:
    """Around imports of ours that come late, and the start of processes that inherit the path and import for us: nothing
    on the user's path can stand in for the library."""
    path = sys.path[:]
    sys.path[:] = [OURS, *_library]
    try:
        yield
    finally:
        sys.path[:] = path


def _is_library(entry: str) -> bool:
    library = os.path.dirname(os.__file__)
    return entry == library or entry.startswith(os.path.join(library, "lib-dynload")) or entry.endswith(".zip") or entry == os.path.join(sys.base_prefix, "DLLs")


_library = [entry for entry in sys.path if _is_library(entry)]


def leave_main() -> None:
    """Leaves a ``__main__`` without a file: a process that user code spawns must not run ours again."""
    sys.modules["__main__"] = ModuleType("__main__")


def _free_name(name: str) -> str:
    """A script called ``json.py`` must not become everybody's ``json``."""
    taken = name in sys.builtin_module_names or name in getattr(sys, "stdlib_module_names", ()) or name in sys.modules or name == "__main__"
    return f"{name}_" if taken else name.replace(".", "_")


def _imports_relatively(text: str) -> bool:
    return any(line.lstrip().startswith("from .") for line in text.splitlines())


_project_files = ("pyproject.toml", "setup.py", "setup.cfg", ".git")


def _namespace_root(folder: str) -> str:
    """The folder above the topmost one that may be part of a namespace package."""
    at = folder
    while True:
        parent = os.path.dirname(at)
        if parent == at or os.path.basename(parent) == "src" or not os.path.basename(at).isidentifier():
            return parent
        if any(os.path.exists(os.path.join(parent, name)) for name in _project_files):
            return parent
        at = parent
