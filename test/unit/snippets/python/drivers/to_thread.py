import asyncio
import tempfile
from pathlib import Path

from left import say_what_is_left
from reading import read_all

with tempfile.TemporaryDirectory() as folder:
    paths = [Path(folder, name) for name in ("a", "b", "c")]
    for path in paths:
        path.write_text(f"text of {path.name}")
    print(asyncio.run(read_all(paths)))
    try:
        asyncio.run(read_all([Path(folder, "missing")]))
    except FileNotFoundError as error:
        print(type(error).__name__)
say_what_is_left()
