"""prepost events: feeds asked by hand, and what they proposed settled."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest


class Quakes(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        told = {"mag": 7.1, "place": "Riverton, Chile", "time": (time.time() - 3_600) * 1000, "alert": "red"}
        features = [{"id": "us1", "properties": told | {"type": "earthquake"}}, {"id": "us2"}]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"features": features}).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), Quakes)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    here, nobody = f"http://127.0.0.1:{server.server_port}/", "http://127.0.0.1:1/"
    (tmp_path / "feeds.toml").write_text(
        f'contact = "mailto:a@b.example"\n[feeds.quakes]\nkind = "usgs"\nurl = "{here}"\nallow_private = true\n'
        f'[feeds.gone]\nkind = "nws"\nurl = "{nobody}"\nallow_private = true\n'
    )
    monkeypatch.setenv("PREPOST_FEEDS", str(tmp_path / "feeds.toml"))
    yield
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_feed_is_asked_once_and_what_it_proposed_settled(prepost) -> None:
    """An operator tries a feed before the service does, and works off what it proposes."""
    prepost("accounts", "list")
    assert prepost("events", "feeds").out == "quakes\tusgs\tnot asked yet\ngone\tnws\tnot asked yet\n"
    done = prepost("events", "poll", "quakes")
    assert done.out == "read: 1 new, 0 joined to known events, 0 changed\nleft out: 1 (no properties)\n"
    listed = prepost("events", "list").out
    assert "(proposed)" in listed
    event = listed.split("\t")[0]
    assert "(dismissed)" in prepost("events", "dismiss", event).out
    assert "(" not in prepost("events", "accept", event).out
    assert prepost("events", "feeds").out.splitlines()[0].endswith("2 items, 1 left out, 1 events so far\tok")


def test_a_feed_that_fails_or_is_not_there_is_said(refused, prepost) -> None:
    """With the reason, and an exit code for scripts."""
    prepost("accounts", "list")
    assert "feed gone: no connection: ConnectError" in refused(65, "events", "poll", "gone")
    assert "names no feed 'none'" in refused(65, "events", "poll", "none")
    assert "failing (1 in a row): no connection" in prepost("events", "feeds").out


def test_a_wrong_feeds_file_is_named(refused, tmp_path: Path) -> None:
    """By its key."""
    (tmp_path / "feeds.toml").write_text('contact = "mailto:a@b.example"\n[feeds.a]\nkind = "no"\n')
    assert "feeds.a.kind: must be one of" in refused(70, "serve")
