"""`python -m bench.claim_alarms --sources FOLDER`: how often unverified claims alarm on ordinary texts.

Brand posts on their own dates (as they are, and with each link taken out), official health posts, posts of companies
and of private persons; all of them drafts that nobody should be warned of. Counted is a warning of the category above
a note with a verdict above pass. `--show` prints each.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from bench.twins import alarms

CATEGORY = "unverified_claim"
LINK = "https://example.org/a1"
"""what a masked link stands for"""
MOST = 3000
Body = dict[str, Any]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--show", action="store_true")
    asked = ask.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for name, bodies in _sets(asked.sources):
            _report(client, name, bodies, show=asked.show)


def _report(client: TestClient, name: str, bodies: list[Body], *, show: bool) -> None:
    rules: Counter[str] = Counter()
    loud = 0
    for body in bodies:
        reply = client.post("/check", json=body).raise_for_status().json()
        found = alarms(reply, CATEGORY)
        loud += bool(found)
        rules.update(found)
        if found and show:
            print(f"  {', '.join(found)}: {body['draft']['text'][:160]!r}")
    low, high = wilson(loud, len(bodies))
    share = f"{loud}/{len(bodies)} = {loud / len(bodies):.2%} [{low:.2%}, {high:.2%}]"
    print(f"{name:34} {share} {dict(rules.most_common(5))}")


def _sets(sources: Path) -> Iterator[tuple[str, list[Body]]]:
    rows = _rows(sources / "authors_brand_posts_adobe" / "brand_posts_dev.csv")
    random.Random(1).shuffle(rows)
    posts = [(row["text"].replace("<mention>", "@someone"), row["username"], row["date"][:10]) for row in rows[:2000]]
    yield "brand posts", [_body(text.replace("<hyperlink>", LINK), handle, day) for text, handle, day in posts]
    bare = [(text.replace("<hyperlink>", "").strip(), handle, day) for text, handle, day in posts]
    yield "brand posts without links", [_body(*post) for post in bare if post[0]]
    for part in ("val", "train"):
        health = _rows(sources / "claims_constraint2021_covid" / f"{part}.csv")
        yield f"official health posts ({part})", [_body(row["tweet"]) for row in health if row["label"] == "real"]
    companies = _rows(sources / "authors_corporate_messaging_dfe" / "corporate_messaging.csv")
    yield "companies' posts", [_body(row["text"]) for row in companies if row["text"].strip()]
    folder = sources / "authors_person_vs_brand_dfe"
    persons = [row for file in sorted(folder.glob("*.csv")) for row in _rows(file) if row["text"].strip()]
    random.Random(2).shuffle(persons)
    yield "private persons' posts", [_body(row["text"], kind="personal") for row in persons[:MOST]]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def _body(text: str, handle: str = "official", day: str = "2026-03-10", *, kind: str = "brand") -> Body:
    account = {"handle": f"@{handle}", "kind": kind, "language": "en", "regions": ["US"]}
    return {
        "draft": {"text": text, "platform": "x"},
        "account": account,
        "context": {"now": f"{day}T12:00:00Z", "events": []},
    }


if __name__ == "__main__":
    main()
