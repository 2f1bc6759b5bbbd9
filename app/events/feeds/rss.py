"""Any RSS or Atom feed: an item whose title has one of the operator's terms is an event.

Of an item only title, link and date are read, which is what publishers mean a feed reader to keep. Where and how grave
it is the operator says for the whole feed: a headline doesn't.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from typing import Any
from xml.etree.ElementTree import tostring

import feedparser

from app.events.feeds import documents
from app.events.feeds.config import Feed
from app.events.feeds.report import Fault, FeedRefused, Parsed, Report, collect, instant, line
from app.events.feeds.sorts import sort_of
from app.text.normalise import fold

_SPACELESS = "\u0e00"
"""from here on Unicode has mostly scripts that don't part words by spaces"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(data: bytes, feed: Feed) -> Parsed:
    """Reports of the items that the feed's terms pick. Raises FeedRefused for what is neither RSS nor Atom."""
    root = documents.xml(data)
    if root.tag == "rss" and root.find("channel") is None:
        raise FeedRefused("RSS without a channel")
    # Written anew from what was checked: feedparser must not find another reading of the same bytes.
    try:
        checked = tostring(root, encoding="utf-8", xml_declaration=True)
    except (RecursionError, ValueError) as error:
        raise FeedRefused("XML nested too deeply, or with names that can't be") from error
    found = feedparser.parse(io.BytesIO(checked), sanitize_html=False, resolve_relative_uris=False)
    if not found.version:
        raise FeedRefused("XML, but neither RSS nor Atom")
    return collect(found.entries, partial(_read, feed=feed))


def _read(entry: Mapping[str, Any], *, feed: Feed) -> Report | None:
    title = line(entry.get("title"))
    if not _pattern(tuple(feed.terms)).search(fold(title).text):
        return None
    link = entry.get("id") or entry.get("link")
    if not isinstance(link, str) or not link:
        raise Fault("no id")
    return Report(
        external_id=hashlib.sha256(link.encode("utf-8", "replace")).hexdigest()[:32],
        name=title,
        kind=feed.event_kind,
        regions=feed.regions,
        starts_at=_date(entry),
        severity=feed.severity,
        sub_kind=sort_of(title) if feed.event_kind == "natural_disaster" else None,
    )


def _date(entry: Mapping[str, Any]) -> datetime:
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return instant(_EPOCH + timedelta(seconds=calendar.timegm(told))) if told else instant(None)
    except (TypeError, ValueError, OverflowError) as error:
        raise Fault("no date that can be read") from error


@lru_cache(maxsize=64)
def _pattern(terms: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_bounded(fold(term).text) for term in terms))


def _bounded(term: str) -> str:
    """A whole word or phrase; a term of a script without spaces anywhere."""
    if not term or max(term) >= _SPACELESS:
        return re.escape(term) or "(?!)"
    return rf"(?<!\w){re.escape(term)}(?!\w)"
