"""Which column of a schedule holds what, by the names that tools give them."""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

from app.domain import DraftKind

_TEXT = (
    "text", "message", "post text", "post content", "post message", "tweet text", "full text", "content", "post",
    "tweet", "update", "update text", "caption", "body", "copy",
)  # fmt: skip
_DATE = (
    "posted at", "published at", "sent at", "created at", "publish date", "published date", "sent date", "posted date",
    "post date", "date posted", "date published", "date sent", "published", "posted", "sent", "date and time",
    "datetime", "date time", "timestamp", "scheduled at", "scheduled for", "scheduled date", "date", "day",
    "scheduled time", "sent time", "post time", "published time",
)  # fmt: skip
_TIME = ("time", "time of day", "hour")
_ACCOUNT = (
    "account", "profile", "social profile", "social account", "account name", "profile name", "handle", "username",
    "user name", "screen name", "channel", "page", "page name", "account handle",
)  # fmt: skip
_KIND = ("kind", "post type", "type", "message type")
_KINDS: dict[str, DraftKind] = {
    "reply": "reply", "replies": "reply", "repost": "repost", "retweet": "repost", "boost": "repost", "share": "repost",
    "quote": "quote", "quote tweet": "quote", "quote post": "quote", "story": "story", "comment": "comment", "ad": "ad",
}  # fmt: skip
DELIMITERS = (",", ";", "\t")


class Columns(NamedTuple):
    """Positions in a row; None where there is no such column."""

    width: int
    text: int
    date: int | None
    time: int | None
    """of day, where the date is in a column of its own"""
    account: int | None
    kind: int | None


def columns_of(header: str) -> tuple[str, Columns] | None:
    """The delimiter and the columns; None where no column holds text, which makes it no schedule."""
    found = []
    for delimiter in DELIMITERS:
        try:
            names = [_plain(name) for name in next(csv.reader([header], delimiter=delimiter, strict=True), [])]
        except csv.Error:
            continue
        text = _first(names, _TEXT)
        if text is not None:
            date, time = _first(names, _DATE), _first(names, _TIME)
            account, kind = _first(names, _ACCOUNT), _first(names, _KIND)
            found.append((delimiter, Columns(len(names), text, date, time, account, kind)))
    return max(found, key=lambda pair: pair[1].width, default=None)


def kind_of(given: str) -> DraftKind:
    """A kind in the tool's words; what is unknown is a post."""
    return _KINDS.get(_plain(given), "post")


def _plain(name: str) -> str:
    return " ".join(re.sub(r"\(.*?\)|[^\w]|_", " ", name).casefold().split())


def _first(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)
