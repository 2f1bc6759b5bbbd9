"""`python -m bench.beside --sources FOLDER`: how many ordinary posts are warned of beside an event.

600 posts of the brand corpus, each on its own day while an event of one of the eleven kinds, which no post can mean, is
on in the account's country: alarms of sombre_context above a note, by the event's severity, rule and kind. Then 4,000
on days of 2026 drawn at random, in fifteen countries, with nothing but the calendar.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from starlette.testclient import TestClient

from app.domain import EventKind
from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from app.training.train import SEED
from bench.twins import alarms

POSTS, CALENDAR_POSTS = 600, 4_000
COUNTRIES = ("US", "GB", "DE", "FR", "JP", "KR", "TR", "CA", "AU", "IL", "IN", "ES", "IT", "NL", "PL")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    corpus = ask.parse_args().sources / "authors_brand_posts_adobe/brand_posts_dev.csv"
    with corpus.open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    rng = random.Random(SEED)
    rows = rng.sample(every, POSTS)
    kinds = get_args(EventKind)
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for severity in (3, 2, 1):
            found: Counter[str] = Counter()
            for at, row in enumerate(rows):
                request = _request(row, kinds[at % len(kinds)], severity)
                reply = client.post("/check", json=request).raise_for_status().json()
                if rules := alarms(reply):
                    found.update(["posts", rules[0], kinds[at % len(kinds)]])
            low, high = wilson(found["posts"], POSTS)
            several = found.pop("posts", 0)
            print(
                f"severity {severity}: {several}/{POSTS} = {several / POSTS:.1%} [{low:.1%}, {high:.1%}] {dict(found)}"
            )
        several = 0
        for at, row in enumerate(rng.sample(every, CALENDAR_POSTS)):
            day = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
            request = _request({**row, "date": str(day)}, "other", 1)
            request["account"]["regions"] = [COUNTRIES[at % len(COUNTRIES)]]
            del request["context"]["events"]
            several += bool(alarms(client.post("/check", json=request).raise_for_status().json()))
        low, high = wilson(several, CALENDAR_POSTS)
        print(f"calendar alone: {several}/{CALENDAR_POSTS} = {several / CALENDAR_POSTS:.2%} [{low:.2%}, {high:.2%}]")


def _request(row: dict[str, str], kind: str, severity: int) -> dict[str, Any]:
    day = row["date"][:10]
    event = {
        "name": "Marlow Falls incident",
        "kind": kind,
        "regions": ["US"],
        "severity": severity,
        "starts_at": f"{day}T02:00:00Z",
    }
    text = row["text"].replace("<hyperlink>", "https://example.org/a1").replace("<mention>", "@someone")
    return {
        "draft": {"text": text, "platform": "x"},
        "account": {"handle": f"@{row['username']}", "kind": "brand", "language": "en", "regions": ["US"]},
        "context": {"now": f"{day}T12:00:00Z", "events": [event]},
    }


if __name__ == "__main__":
    main()
