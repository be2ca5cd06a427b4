"""A server on the loopback address whose requests wait for each other: fewer at once would never be answered."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def pages(at_once: int) -> Iterator[str]:
    """Gives the server's URL: `/NAME` answers `page NAME` once `at_once` requests are under way; `/missing` is not there."""
    met = threading.Barrier(at_once, timeout=20)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/missing":
                return self.send_error(404)
            met.wait()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f"page {self.path[1:]}".encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 64

    with Server(("127.0.0.1", 0), Page) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()
