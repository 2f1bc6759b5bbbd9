"""X archives: what became of each tweet."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain import PastPost
from app.errors import Invalid
from app.history import x_archive
from app.history.post import Item, Skipped

WHEN = "Wed Oct 10 20:19:24 +0000 2018"
AT = datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)


def _read(*tweets: dict[str, Any], handle: str | None = None) -> list[Item]:
    entries = [{"tweet": {"created_at": WHEN, **tweet}} for tweet in tweets]
    return list(x_archive.posts(io.StringIO(f"window.YTD.tweets.part0 = {json.dumps(entries)}"), handle=handle))


def _links(**pairs: str) -> dict[str, Any]:
    return {"urls": [{"url": f"https://t.co/{short}", "expanded_url": long} for short, long in pairs.items()]}


@pytest.mark.parametrize(
    ("tweet", "kind"),
    [
        ({"full_text": "hello"}, "post"),
        ({"full_text": "RT @friend: hello", "retweeted": False}, "repost"),
        ({"full_text": "hello", "retweeted": True}, "repost"),
        ({"full_text": "@you hello", "in_reply_to_screen_name": "you"}, "reply"),
        ({"full_text": "and another thing", "in_reply_to_screen_name": "Acme"}, "post"),
        ({"full_text": "so true https://t.co/a", "entities": _links(a="https://x.com/you/status/12")}, "quote"),
        (
            {"full_text": "so true https://t.co/a", "entities": _links(a="https://twitter.com/you/status/1?s=20")},
            "quote",
        ),
        ({"full_text": "see https://t.co/a", "entities": _links(a="https://x.com/you")}, "post"),
        ({"full_text": "so true", "is_quote_status": True}, "quote"),
        ({"full_text": "so true", "in_reply_to_screen_name": None, "entities": None}, "post"),
    ],
)
def test_each_tweet_has_its_kind(tweet: dict[str, Any], kind: str) -> None:
    """Prevents other people's words, which archives mark by their text alone, from counting as the account's own."""
    (post,) = _read(tweet, handle="@acme")
    assert (post.kind, post.posted_at) == (kind, AT)


def test_links_are_long_and_signs_are_signs() -> None:
    """Prevents a voice made of t.co and &amp;; an address that is put in keeps its own signs."""
    links = _links(a="https://acme.example/?x=1&amp=2", ab="https://acme.example/two")
    links["media"] = [{"url": "https://t.co/pic", "expanded_url": "https://x.com/acme/status/1/photo/1"}]
    (post,) = _read({"full_text": "Q&amp;A &lt;3 https://t.co/ab https://t.co/a https://t.co/pic", "entities": links})
    assert post.text == "Q&A <3 https://acme.example/two https://acme.example/?x=1&amp=2"


def test_every_part_is_read() -> None:
    """Prevents an archive of several parts that ends with the first; old archives say `tweet` and wrap nothing."""
    one = json.dumps([{"tweet": {"full_text": "one", "created_at": WHEN}}])
    two = json.dumps([{"full_text": "two", "created_at": "Wed Oct 10 21:19:24 +0100 2018"}])
    text = f"window.YTD.tweets.part0 = {one};\nwindow.YTD.tweet.part1={two}\n"
    assert list(x_archive.posts(io.StringIO(text))) == [PastPost("one", AT), PastPost("two", AT)]


@pytest.mark.parametrize(
    ("tweet", "reason"),
    [
        ({"full_text": ""}, "no words"),
        ({"full_text": None}, "no tweet"),
        ({"full_text": "a\x00b"}, "holds NUL"),
        ({"full_text": "a\ud83db"}, "not valid Unicode (half a surrogate pair)"),
        ({"full_text": "a" * 100_001}, "more than 100,000 characters"),
        ({"full_text": "hi", "created_at": "yesterday"}, "no date that can be read"),
        ({"full_text": "hi", "created_at": "Wed Oct 32 20:19:24 +0000 2018"}, "no date that can be read"),
        ({"full_text": "hi", "created_at": "Wed Oct 10 20:19:24 +0000 1018"}, "a date that can't be"),
        ({"full_text": "hi", "created_at": 7}, "no date that can be read"),
    ],
)
def test_a_tweet_that_no_store_could_hold_is_left_out_by_name(tweet: dict[str, Any], reason: str) -> None:
    """Prevents one odd tweet from costing the whole archive, and a silent loss."""
    first, second = _read(tweet, {"full_text": "fine"})
    assert (first, second) == (Skipped("tweet 1", reason), PastPost("fine", AT))


@pytest.mark.parametrize("cut", [30, 60, 100, -2, -1])
def test_a_file_that_breaks_off_is_refused_with_the_place(cut: int) -> None:
    """Prevents half an archive from passing for a whole one."""
    text = "window.YTD.tweets.part0 = " + json.dumps([{"tweet": {"full_text": f"no {n}", "a": WHEN}} for n in range(9)])
    with pytest.raises(Invalid, match=rf"character {len(text[:cut]) + 1}: the file breaks off"):
        list(x_archive.posts(io.StringIO(text[:cut])))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("window.YTD.like.part0 = []", r"window\.YTD\.like is no list of posts"),
        ('{"a": 1}', "no X archive"),
        ("window.YTD.tweets.part0 = {}", r"character 27: not JSON: '\['"),
        ("window.YTD.tweets.part0 = [{'a'}]", "not JSON"),
        ("window.YTD.tweets.part0 = [" + "[" * 100_000, "nested too deeply"),
        ("window.YTD.tweets.part0 = [" + "9" * 5_000 + ",", "not JSON"),
    ],
    ids=lambda value: value[:40],
)
def test_what_is_no_archive_is_refused(text: str, reason: str) -> None:
    """Prevents likes, or anything else, from becoming posts."""
    with pytest.raises(Invalid, match=reason):
        list(x_archive.posts(io.StringIO(text)))
