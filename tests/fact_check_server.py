"""Google Fact Check Tools on a real socket, as it is and as it must not be: it answers as it is told meanwhile."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY = "AIzaSyTheOneThatMustNotLeak"
CLAIM = "Vaccines cause autism."
Behave = Callable[["Asked"], None]


class Asked:
    """One request, to be answered."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: Server) -> None:
        self._handler, self.server = handler, server
        self.path = handler.path
        self.headers = {name.lower(): value for name, value in handler.headers.items()}

    @property
    def parameters(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.path).query)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.begin(status, **{"content-length": str(len(body)), **headers})
        self.send(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name.replace("_", "-"), value)
        self._handler.end_headers()

    def send(self, data: bytes) -> None:
        self._handler.wfile.write(data)


class Server:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.url = ""
        self.behave: Behave = right()
        self.released = threading.Event()
        """what hangs goes on once it is set"""

    def wait(self, count: int, seconds: float = 10.0) -> None:
        """Until so many requests have come."""
        end = time.monotonic() + seconds
        while len(self.asked) < count:
            assert time.monotonic() < end, f"{len(self.asked)} of {count} came"
            time.sleep(0.01)


@contextmanager
def serving(port: int = 0) -> Iterator[Server]:
    """`server.behave` may be changed while it runs."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.close_connection = True
            asked = Asked(self, told)
            told.asked.append(asked)
            told.behave(asked)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """The one who asked has lost patience."""

    server = Quiet(("127.0.0.1", port), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/v1alpha1/claims:search"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield told
    finally:
        told.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def review(**changes: Any) -> dict[str, Any]:
    """A review as the reference shows it."""
    return {
        "publisher": {"name": "AFP Fact Check", "site": "factcheck.afp.com"},
        "url": "https://factcheck.afp.com/vaccines-autism",
        "title": "No link between vaccines and autism",
        "reviewDate": "2021-03-04T00:00:00Z",
        "textualRating": "False",
        "languageCode": "en",
    } | changes


def claims(*reviews: dict[str, Any], text: str = CLAIM) -> dict[str, Any]:
    found = list(reviews) or [review()]
    return {"claims": [{"text": text, "claimant": "Posts", "claimReview": found}], "nextPageToken": "CAo"}


def right(told: Any = None) -> Behave:
    body = json.dumps(claims() if told is None else told).encode()
    return lambda asked: asked.answer(body, content_type="application/json; charset=UTF-8")


def says(status: int, body: bytes = b'{"error": {"code": 0}}', **headers: str) -> Behave:
    return lambda asked: asked.answer(body, status, **headers)


def slow(asked: Asked) -> None:
    """Nothing until it is released, then the right answer."""
    asked.server.released.wait(20)
    right()(asked)


def hangs_after_the_headers(asked: Asked) -> None:
    asked.begin(**{"content-type": "application/json", "content-length": "1000"})
    asked.send(b'{"claims": [')
    asked.server.released.wait(20)


def huge(asked: Asked) -> None:
    asked.begin(**{"content-type": "application/json", "content-length": str(50 * 1024 * 1024)})
    asked.send(b'{"claims": [{"text": "')
    for _ in range(50):
        asked.send(b"a" * 1024 * 1024)


def endless(asked: Asked) -> None:
    """A byte now and then: no read ever takes too long, and the whole never ends."""
    asked.begin(**{"content-type": "application/json"})
    while not asked.server.released.wait(0.02):
        asked.send(b" ")


def bomb(asked: Asked) -> None:
    """Ten megabytes in ten kilobytes."""
    body = gzip.compress(b'{"claims": []' + b" " * 10_000_000 + b"}")
    asked.answer(body, **{"content-encoding": "gzip"})


def breaks_off(asked: Asked) -> None:
    asked.begin(**{"content-length": "1000"})
    asked.send(b'{"claims')
