"""The parts that a run is put together from: sizes, ledger, inputs, places of files."""

import json
import os
import tempfile
import unittest

import support  # noqa: F401
from corewise_runner.chunk_size import LARGEST, ChunkSize
from corewise_runner.faults import RunFault, fault_of
from corewise_runner.inputs import NO_INPUT, open_inputs
from corewise_runner.ledger import Chunk, Ledger, ranges
from corewise_runner.output import MOST_PENDING, Lines, RawLines
from corewise_runner.surroundings import place_of


class Sizes(unittest.TestCase):
    def test_grow_while_chunks_are_quick_and_shrink_where_they_are_slow(self):
        sizes = ChunkSize("auto", 2)
        for _ in range(20):
            sizes.learn(sizes.next(None), 0.01)
        self.assertEqual(sizes.next(None), LARGEST)
        sizes.learn(LARGEST, 50)
        self.assertEqual(sizes.next(None), LARGEST // 2)
        self.assertEqual(sizes.next(40), 5)
        self.assertEqual(sizes.next(0), 1)

    def test_are_what_was_asked_for(self):
        self.assertEqual([ChunkSize(7, 2).next(left) for left in (None, 100, 3)], [7, 7, 3])

    def test_hold_nothing_behind_a_long_chunk(self):
        sizes = ChunkSize("auto", 2)
        self.assertEqual(sizes.depth, 1)
        sizes.learn(1, 0.1)
        self.assertEqual(sizes.depth, 2)
        sizes.learn(2, 100)
        self.assertEqual(sizes.depth, 1)


class Ledgers(unittest.TestCase):
    def test_know_what_is_not_answered(self):
        ledger = Ledger()
        ledger.open(Chunk(0, [0] * 4, 0), 1, 0)
        ledger.open(Chunk(4, [0] * 2, 0), 1, 0)
        self.assertEqual(ledger.tasks(1), 6)
        self.assertEqual([entry.chunk.first for entry in ledger.answer_range(1, 4, 2)], [4])
        self.assertEqual(ledger.answer(1, [2, 2, 0]), [])
        (lost,) = ledger.lose(1)
        self.assertEqual(lost.missing, [1, 3])
        self.assertEqual((ledger.size, ledger.lose(1)), (0, []))

    def test_put_neighbours_together(self):
        self.assertEqual(ranges([1, 2, 3, 7, 9, 10]), [(1, 3), (7, 1), (9, 2)])
        self.assertEqual(ranges([]), [])


class Inputs(unittest.TestCase):
    def take(self, spec, evaluate=lambda: None, spread=False):
        source = open_inputs(spec, evaluate, spread)
        return source.total, source.take(100)

    def file(self, name, text):
        folder = tempfile.mkdtemp()
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.addCleanup(lambda: (os.remove(path), os.rmdir(folder)))
        return {"kind": "file", "path": path}

    def test_are_anything_iterable(self):
        module = {"kind": "module"}
        self.assertEqual(self.take(module, lambda: range(3)), (3, [0, 1, 2]))
        self.assertEqual(self.take(module, lambda: (i for i in "ab")), (None, ["a", "b"]))
        self.assertEqual(self.take(module, lambda: {"a": 1}), (1, ["a"]))

        async def later():
            for i in range(2):
                yield i

        self.assertEqual(self.take(module, later), (None, [0, 1]))

    def test_are_refused_with_what_to_write(self):
        for value, words in ((12, "of type int, not a list"), (None, "None, not a list"), ("abc", "a str, not a list")):
            with self.assertRaises(RunFault) as caught:
                self.take({"kind": "module"}, lambda value=value: value)
            self.assertIn(words, caught.exception.fault["message"])
            self.assertEqual(caught.exception.fault["phase"], "inputs")

    def test_repeat(self):
        source = open_inputs({"kind": "repeat", "times": 3}, lambda: None, False)
        self.assertEqual((source.total, source.take(2), source.take(2), source.ended), (3, [NO_INPUT] * 2, [NO_INPUT], True))

    def test_come_from_files(self):
        pairs = self.file("a.json", json.dumps([[1, 2], {"a": 3}]))
        self.assertEqual(self.take(pairs), (2, [[1, 2], {"a": 3}]))
        self.assertEqual(self.take(pairs, spread=True), (2, [(1, 2), {"a": 3}]))
        self.assertEqual(self.take(self.file("a.ndjson", "\ufeff7\n\n[8]\n")), (None, [7, [8]]))
        table = "n,m\r\n1,x\r\n2.5,nan\r\n"
        self.assertEqual(self.take(self.file("a.csv", table)), (2, [{"n": 1, "m": "x"}, {"n": 2.5, "m": "nan"}]))
        self.assertEqual(self.take(self.file("a.csv", table), spread=True), (2, [(1, "x"), (2.5, "nan")]))
        self.assertEqual(self.take(self.file("a.csv", "n\n1_000\n4\n")), (2, ["1_000", 4]))

    def test_of_files_name_the_line_that_is_wrong(self):
        source = open_inputs(self.file("a.ndjson", "1\n{\n"), lambda: None, False)
        with self.assertRaises(RunFault) as caught:
            source.take(10)
        self.assertRegex(caught.exception.fault["message"], r"a\.ndjson:2 is no JSON")


class Places(unittest.TestCase):
    def place(self, path, files, text=""):
        with tempfile.TemporaryDirectory() as root:
            for name in (*files, path):
                os.makedirs(os.path.dirname(os.path.join(root, name)), exist_ok=True)
                with open(os.path.join(root, name), "w", encoding="utf-8"):
                    pass
            place = place_of(os.path.join(root, path), text)
            return place.name, os.path.relpath(place.root, root), place.packaged

    def test_are_scripts_packages_and_namespaces(self):
        self.assertEqual(self.place("a.py", []), ("a", ".", False))
        self.assertEqual(self.place("p/q/a.py", ["p/__init__.py", "p/q/__init__.py"]), ("p.q.a", ".", True))
        self.assertEqual(self.place("src/p/a.py", ["src/p/__init__.py"]), ("p.a", "src", True))
        self.assertEqual(self.place("p/__init__.py", []), ("p", ".", False))
        self.assertEqual(self.place("src/n/m/a.py", [], "from . import b"), ("n.m.a", "src", True))
        self.assertEqual(self.place("n/a.py", ["pyproject.toml"], "from .b import c"), ("n.a", ".", True))

    def test_never_take_a_name_of_the_library(self):
        self.assertEqual(self.place("json.py", [])[0], "json_")
        self.assertEqual(self.place("a.b.py", [])[0], "a_b")


class Faults(unittest.TestCase):
    def test_hold_causes_and_no_frame_of_ours(self):
        try:
            try:
                raise ValueError("the reason")
            except ValueError as reason:
                raise TypeError("what came of it") from reason
        except TypeError as error:
            fault = fault_of(error, 3, "run")
        self.assertEqual((fault["index"], fault["name"], fault["message"]), (3, "TypeError", "what came of it"))
        self.assertLess(fault["stack"].index("ValueError: the reason"), fault["stack"].index("direct cause"))
        self.assertIn(__file__, fault["stack"])

    def test_are_bounded(self):
        fault = fault_of(ValueError("x" * 10**7), 0, "run")
        self.assertLess(len(fault["message"]) + len(fault["stack"]), 40_000)

    def test_name_the_line_of_a_syntax_error(self):
        try:
            compile("x = (", "/a/b.py", "exec")
        except SyntaxError as error:
            self.assertRegex(fault_of(error, -1, "load")["message"], r"\(/a/b\.py:1\)$")


class Output(unittest.TestCase):
    def test_is_cut_into_lines_by_task(self):
        lines = Lines()
        for task, text in ((1, "one\ntw"), (2, "other\r\n"), (1, "o\nrest")):
            lines.write("stdout", task, text)
        taken, dropped = lines.take()
        self.assertEqual([(line["task"], line["text"]) for line in taken], [(1, "one"), (2, "other"), (1, "two"), (1, "rest")])
        self.assertEqual((dropped, lines.waiting), (0, False))

    def test_is_bounded_and_counts_what_is_let_go(self):
        lines = Lines()
        RawLines("stderr", lines).push(b"\xff" * (1 << 20), None)
        taken, dropped = lines.take()
        self.assertEqual(sum(len(line["text"]) for line in taken) + dropped, 1 << 20)
        self.assertLessEqual(len(taken[0]["text"]), MOST_PENDING)


if __name__ == "__main__":
    unittest.main()
