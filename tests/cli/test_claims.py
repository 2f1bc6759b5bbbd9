"""prepost claims: an index made and searched by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": "Bill Gates put microchips in COVID-19 vaccines",
    "url": "https://check.example/1",
    "datePublished": "2021-03-04",
    "author": {"name": "Check Ltd"},
    "reviewRating": {"alternateName": "False"},
}


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    bad = {**REVIEW, "url": "javascript:alert(1)"}
    path.write_text(json.dumps({"dataFeedElement": [{"item": [REVIEW]}, {"item": None}, {"item": [bad, REVIEW]}]}))
    return path


def test_a_feed_becomes_an_index_that_is_searched(prepost: Callable[..., Any], feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "claims.idx"
    done = prepost("claims", "index", feed, "--out", out)
    assert done.code == 0
    assert "1 reviews" in done.out
    assert "of 2021-03-04 to 2021-03-04" in done.out
    assert "languages: 1 en" in done.out
    assert all(part in done.out for part in ("1 no ClaimReview", "1 link that is not http or https", "1 duplicate"))
    done = prepost("claims", "search", out, "So Bill Gates put a microchip in the vaccine. Wow!")
    assert done.code == 0
    assert all(part in done.out for part in ("Check Ltd, 2021-03-04: False (wrong)", "https://check.example/1"))
    assert "in the draft: So Bill Gates put a microchip in the vaccine." in done.out
    assert prepost("claims", "search", out, "Good morning").out == "no match\n"


def test_a_broken_file_writes_nothing(prepost: Callable[..., Any], feed: Path, tmp_path: Path) -> None:
    """Prevents half a feed from replacing a whole index."""
    out = tmp_path / "claims.idx"
    prepost("claims", "index", feed, "--out", out)
    before = out.read_bytes()
    broken = tmp_path / "broken.json"
    broken.write_text(feed.read_text()[:-30])
    done = prepost("claims", "index", feed, broken, "--out", out)
    assert done.code == 65
    assert "broken.json: character" in done.err
    assert "breaks off" in done.err
    assert out.read_bytes() == before


def test_a_file_that_is_no_index_is_bad_data(prepost: Callable[..., Any], feed: Path, tmp_path: Path) -> None:
    for path in (feed, tmp_path / "none"):
        done = prepost("claims", "search", path, "text")
        assert done.code == 65
        assert done.err.startswith("prepost: ")


def test_only_an_index_is_ever_replaced(prepost: Callable[..., Any], tmp_path: Path) -> None:
    """A slip of the hand must not cost the feed of 200 MB, or any other file."""
    feed, other = tmp_path / "feed.json", tmp_path / "notes.txt"
    feed.write_text("[]", encoding="utf-8")
    other.write_text("keep me", encoding="utf-8")
    for out in (feed, other):
        done = prepost("claims", "index", feed, "--out", out)
        assert done.code == 65
        assert "name another file with --out" in done.err
    assert (feed.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == ("[]", "keep me")
