"""A program, not a module: importing it opens a shop. To run one function of it, nothing of that is needed, or happens."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

PRICES = {"tea": 320, "coffee": 410, "cake": 555, "bread": 275, "honey": 890}
COUPONS = (200, 150, 100, 50)


def best_coupons(cents: int) -> list[int]:
    """The coupons that come closest to the price of a basket without going over it, each as often as one likes.

    Slow on purpose: it tries them all. Try `baskets()`.

    >>> best_coupons(320)
    [200, 100]
    """

    def fill(left: int, first: int) -> list[int]:
        best: list[int] = []
        for at in range(first, len(COUPONS)):
            if COUPONS[at] <= left:
                best = max(best, [COUPONS[at], *fill(left - COUPONS[at], at)], key=lambda filled: (sum(filled), -len(filled)))
        return best

    return fill(cents, 0)


def baskets() -> list[int]:
    """What baskets of two things cost."""
    return [a + b for a in PRICES.values() for b in PRICES.values()]


class Shop(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(repr(PRICES).encode())


server = HTTPServer(("127.0.0.1", 0), Shop)
print(f"The shop is open at http://127.0.0.1:{server.server_port} (Ctrl+C closes it)", file=sys.stderr)

if __name__ == "__main__":
    server.serve_forever()
