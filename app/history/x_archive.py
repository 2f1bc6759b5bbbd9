"""An X (Twitter) archive: tweets.js, `window.YTD.tweets.part0 = [{"tweet": {…}}, …]`, one or more parts of it.

`retweeted` is false throughout in archives: a retweet is known by its text, `RT @name: `. Links are shown as people
pasted them; those that X adds for pictures are dropped, because nobody wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO

from app.domain import DraftKind
from app.errors import Invalid
from app.history.html_text import unescape
from app.history.post import Item, Skipped, item
from app.text.json_stream import JsonStream

_PART = re.compile(r"window\.YTD\.(\w+)\.part\d+\s*=\s*")
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/\w+/status(?:es)?/\d+(?:[?#].*)?", re.IGNORECASE)
_RETWEET = re.compile(r"RT @\w+:")
_WHEN = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})", re.ASCII)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}


def posts(source: TextIO, *, handle: str | None = None, label: str = "") -> Iterator[Item]:
    """Each tweet of each part. `handle`: whose archive it is, so that a thread is no replies. Raises Invalid."""
    stream, number = JsonStream(source), 0
    mine = (handle or "").removeprefix("@").casefold()
    while stream.peek():
        part = stream.match(_PART)
        if part is not None and part.group(1) not in {"tweets", "tweet"}:
            raise Invalid(f"{label}window.YTD.{part.group(1)} is no list of posts: data/tweets.js of the archive is")
        if part is None and stream.peek() != "[":
            raise Invalid(f"{label}no X archive: `window.YTD.tweets.part0 = [` is expected")
        for entry in stream.elements():
            number += 1
            yield _item(f"{label}tweet {number:,}", entry, mine)
        if stream.peek() == ";":
            stream.take(";")


def _item(place: str, entry: Any, mine: str) -> Item:
    tweet = entry.get("tweet", entry) if isinstance(entry, dict) else None
    text = tweet.get("full_text", tweet.get("text")) if isinstance(tweet, dict) else None
    if not isinstance(tweet, dict) or not isinstance(text, str):
        return Skipped(place, "no tweet")
    when = _when(tweet.get("created_at"))
    if when is None:
        return Skipped(place, "no date that can be read")
    return item(place, _words(text, tweet), when, _kind(text, tweet, mine))


def _kind(text: str, tweet: Mapping[str, Any], mine: str) -> DraftKind:
    if _RETWEET.match(text) or tweet.get("retweeted") is True:
        return "repost"
    answered = tweet.get("in_reply_to_screen_name")
    if isinstance(answered, str) and answered.casefold() != mine:
        return "reply"
    quotes = any(_STATUS.fullmatch(long) for _, long in _links(tweet, "urls"))
    return "quote" if quotes or tweet.get("is_quote_status") is True else "post"


def _words(text: str, tweet: Mapping[str, Any]) -> str:
    """As it was read: signs undone first, so that an address that is put in keeps its own."""
    text = unescape(text)
    for short, _ in _links(tweet, "media"):
        text = text.replace(short, "")
    for short, long in _links(tweet, "urls"):
        text = text.replace(short, long)
    return text.strip()


def _links(tweet: Mapping[str, Any], kind: str) -> list[tuple[str, str]]:
    """Short and long addresses; the longer short ones first, which another may begin."""
    entities = tweet.get("entities")
    found = entities.get(kind) if isinstance(entities, dict) else None
    pairs = [
        (link["url"], link["expanded_url"])
        for link in (found if isinstance(found, list) else [])
        if isinstance(link, dict) and isinstance(link.get("url"), str) and isinstance(link.get("expanded_url"), str)
    ]
    return sorted((pair for pair in pairs if pair[0]), key=lambda pair: -len(pair[0]))


def _when(given: Any) -> datetime | None:
    """`Wed Oct 10 20:19:24 +0000 2018`, or ISO 8601 with a zone."""
    found = _WHEN.fullmatch(given) if isinstance(given, str) else None
    try:
        if found is None:
            when = datetime.fromisoformat(given) if isinstance(given, str) else None
            return when if when is not None and when.tzinfo else None
        month, day, hour, minute, second, sign, east, more, year = found.groups()
        when = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        shift = timedelta(hours=int(east), minutes=int(more))
        return when - shift if sign == "+" else when + shift
    except (ValueError, KeyError, OverflowError):
        return None
