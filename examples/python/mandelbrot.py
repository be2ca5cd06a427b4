"""A picture, row by row. Rows through the middle take longest: watch the tail."""

import math

from palette import shade

WIDTH = 120
HEIGHT = 48
MAX_STEPS = 1000


def render_row(row: int) -> str:
    """One row of the Mandelbrot set as text; the results of all rows, one below the other, are the picture.

    Try `range(HEIGHT)`: inputs may use what the module has.
    """
    return "".join(shade(brightness(column, row)) for column in range(WIDTH))


def brightness(column: int, row: int) -> float:
    steps = steps_to_escape(complex(-2.2 + 3.2 * column / WIDTH, -1.2 + 2.4 * row / HEIGHT))
    return math.log(steps) / math.log(MAX_STEPS)


def steps_to_escape(c: complex) -> int:
    """How many steps of z -> z * z + c leave the circle of radius 2; between 1 and `MAX_STEPS`."""
    z = 0j
    for step in range(MAX_STEPS):
        if z.real * z.real + z.imag * z.imag > 4:
            return step
        z = z * z + c
    return MAX_STEPS
