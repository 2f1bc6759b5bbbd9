"""A webhook receiver on a real socket, that answers as it is told and keeps what it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

CLOSES = 0
"""instead of a status: closes the connection without an answer"""


class Received(NamedTuple):
    id: str
    body: bytes
    headers: dict[str, str]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """By the words of another implementation than ours."""
        try:
            Webhook(secret).verify(self.body, self.headers)
        except WebhookVerificationError:
            return False
        return True


class Receiver:
    def __init__(self, answer: Callable[[int], int]) -> None:
        self.received: list[Received] = []
        self.url = ""
        self._answer = answer
        self._lock = threading.Lock()

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["content-length"]))
        with self._lock:
            number = len(self.received)
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.received.append(Received(headers["webhook-id"], body, headers))
        if (status := self._answer(number)) != CLOSES:
            handler.send_response(status)
            handler.send_header("location", "http://127.0.0.1:9/")
            handler.send_header("content-length", "0")
            handler.end_headers()

    def wait(self, count: int, seconds: float = 15.0) -> list[Received]:
        """What came, once so much has."""
        end = time.monotonic() + seconds
        while len(self.received) < count:
            assert time.monotonic() < end, f"{len(self.received)} of {count} came"
            time.sleep(0.02)
        return self.received


@contextmanager
def receiving(answer: Callable[[int], int] = lambda _: 200) -> Iterator[Receiver]:
    """`answer`: the status for the request of this number, or CLOSES; it may take its time."""
    receiver = Receiver(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """The sender was killed, or lost patience."""

    server = Server(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
