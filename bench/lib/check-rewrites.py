"""Compiles rewritten modules, and runs the examples of functions that were wrapped as CPU tasks, before and after.

In: lines of JSON, `{"id", "file", "text", "function"}`. Out: lines of JSON, `{"id", "compiles", "examples", "same", "why"}`.
An example is a doctest that is one call of the function; it is run as it stands, and by awaiting the new function.
"""

import ast
import asyncio
import doctest
import io
import json
import multiprocessing
import sys
import types
import warnings


def calls_of(name, namespace):
    for example in doctest.DocTestParser().get_examples(namespace[name].__doc__ or ""):
        source = example.source.strip()
        try:
            node = ast.parse(source, mode="eval").body
        except SyntaxError:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield source, source.replace(name, f"{name}_async", 1)


def outcome(run):
    try:
        return ("value", repr(run()))
    except Exception as error:
        return ("error", type(error).__name__)


def examples(name, text, file):
    module = types.ModuleType("rewritten")
    module.__file__ = file
    sys.modules["rewritten"] = module
    exec(compile(text, file, "exec"), module.__dict__)
    count = 0
    for before, after in calls_of(name, module.__dict__):
        sequential = outcome(lambda: eval(before, module.__dict__))
        awaited = outcome(lambda: asyncio.run(eval(f"(lambda: {after})", module.__dict__)()))
        count += 1
        if sequential != awaited:
            return count, f"{before}: {sequential} became {awaited}"
    return count, None


def check(request):
    report = {"id": request["id"], "compiles": True, "examples": 0, "same": True, "why": None}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(request["text"], request["file"], "exec")
    except SyntaxError as error:
        return {**report, "compiles": False, "why": str(error)}
    if request["function"]:
        try:
            report["examples"], report["why"] = examples(request["function"], request["text"], request["file"])
            report["same"] = report["why"] is None
        except Exception as error:
            report["why"] = f"cannot be loaded by itself: {type(error).__name__}"
    return report


multiprocessing.set_start_method("fork")
answers, sys.stdout = sys.stdout, io.StringIO()
for line in sys.stdin:
    print(json.dumps(check(json.loads(line))), file=answers, flush=True)
