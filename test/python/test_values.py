import enum
import json
import threading
import unittest
from collections import namedtuple

import support  # noqa: F401
from corewise_runner.preview import LONGEST, preview, preview_call
from corewise_runner.values import Results, to_json, unpicklable

Point = namedtuple("Point", "x y")


class Colour(enum.Enum):
    RED = 1


class Hostile:
    def __repr__(self):
        raise RuntimeError("no")


class Array:
    """Stands in for NumPy's: same module, shape and dtype."""

    shape = (1000, 3)
    dtype = "float64"

    def __repr__(self):
        raise AssertionError("an array is never written out")


Array.__module__ = "numpy"


class Previews(unittest.TestCase):
    def test_are_what_one_would_write(self):
        for value, text in [
            (None, "None"),
            (True, "True"),
            (1.5, "1.5"),
            ("it's", '"it\'s"'),
            (b"\x00", "b'\\x00'"),
            ([1, (2,), {"a": {3}}], "[1, (2,), {'a': {3}}]"),
            ((), "()"),
            (set(), "set()"),
            (frozenset({1}), "frozenset({1})"),
            (Point(1, 2), "Point(x=1, y=2)"),
            (Colour.RED, "<Colour.RED: 1>"),
        ]:
            with self.subTest(text):
                self.assertEqual(preview(value), text)

    def test_are_bounded_and_quick_for_anything(self):
        deep = []
        for _ in range(5000):
            deep = [deep]
        for value in ("x" * 10**8, list(range(10**6)), {i: i for i in range(10**6)}, 10**5000, deep, "\n" * 500):
            text = preview(value)
            self.assertLessEqual(len(text), LONGEST)
            self.assertNotIn("\n", text)
        self.assertEqual(preview(list(range(10))), "[0, 1, 2, 3, 4, 5, 6, 7, … (10)]")
        self.assertRegex(preview(10**5000), "int of about 5 001 digits")

    def test_survive_a_repr_that_raises(self):
        self.assertEqual(preview([Hostile()]), "[<Hostile, whose repr raises RuntimeError>]")

    def test_show_arrays_by_shape_and_type(self):
        self.assertEqual(preview(Array()), "Array(shape=(1000, 3), dtype=float64)")

    def test_spread_a_tuple_over_the_parameters(self):
        self.assertEqual(preview_call((1, "b"), True), "1, 'b'")
        self.assertEqual(preview_call([1, 2], True), "[1, 2]")


class Json(unittest.TestCase):
    def test_says_what_it_can_and_names_the_rest(self):
        for value, expected in [
            ([1, (2, None), {"a": "b"}], [1, [2, None], {"a": "b"}]),
            (Point(1, 2), [1, 2]),
            (2**60, {"$type": "bigint", "value": str(2**60)}),
            (float("nan"), {"$type": "number", "value": "NaN"}),
            (float("-inf"), {"$type": "number", "value": "-Infinity"}),
            ({1: 2}, {"$type": "dict", "value": [[1, 2]]}),
            ({"$type": 1}, {"$type": "dict", "value": [["$type", 1]]}),
            ({3}, {"$type": "set", "value": [3]}),
            (b"a", {"$type": "bytes", "value": "b'a'"}),
            (1j, {"$type": "complex", "value": "1j"}),
            (Colour.RED, {"$type": f"{__name__}.Colour", "value": "<Colour.RED: 1>"}),
        ]:
            with self.subTest(repr(value)):
                self.assertEqual(to_json(value), expected)
                json.dumps(expected, allow_nan=False)

    def test_stops_at_a_value_inside_itself(self):
        loop = [1]
        loop.append(loop)
        self.assertEqual(to_json(loop), [1, {"$type": "cycle"}])

    def test_gives_previews_of_what_is_too_large(self):
        text, large = Results().pack([(0, 1), (5, "x" * 2**25), (6, [0] * 10**6)])
        self.assertEqual(json.loads(text), [[0, 1]])
        self.assertEqual([each["index"] for each in large], [5, 6])


class Unpicklable(unittest.TestCase):
    def test_values_are_found_by_their_path(self):
        class Local:
            pass

        held = Hostile()
        held.lock = threading.Lock()
        for value, path, what in [
            ({"a": [1, {"callback": lambda: 1}]}, "['a'][1]['callback']", "a lambda"),
            ((1, held), "[1].lock", "a lock"),
            (Local, "", "Local, which is defined inside a function"),
            ((i for i in ()), "", "a generator"),
        ]:
            with self.subTest(what):
                self.assertEqual(unpicklable(value)[:2], (path, what))


if __name__ == "__main__":
    unittest.main()
