"""What a driver ends with: whether anything is still running."""

import multiprocessing
import threading


def say_what_is_left() -> None:
    left = [*multiprocessing.active_children(), *(t for t in threading.enumerate() if t is not threading.main_thread())]
    print("left running:", left or "nothing")
