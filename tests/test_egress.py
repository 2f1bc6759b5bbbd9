"""Where requests may go that somebody else's text can steer."""

from __future__ import annotations

import asyncio
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from app import egress

INSIDE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1:8080/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::127.0.0.1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fec0::1]/",
    "http://[fd00::1]/",
    "http://[ff02::1]/",
    "http://localhost/",
]
NO_WAY = [
    "http://0177.0.0.1/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://8.8.8.8/",
    "//8.8.8.8/",
    "http://",
    "",
    "http://[",
    "\x00",
]


@pytest.mark.parametrize("url", INSIDE)
def test_no_address_inside_is_reached_by_any_spelling(url: str) -> None:
    """Otherwise a redirect could read a cloud's credentials or this service's own API."""
    with pytest.raises(egress.Refused, match="not public"):
        egress.resolve(url)


@pytest.mark.parametrize("url", NO_WAY)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """Files and other protocols are no way out."""
    with pytest.raises(egress.Refused):
        egress.resolve(url, allow_private=True)


@pytest.mark.parametrize("url", ["http://8.8.8.8/", "http://[2001:4860:4860::8888]/", "http://[::ffff:8.8.8.8]/"])
def test_public_addresses_are_let_through(url: str) -> None:
    """The guard must not cost the feeds themselves."""
    assert egress.resolve(url).port == 80


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "http://[fe80::1]/", "http://0.0.0.0/", "http://224.0.0.1/"]
)
def test_even_a_feed_inside_the_house_is_not_link_local(url: str) -> None:
    """`allow_private` opens the house, not the cloud's metadata service."""
    assert egress.resolve("http://127.0.0.1:9/", allow_private=True).addresses == ("127.0.0.1",)
    assert egress.resolve("http://192.168.1.1/", allow_private=True).port == 80
    with pytest.raises(egress.Refused):
        egress.resolve(url, allow_private=True)


def _answers(*addresses: str) -> Any:
    return lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name may answer with a public address first and be reached at the other."""
    monkeypatch.setattr(socket, "getaddrinfo", _answers("93.184.216.34", "10.0.0.1"))
    with pytest.raises(egress.Refused, match="not public"):
        egress.resolve("http://feed.example/")


def test_a_name_nobody_has_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a reason, not a traceback."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(egress.Refused, match=r"feed\.example can't be resolved"):
        egress.resolve("http://feed.example/")


def test_the_connection_goes_to_the_checked_address_under_the_hosts_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is looked up once more could lead elsewhere by then; one that answers differently gains nothing."""
    heard: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers["Host"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(host if isinstance(host, str) else host.decode())
        return real("127.0.0.1" if asked[-1] == "feed.example" else asked[-1], *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    async def get() -> int:
        transport = egress.Transport(allow_private=True)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            return (await client.get(f"http://feed.example:{server.server_port}/")).status_code

    status = asyncio.run(get())
    server.shutdown()
    server.server_close()
    assert (status, heard) == (204, [f"feed.example:{server.server_port}"])
    assert asked.count("feed.example") == 1
