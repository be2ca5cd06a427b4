"""A plain function that blocks while it waits: here threads win, for a thread that waits has let go of the GIL."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote, unquote
from urllib.request import urlopen


def shelf_of(title: str) -> str:
    """Asks the catalogue on which shelf a book stands, and waits for the answer.

    Try `[f"volume {n}" for n in range(64)]` with the model `threads`, and then on the worker pool.
    """
    with catalogue() as url, urlopen(f"{url}/{quote(title)}", timeout=10) as response:
        return response.read().decode()


@contextmanager
def catalogue() -> Generator[str, None, None]:
    """Gives the URL of a catalogue of one's own, on this machine only: it opens for one visit and closes after it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Catalogue) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


class Catalogue(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        title = unquote(self.path[1:])
        time.sleep(0.05)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{title[:1].upper()}{sum(map(ord, title)) % 97}".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: 64 calls would fill the output."""
