"""`python -m bench.rule_alarms --sources FOLDER`: how often four categories alarm on ordinary posts of brands.

Platform rules, automation slips, private information and apologies, on 2,000 brand posts, counted where a warning of
the category above a note comes with a verdict above pass: on X as they were, on Facebook and Instagram, and on X for an
account that answers to the law of the US, Britain, Germany and France. `--show` prints each alarm, `--category` one
category alone.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.training.evaluate import wilson
from bench.twins import alarms

CATEGORIES = ("platform_rule", "automation", "private_information", "apology")
MANY = ["US", "GB", "DE", "FR"]
SETS: tuple[tuple[str, str, list[str]], ...] = (
    ("x", "x", []),
    ("facebook", "facebook", []),
    ("instagram", "instagram", []),
    ("x, four jurisdictions", "x", MANY),
)
Body = dict[str, Any]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--show", action="store_true")
    ask.add_argument("--category", choices=CATEGORIES, action="append")
    asked = ask.parse_args()
    posts = ordinary(asked.sources)
    with (
        tempfile.TemporaryDirectory() as folder,
        TestClient(create_app(Settings(data_dir=Path(folder))), base_url="http://127.0.0.1") as client,
    ):
        for name, platform, jurisdictions in SETS:
            bodies = [_body(*post, platform, jurisdictions) for post in posts]
            _report(client, name, bodies, asked.category or CATEGORIES, show=asked.show)


def ordinary(sources: Path) -> list[tuple[str, str, str]]:
    """2,000 brand posts: text with masked links filled in, handle and day."""
    with (sources / "authors_brand_posts_adobe" / "brand_posts_dev.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(1).shuffle(rows)
    return [
        (
            row["text"].replace("<mention>", "@someone").replace("<hyperlink>", "https://example.org/a1"),
            row["username"],
            row["date"][:10],
        )
        for row in rows[:2000]
    ]


def _report(client: TestClient, name: str, bodies: list[Body], categories: tuple[str, ...], *, show: bool) -> None:
    rules: dict[str, Counter[str]] = {category: Counter() for category in categories}
    loud: Counter[str] = Counter()
    for body in bodies:
        reply = client.post("/check", json=body).raise_for_status().json()
        for category in categories:
            found = alarms(reply, category)
            loud[category] += bool(found)
            rules[category].update(found)
            if found and show:
                print(f"  {', '.join(found)}: {body['draft']['text'][:200]!r}")
    for category in categories:
        low, high = wilson(loud[category], len(bodies))
        share = f"{loud[category]}/{len(bodies)} = {loud[category] / len(bodies):.2%} [{low:.2%}, {high:.2%}]"
        print(f"{name:22} {category:20} {share} {dict(rules[category].most_common(5))}")


def _body(text: str, handle: str, day: str, platform: str, jurisdictions: list[str]) -> Body:
    account = {"handle": f"@{handle}", "kind": "brand", "language": "en", "regions": ["US"]}
    media = [{"type": "image", "alt_text": "A picture"}] if platform == "instagram" else []
    return {
        "draft": {"text": text, "platform": platform, "media": media},
        "account": account | ({"jurisdictions": jurisdictions} if jurisdictions else {}),
        "context": {"now": f"{day}T12:00:00Z", "events": []},
    }


if __name__ == "__main__":
    main()
