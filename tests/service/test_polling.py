"""Feeds are asked beside the checks, and nothing that they do stops either."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.service import polling
from app.settings import Settings
from app.store import feeds

ROOT = Path(__file__).parents[2]
BODY = {"draft": {"text": "Our boots are back in stock.", "platform": "x"}, "account": {"handle": "@acme"}}
FILE = """
contact = "https://acme.example/contact"
[feeds.quakes]
kind = "usgs"
url = "http://127.0.0.1:{port}/?key=secret"
accept = "severity >= 3"
allow_private = true
[feeds.gone]
kind = "gdacs"
url = "http://127.0.0.1:1/"
allow_private = true
"""


class Quakes(BaseHTTPRequestHandler):
    """One grave quake, an hour ago, after a while."""

    waits = 0.0

    def do_GET(self) -> None:
        time.sleep(self.waits)
        told = {"mag": 7.1, "place": "Riverton, Chile", "time": (time.time() - 3_600) * 1000, "alert": "red"}
        body = json.dumps({"features": [{"id": "us1", "properties": told | {"type": "earthquake"}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Quakes)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    file = tmp_path / "feeds.toml"
    file.write_text(FILE.format(port=server.server_port))
    yield Settings(data_dir=tmp_path / "data", feeds=file)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def client(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(polling, "keep", partial(polling.keep, every=0.05))
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        yield client


def _states(client: TestClient) -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in client.get("/v1/feeds").json()["items"]}


def _until_asked(client: TestClient) -> dict[str, dict[str, Any]]:
    end = time.monotonic() + 30
    found = _states(client)
    while "waiting" in {state["state"] for state in found.values()}:
        assert time.monotonic() < end
        time.sleep(0.02)
        found = _states(client)
    return found


def test_each_feed_shows_how_it_stands(client: TestClient) -> None:
    """A feed that fails in silence would look like a quiet day; a URL may hold a key, and is not shown."""
    states = _until_asked(client)
    assert (states["quakes"]["state"], states["quakes"]["events"], states["quakes"]["items"]) == ("ok", 1, 1)
    assert (states["gone"]["state"], states["gone"]["last_error"]) == ("failing", "no connection: ConnectError")
    assert states["quakes"]["host"] == "127.0.0.1"
    assert "secret" not in client.get("/v1/feeds").text
    shown = client.get("/metrics").text
    assert 'prepost_feed_polls_total{feed="quakes",outcome="read"} 1.0' in shown
    assert 'prepost_feed_polls_total{feed="gone",outcome="failed"} 1.0' in shown
    assert client.get("/readyz").json()["notes"] == {}


def test_what_a_feed_opened_counts_at_once(client: TestClient) -> None:
    """Though the directory remembered that there was nothing."""
    _until_asked(client)
    [event] = client.get("/v1/events", params={"status": "open"}).json()["items"]
    assert (event["source"], event["regions"], event["severity"]) == ("quakes", ["CL"], 3)


def test_a_feed_that_keeps_failing_is_noted_and_stops_nothing(client: TestClient, settings: Settings) -> None:
    """Ready all the same: checks go on without the feed."""
    _until_asked(client)
    database = client.app.state.services.database
    with database.transaction() as connection:
        state = feeds.get(connection, "gone")
        assert state
        feeds.put(connection, replace(state, failures=3))
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["notes"] == {
        "feed gone": "3 polls in a row have failed, the last one: no connection: ConnectError"
    }


def test_checks_are_answered_while_a_feed_hangs(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed has its own thread and nobody waits for it."""
    monkeypatch.setattr(Quakes, "waits", 3.0)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        assert _states(client)["quakes"]["state"] == "waiting"
        started = time.monotonic()
        replies = [client.post("/check", json=BODY) for _ in range(5)]
        took = time.monotonic() - started
        assert _states(client)["quakes"]["state"] == "waiting"
    assert [reply.json()["degraded"] for reply in replies] == [False] * 5
    assert took < 2


def test_polling_survives_what_nobody_foresaw(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of ours in one poll is counted, and the next feed is asked."""
    asked: list[str] = []

    def poll(database: object, feed: Any, *_: object) -> None:
        asked.append(feed.name)
        raise ZeroDivisionError

    monkeypatch.setattr(polling, "poll_if_due", poll)
    known = create_app(settings).state.services.feeds
    counted: list[tuple[str, str]] = []

    async def run() -> None:
        stop = asyncio.Event()
        tell = lambda name, outcome: counted.append((name, outcome))  # noqa: E731
        task = asyncio.create_task(
            polling.keep(None, known, stop, polled=tell, changed=lambda: None, every=0.01)  # type: ignore[arg-type]
        )
        while len(asked) < 4:
            await asyncio.sleep(0.01)
        stop.set()
        await task

    asyncio.run(run())
    assert asked[:4] == ["quakes", "gone"] * 2
    assert counted[:2] == [("quakes", "failed"), ("gone", "failed")]


def test_without_a_file_nothing_is_asked(tmp_path: Path) -> None:
    """No feed, no traffic."""
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/v1/feeds").json() == {"items": []}
