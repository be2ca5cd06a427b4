import asyncio
import multiprocessing
import sys
from concurrent.futures import Executor, Future

import both
from left import say_what_is_left


class Patient(Executor):
    """A pool whose answer waits for the coroutine that runs beside it: one after the other, neither would end."""

    def __init__(self) -> None:
        self.answers: "list[Future[int]]" = []

    def submit(self, fn, /, *args):  # type: ignore[no-untyped-def]
        self.answers.append(Future())
        return self.answers[-1]


async def meet() -> "tuple[int, str]":
    pool = Patient()

    async def answer(question: str) -> str:
        pool.answers[0].set_result(both.sum_of_squares(4))
        return question.upper()

    both.ask = answer
    return await both.run_both(pool, 4, "at once")


if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv[1])
    print(asyncio.run(meet()))
    both.ask = lambda question: asyncio.sleep(0, question)
    both.main()
    say_what_is_left()
