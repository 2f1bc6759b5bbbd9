"""Mastodon's outbox.json: what became of each activity."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain import PastPost
from app.errors import Invalid
from app.history import mastodon
from app.history.post import Item, Skipped

ME = "https://social.example/users/acme"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
AT = datetime(2024, 5, 1, 7, 30, tzinfo=UTC)


def _create(content: str | None, **note: Any) -> dict[str, Any]:
    inner = {"type": "Note", "content": content, "published": "2024-05-01T07:30:00Z", "to": [PUBLIC], **note}
    return {"type": "Create", "actor": ME, "object": inner}


def _read(*activities: Any) -> list[Item]:
    outbox = {"@context": ["…"], "type": "OrderedCollection", "totalItems": 9, "orderedItems": list(activities), "z": 1}
    return list(mastodon.posts(io.StringIO(json.dumps(outbox))))


def test_markup_becomes_words() -> None:
    """Prevents a voice made of tags; a link is whole although the page shows a part of it."""
    content = (
        '<p>Hello <span class="h-card"><a href="https://s.example/@you">@<span>you</span></a></span>,<br>R&amp;D</p>'
        '<p><a href="https://acme.example/long"><span class="invisible">https://</span><span class="ellipsis">'
        'acme.example/lo</span><span class="invisible">ng</span></a> <a href="https://s.example/tags/news">#<span>news</span></a></p>'
    )
    assert _read(_create(content)) == [PastPost("Hello @you,\nR&D\n\nhttps://acme.example/long #news", AT)]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ({}, "post"),
        ({"sensitive": True, "summary": "food"}, "post"),
        ({"type": "Question"}, "post"),
        ({"inReplyTo": "https://other.example/users/you/statuses/1"}, "reply"),
        ({"inReplyTo": f"{ME}2/statuses/1"}, "reply"),
        ({"inReplyTo": f"{ME}/statuses/1"}, "post"),
        ({"quoteUrl": "https://other.example/1"}, "quote"),
        ({"published": "2024-05-01T09:30:00+02:00", "to": [f"{ME}/followers"]}, "post"),
    ],
)
def test_each_note_has_its_kind_and_time(note: dict[str, Any], kind: str) -> None:
    """Prevents answers from being read as posts, and a thread from being read as answers."""
    assert _read(_create("<p>hi</p>", **note)) == [PastPost("hi", AT, kind)]


def test_a_boost_is_the_address_of_what_was_boosted() -> None:
    """Prevents somebody else's words in the account's history; they aren't in the file anyway."""
    boost = {"type": "Announce", "object": "https://other.example/1", "published": "2024-05-01T07:30:00Z", "to": PUBLIC}
    assert _read(boost) == [PastPost("https://other.example/1", AT, "repost")]


@pytest.mark.parametrize(
    ("activity", "reason"),
    [
        (7, "no activity"),
        ({"type": "Delete", "object": "https://social.example/1"}, "neither a post nor a boost"),
        (_create("<p>our secret</p>", to=["https://other.example/users/you"], cc=[]), "a message to named people"),
        (_create("<p> </p>"), "no words"),
        (_create(None), "no words"),
        (_create("<p>hi</p>", published="2024-05-01"), "no date that can be read"),
        (_create("<p>a\x00b</p>"), "holds NUL"),
        (_create("<p>a\ud800b</p>"), "not valid Unicode (half a surrogate pair)"),
        (_create("<p>" * 200_000), "more than 100,000 characters"),
    ],
)
def test_what_is_no_post_is_left_out_by_name(activity: Any, reason: str) -> None:
    """Prevents private letters in a history that others see, and a silent loss."""
    assert _read(activity) == [Skipped("activity 1", reason)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"type": "OrderedCollection", "first": "outbox?page=1"}', "no `orderedItems`"),
        ('{"orderedItems": [{"type": "Create"', "the file breaks off"),
        ('{"orderedItems": []', "the file breaks off"),
        ('{"orderedItems": []} x', "more follows"),
        ("[]", "'{' is expected"),
        ("{7: 1}", "not JSON|a name is expected"),
    ],
)
def test_what_is_no_outbox_is_refused(text: str, reason: str) -> None:
    """Prevents half a file from passing for a whole one."""
    with pytest.raises(Invalid, match=reason):
        list(mastodon.posts(io.StringIO(text)))
