"""A big argument: sending it costs more than the work."""

from dataclasses import dataclass


@dataclass
class Order:
    number: int
    customer: str
    cents: int
    items: list[tuple[str, int]]


def revenue(orders: list[Order]) -> int:
    """What a pile of orders is worth, in cents.

    Adding is quick; pickling the pile for a worker is not, and so more processes lose.
    Try `[make_orders(20_000, day) for day in range(16)]`.
    """
    return sum(order.cents for order in orders)


def revenue_of_day(count: int, day: int) -> int:
    """The same answer with the work moved to the data: only two numbers are sent.

    Try `[(20_000, day) for day in range(16)]`.
    """
    return revenue(make_orders(count, day))


def make_orders(count: int, day: int = 0) -> list[Order]:
    """Orders of one day: made up, and the same every time."""
    return [
        Order(
            number=day * count + i,
            customer=f"customer {(i * 7 + day) % 911}",
            cents=500 + (i * 37 + day * 11) % 9500,
            items=[("tea" if i % 3 == 0 else "coffee", 1 + i % 4)],
        )
        for i in range(count)
    ]
