"""foreign_imports.py FOLDER: prints as JSON what the modules there import that is neither of theirs nor of Python 3.10 or newer."""

import ast
import json
import sys
from pathlib import Path

paths = list(Path(sys.argv[1]).glob("*.py"))
trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
nodes = [node for tree in trees for node in ast.walk(tree)]
names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
known = {*sys.stdlib_module_names, *(path.stem for path in paths)}
print(json.dumps(sorted(name for name in names if name.split(".")[0] not in known)))
