"""A Mastodon archive's outbox.json: an ActivityPub collection of what the account did.

A boost holds the other post's address and no words: the address is its text. A content warning is not part of the text.
Messages to named people alone are left out: they are letters, not posts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TextIO

from app.domain import DraftKind
from app.errors import Invalid
from app.history.html_text import text_of
from app.history.post import Item, Skipped, item
from app.text.json_stream import JsonStream

_POSTS = frozenset({"Note", "Question", "Article"})
_QUOTES = ("quote", "quoteUrl", "quoteUri", "_misskey_quote")
_PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})


def posts(source: TextIO, *, label: str = "") -> Iterator[Item]:
    """Each activity. Raises Invalid."""
    stream, number, listed = JsonStream(source), 0, False
    for name in stream.names():
        if name != "orderedItems":
            stream.value()
            continue
        listed = True
        for activity in stream.elements():
            number += 1
            yield _item(f"{label}activity {number:,}", activity)
    stream.finish()
    if not listed:
        raise Invalid(f"{label}no `orderedItems`: the outbox.json of the archive that Mastodon sends has them")


def _item(place: str, activity: Any) -> Item:
    if not isinstance(activity, dict):
        return Skipped(place, "no activity")
    note, boost = activity.get("object"), activity.get("type") == "Announce"
    if not boost and not (activity.get("type") == "Create" and isinstance(note, dict) and note.get("type") in _POSTS):
        return Skipped(place, "neither a post nor a boost")
    if not _is_public(activity, note):
        return Skipped(place, "a message to named people")
    content = note.get("content") if isinstance(note, dict) else None
    if not isinstance(content, str) and not (boost and isinstance(note, str)):
        return Skipped(place, "no words")
    when = _when(activity, None if boost else note)
    if when is None:
        return Skipped(place, "no date that can be read")
    words = text_of(content) if isinstance(content, str) else str(note)
    return item(place, words, when, _kind(activity, note) if isinstance(note, dict) and not boost else "repost")


def _kind(activity: Mapping[str, Any], note: Mapping[str, Any]) -> DraftKind:
    """An answer to oneself goes on with a thread: it is a post."""
    answered, me = note.get("inReplyTo"), activity.get("actor") or note.get("attributedTo")
    if isinstance(answered, str) and not (isinstance(me, str) and answered.startswith(f"{me}/")):
        return "reply"
    return "quote" if any(note.get(name) for name in _QUOTES) else "post"


def _is_public(activity: Mapping[str, Any], note: Any) -> bool:
    """To everybody or to all followers; where nothing says to whom, it is taken for that."""
    parts = [activity, note] if isinstance(note, dict) else [activity]
    given = [part.get(field) for part in parts for field in ("to", "cc")]
    names = [name for value in given for name in (value if isinstance(value, list) else [value]) if value is not None]
    return not names or any(isinstance(n, str) and (n in _PUBLIC or n.endswith("/followers")) for n in names)


def _when(activity: Mapping[str, Any], note: Any) -> datetime | None:
    given = (note.get("published") if isinstance(note, dict) else None) or activity.get("published")
    try:
        when = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return when if when is not None and when.tzinfo else None
