"""What a reader of history gives: a post, or why an entry is none. Bounds are those of the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from app.domain import DraftKind, PastPost

LONGEST = 100_000
"""code points of a post"""
_YEARS = range(1900, 2200)


class Skipped(NamedTuple):
    """An entry that is left out while the rest is taken."""

    place: str
    """where it stands in the file"""
    reason: str
    """one of a few, so that they can be counted: values belong into the place"""


Item = PastPost | Skipped


def item(place: str, text: str, when: datetime | None, kind: DraftKind) -> Item:
    """The post, its time in UTC, or why it can't be one."""
    if fault := fault_of(text, when):
        return Skipped(place, fault)
    return PastPost(text, when.astimezone(UTC) if when else None, kind)


def fault_of(text: str, when: datetime | None) -> str | None:
    """Why the store, or anybody, could do nothing with it; None where it is fine."""
    if not text.strip():
        return "no words"
    if len(text) > LONGEST:
        return f"more than {LONGEST:,} characters"
    if "\x00" in text:
        return "holds NUL"
    if not _is_unicode(text):
        return "not valid Unicode (half a surrogate pair)"
    if when is not None and when.year not in _YEARS:
        return "a date that can't be"
    return None


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
