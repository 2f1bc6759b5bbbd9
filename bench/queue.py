"""`python -m bench.queue [--items 10000]`: a queue of scheduled drafts, judged again when an event opens.

The service as a process of its own, drafts put together from our own labelled ones, thirty stored accounts in ten
countries. Tells the seconds from the event's opening until every draft is judged against it, how many verdicts changed,
and what that does to checks meanwhile. Fails where a draft is left behind.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from bench.__main__ import _free_port, _serving
from bench.drafts import requests

_COUNTRIES = ("GB", "US", "DE", "FR", "ES", "IT", "JP", "BR", "IN", "AU")
_LABELS = Path(__file__).parents[1] / "data" / "labels"
_BATCH = 500


def drafts(count: int, rng: random.Random) -> list[dict[str, Any]]:
    """Two sentences of two drafts each, so that no two are the same; scheduled within the next week."""
    lines = [line for path in sorted(_LABELS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    now = datetime.now(UTC)
    return [
        {
            "id": f"post-{number}",
            "draft": {
                "text": f"{rng.choice(texts)} {rng.choice(texts)[:80]}",
                "platform": "x",
                "scheduled_for": (now + timedelta(minutes=rng.randrange(10, 60 * 24 * 7))).isoformat(),
            },
            "account": f"brand-{number % 30}",
            "tags": [f"campaign-{number % 7}"],
        }
        for number in range(count)
    ]


def _fill(client: httpx.Client, items: list[dict[str, Any]]) -> None:
    for number in range(30):
        country = _COUNTRIES[number % len(_COUNTRIES)]
        posts = [f"Our shop in {country} is open until {hour}, see you there." for hour in range(6, 18)]
        account = {"handle": f"@brand{number}", "kind": "brand", "regions": [country], "recent_posts": posts}
        client.put(f"/v1/accounts/brand-{number}", json=account).raise_for_status()
    began = time.perf_counter()
    for start in range(0, len(items), _BATCH):
        answer = client.post("/v1/queue/batch", json={"items": items[start : start + _BATCH]}).raise_for_status()
        assert all("item" in result for result in answer.json()["results"])
    took = time.perf_counter() - began
    print(f"{len(items):,} drafts registered in {took:.1f} s, {len(items) / took:,.0f} a second")


class _Checks(threading.Thread):
    """Checks one after another until told to stop."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self._port, self.ended = port, threading.Event()
        self.took: list[float] = []

    def run(self) -> None:
        bodies = requests()
        with httpx.Client(base_url=f"http://127.0.0.1:{self._port}") as client:
            while not self.ended.is_set():
                began = time.perf_counter()
                client.post("/check", json=bodies[len(self.took) % len(bodies)]).raise_for_status()
                self.took.append(time.perf_counter() - began)

    def median_ms(self) -> float:
        self.ended.set()
        self.join()
        return sorted(self.took)[len(self.took) // 2] * 1000


def _left(store: Path) -> int:
    """Drafts not judged against the newest events; read beside the service, which is not asked."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        newest = "(SELECT number FROM revisions WHERE name = 'events')"
        return connection.execute(f"SELECT count(*) FROM queue WHERE events_seen != {newest}").fetchone()[0]
    finally:
        connection.close()


def _verdicts(store: Path) -> dict[str, str]:
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return dict(connection.execute("SELECT id, verdict FROM queue"))
    finally:
        connection.close()


def _open(client: httpx.Client, store: Path, event: dict[str, Any]) -> float:
    before = _verdicts(store)
    began = time.perf_counter()
    client.post("/v1/events", json=event).raise_for_status()
    while left := _left(store):
        if time.perf_counter() - began > 300:
            raise SystemExit(f"{left} drafts were left behind")
        time.sleep(0.1)
    took = time.perf_counter() - began
    after = _verdicts(store)
    changes = Counter((before[name], after[name]) for name in before if before[name] != after[name])
    told = ", ".join(f"{count} from {one} to {other}" for (one, other), count in changes.most_common())
    print(f"  {event['name']} ({event['regions'][0]}): {len(after):,} drafts in {took:.1f} s; {told or 'no change'}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000)
    items = drafts(parser.parse_args().items, random.Random(4))
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PREPOST_DATA_DIR": folder}
        command = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", str(port)]
        store = Path(folder, "prepost.db")
        flood = {"name": "Flood", "kind": "natural_disaster", "severity": 3, "ends_at": "2199-01-01T00:00:00Z"}
        with (
            _serving(command, port, "/readyz", environment),
            httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client,
        ):
            _fill(client, items)
            quiet = _Checks(port)
            quiet.start()
            time.sleep(3)
            base = quiet.median_ms()
            print("an event opens, the service does nothing else:")
            _open(client, store, {**flood, "name": "Flooding in Valencia", "regions": ["ES"]})
            print("an event opens beside checks, one after another:")
            busy = _Checks(port)
            busy.start()
            _open(client, store, {**flood, "name": "Storm Ada", "regions": ["GB"]})
            median = busy.median_ms()
            print(f"  a check: p50 {median:.1f} ms meanwhile, {base:.1f} ms in quiet: {median / base:.2f} times")
            print("an event opens that concerns everybody:")
            _open(client, store, {**flood, "name": "Earthquake at sea", "regions": ["WORLD"]})


if __name__ == "__main__":
    try:
        main()
    except subprocess.SubprocessError as error:
        raise SystemExit(str(error)) from error
