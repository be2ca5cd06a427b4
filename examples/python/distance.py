"""Two parameters: a tuple is spread over them."""


def distance(start: str, end: str) -> int:
    """How many letters must be added, dropped or changed to make one text of the other.

    The examples below are offered as inputs; for a longer run try
    `[("kitten" * (20 + i), "sitting" * 20) for i in range(40)]`.

    >>> distance("kitten", "sitting")
    3
    >>> distance("core", "wise")
    3
    """
    above = list(range(len(end) + 1))
    for row, letter in enumerate(start, 1):
        current = [row]
        for column, other in enumerate(end, 1):
            change = 0 if letter == other else 1
            current.append(min(above[column] + 1, current[-1] + 1, above[column - 1] + change))
        above = current
    return above[-1]
