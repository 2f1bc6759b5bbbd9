"""Accounts with their posts in the order of time, from the corpora, for `python -m bench.voices`."""

from __future__ import annotations

import csv
import html
import random
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

Post = tuple[datetime | None, str]
Timelines = Mapping[str, list[Post]]
FEWEST = 70
"""posts of an account that is judged"""
_TEST, _MOST_TEST = 20, 100
_LINK = "https://t.co/a"
"""what stands for a masked link: the shortener that they all had, which is no trace of anybody"""
_PICTURE = re.compile(rf"\s*{re.escape(_LINK)}\s*$")


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _grouped(posts: Iterator[tuple[str, datetime | None, str]]) -> dict[str, list[Post]]:
    found: dict[str, list[Post]] = {}
    for account, when, text in posts:
        if text and not text.startswith("RT @") and (when, text) not in found.setdefault(account, [])[-3:]:
            found[account].append((when, text))
    return {
        account: sorted(own, key=lambda post: post[0] or datetime.min) if own and own[0][0] else own
        for account, own in found.items()
    }


def brands(folder: Path, *, cut: bool = True) -> dict[str, list[Post]]:
    """Links and names that are masked are put back; the link to the picture that ends each post is cut, or left."""

    def posts() -> Iterator[tuple[str, datetime, str]]:
        for row in rows_of(folder / "authors_brand_posts_adobe/brand_posts_dev.csv"):
            text = row["text"].replace("<hyperlink>", _LINK).replace("<mention>", "@someone")
            text = html.unescape(text).strip()
            text = _PICTURE.sub("", text).strip() if cut else text
            yield row["username"], datetime.fromisoformat(row["date"]), text

    return _grouped(posts())


def persons(folder: Path) -> dict[str, list[Post]]:
    """Six celebrities and two politicians."""

    def posts() -> Iterator[tuple[str, datetime, str]]:
        for part in ("train_tweets", "dev_tweets"):
            for row in rows_of(folder / f"authors_celebrity_faceoff/{part}.csv"):
                when = datetime.fromisoformat(row["created"].replace("Z", ""))
                yield row["name"], when, html.unescape(row["text"]).strip()
        for row in rows_of(folder / "authors_fivethirtyeight_politicians/obama_trump.csv"):
            when = datetime.strptime(row["created_at"], "%m/%d/%y %H:%M")
            yield row["account"], when, html.unescape(row["text"]).strip()

    return _grouped(posts())


def organisations(folder: Path) -> dict[str, list[Post]]:
    def posts() -> Iterator[tuple[str, datetime, str]]:
        for row in rows_of(folder / "authors_org_timelines_2019/org_timelines_older80.csv"):
            if row["is_retweet"] not in ("1", "True"):
                yield row["account"], datetime.fromisoformat(row["date"]), html.unescape(row["text"]).strip()

    return _grouped(posts())


def companies(folder: Path) -> dict[str, list[Post]]:
    """Without times; in the order of their ids."""

    def posts() -> Iterator[tuple[str, None, str]]:
        rows = [row for row in rows_of(folder / "authors_corporate_messaging_dfe/corporate_messaging.csv") if _id(row)]
        for row in sorted(rows, key=_id):
            yield row["screenname"], None, html.unescape(row["text"]).strip()

    return _grouped(posts())


def _id(row: Mapping[str, str]) -> float:
    try:
        return float(row["id"])
    except ValueError:
        return 0.0


CORPORA: Mapping[str, Callable[[Path], dict[str, list[Post]]]] = {
    "brands": brands,
    "private persons": persons,
    "organisations": organisations,
    "companies": companies,
}
SHIP = ("private persons", "companies")
"""corpora that what is shipped may be learnt from"""


def split(timelines: Timelines) -> dict[str, tuple[list[Post], list[Post]]]:
    """Of each account with enough posts: its past, oldest first, and its newest posts, which are judged."""
    found = {}
    for account, posts in sorted(timelines.items()):
        if len(posts) >= FEWEST:
            newest = min(_MOST_TEST, max(_TEST, min(len(posts) // 3, len(posts) - 50)))
            found[account] = (posts[:-newest], posts[-newest:])
    return found


def many_people(folder: Path, *, seed: int) -> list[Post]:
    """Single posts of persons and brands, one an account, that no test uses: the background."""
    rows = rows_of(folder / "authors_person_vs_brand_dfe/person_vs_brand.csv")
    posts = [html.unescape(row["text"]).strip() for row in rows if row["label"] in ("male", "female", "brand")]
    posts = [text for text in posts if text and not text.startswith("RT @")]
    return [(None, text) for text in random.Random(seed).sample(posts, 12_000)]
