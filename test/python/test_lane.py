import asyncio
import time
import unittest
from array import array

import support  # noqa: F401
from corewise_runner.lane import Lane, shares_of
from corewise_runner.meter import Stretch, ThreadMeter
from corewise_runner.overlap import Calls, Overlap
from corewise_runner.watch import LONGEST, shared_memory, watch_in


def orders(**others):
    return {"record": True, "previews": 3, "spread": True, "origin": time.perf_counter(), "concurrency": 1, **others}


class Run:
    """A lane over made-up watch memory, and what it answered."""

    def __init__(self, function, **others):
        self.answers = []
        self.memory, _ = shared_memory(1)
        self.watch = watch_in(self.memory, 0)
        self.orders = orders(**others)
        self.lane = Lane(4, function, self.orders, self.watch, self.answers.append)

    def run(self, first, inputs):
        self.lane.run(first, inputs, 1.5, 0.5)
        return self.answers

    @property
    def results(self):
        return [result for answer in self.answers for result in answer.results]


def ends_of(answer):
    return array("d", answer.stamps["ends"]).tolist()


class Lanes(unittest.TestCase):
    def test_answer_each_call_once_in_order_with_its_end(self):
        run = Run(lambda n: n * 2)
        count = LONGEST * 2 + 10
        run.run(7, list(range(count)))
        self.assertEqual(run.results, [n * 2 for n in range(count)])
        self.assertEqual([index for answer in run.answers for index in answer.indices], list(range(7, 7 + count)))
        for answer in run.answers:
            self.assertEqual(answer.records["n"], len(answer.indices))
            ends = ends_of(answer)
            self.assertEqual(ends, sorted(ends))
            self.assertGreaterEqual(ends[0], answer.records["begin"])
            self.assertEqual(sum(answer.records["shares"][::3]), len(answer.indices))
        self.assertIsNone(run.watch.running)

    def test_answer_at_least_every_ten_ms(self):
        run = Run(lambda n: time.sleep(0.006))
        run.run(0, [0] * 6)
        self.assertGreaterEqual(len(run.answers), 3)

    def test_spread_tuples_but_not_over_one_parameter(self):
        self.assertEqual(Run(lambda a, b: a - b).run(0, [(5, 3)])[0].results, [2])
        self.assertEqual(Run(len, spread=False).run(0, [(5, 3)])[0].results, [2])
        self.assertEqual(Run(len, spread=False).run(0, [("abc",)])[0].results, [3])

    def test_await_what_is_async_even_where_it_does_not_look_so(self):
        async def double(n):
            await asyncio.sleep(0)
            return n * 2

        for function in (double, lambda n: double(n)):
            run = Run(function)
            run.run(0, [1])
            run.run(1, [2, 3])
            self.assertEqual(run.results, [2, 4, 6])
            run.lane.close()

    def test_go_on_after_whatever_is_raised(self):
        def fail(n):
            if n % 2:
                raise SystemExit(n)
            return n

        (answer,) = Run(fail).run(10, [0, 1, 2, 3])
        self.assertEqual([(it["index"], it["name"], it["message"]) for it in answer.failures], [(11, "SystemExit", "sys.exit(1) was called."), (13, "SystemExit", "sys.exit(3) was called.")])
        self.assertEqual(answer.records["failed"], [1, 3])
        self.assertEqual(answer.results, [0, None, 2, None])
        self.assertEqual({it["index"] for it in answer.previews}, {11, 13})

    def test_show_the_first_calls(self):
        (answer,) = Run(lambda n: n + 1).run(1, [5, 6, 7])
        self.assertEqual(answer.previews, [{"index": 1, "input": "5", "result": "6"}, {"index": 2, "input": "6", "result": "7"}])

    def test_tell_which_call_runs(self):
        seen = []
        run = Run(lambda n: seen.append((run.watch.running, run.watch.begun)))
        run.run(100, [0, 0, 0])
        self.assertEqual(seen, [(100, 101), (101, 102), (102, 103)])
        self.assertEqual(run.watch.begun, 103)


class Overlaps(unittest.TestCase):
    def overlap(self, function, chunks, **others):
        answers = []
        memory, _ = shared_memory(1)
        overlap = Overlap(0, function, orders(**{"concurrency": 4, **others}), watch_in(memory, 0), answers.append)
        waiting = [Calls(first, inputs, 0.0, 0.0) for first, inputs in chunks]

        def more():
            if not waiting:
                raise StopIteration
            return waiting.pop(0)

        asyncio.run(overlap.run(more))
        results = {index: result for answer in answers for index, result in zip(answer.indices, answer.results)}
        return answers, results

    def test_make_as_many_calls_at_once_as_they_may(self):
        at_once = most = 0

        async def nap(n):
            nonlocal at_once, most
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.002)
            at_once -= 1
            return n

        answers, results = self.overlap(nap, [(0, [1, 2, 3]), (3, list(range(20)))])
        self.assertEqual(most, 4)
        self.assertEqual(results, dict(enumerate([1, 2, 3, *range(20)])))
        slots = {slot for answer in answers for slot in array("H", answer.stamps["slots"])}
        self.assertEqual(slots, {0, 1, 2, 3})

    def test_run_plain_functions_in_threads(self):
        began = time.perf_counter()
        _, results = self.overlap(lambda n: time.sleep(0.05), [(0, [0] * 4)])
        self.assertLess(time.perf_counter() - began, 0.19)
        self.assertEqual(len(results), 4)

    def test_fail_alone(self):
        async def fail(n):
            if n == 1:
                raise asyncio.CancelledError("of itself")
            return n

        answers, results = self.overlap(fail, [(0, [0, 1, 2])])
        self.assertEqual(results, {0: 0, 1: None, 2: 2})
        self.assertEqual([it["index"] for answer in answers for it in answer.failures], [1])


class Meters(unittest.TestCase):
    def test_account_for_all_of_the_time(self):
        meter = ThreadMeter(time.perf_counter())
        begin = time.perf_counter()
        meter.skip(begin)
        while time.thread_time() < meter._cpu + 0.03:  # pylint: disable=protected-access
            pass
        time.sleep(0.05)
        end = time.perf_counter()
        stretch = meter.stretch(end)
        self.assertAlmostEqual(sum(stretch), end - begin, places=6)
        self.assertGreaterEqual(stretch.on_cpu, 0.029)
        self.assertGreaterEqual(stretch.blocked, 0.045)

    def test_share_what_overlaps_by_length(self):
        self.assertEqual(shares_of(4, Stretch(1.0, 0.5, 0.5), 8.0), [4, 0.125, 0.0625])
        self.assertEqual(shares_of(1, Stretch(3.0, 3.0, 0.0), 2.0), [1, 1.0, 0.0])
        self.assertEqual(shares_of(1, Stretch(0.0, 0.0, 0.0), 0.0), [1, 1, 0])


if __name__ == "__main__":
    unittest.main()
