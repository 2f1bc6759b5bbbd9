"""`python -m bench.beside --sources FOLDER`: how many ordinary posts are warned of beside an event.

600 posts of the brand corpus, each on its own day while an event of one of the eleven kinds, which no post can mean, is
on in the account's country: alarms of sombre_context above a note, by the event's severity, rule and kind.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from starlette.testclient import TestClient

from app.domain import EventKind
from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from app.training.train import SEED
from bench.twins import alarms

POSTS = 600


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    corpus = ask.parse_args().sources / "authors_brand_posts_adobe/brand_posts_dev.csv"
    with corpus.open(encoding="utf-8", newline="") as file:
        rows = random.Random(SEED).sample(list(csv.DictReader(file)), POSTS)
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
