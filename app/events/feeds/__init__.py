"""Feeds: what others report as happening. One parser a file, registered here by hand; off until a file names them."""

from __future__ import annotations

from collections.abc import Callable

from app.events.feeds import gdacs, nws, rss, usgs
from app.events.feeds.config import Feed, FeedKind
from app.events.feeds.report import Parsed

PARSERS: dict[FeedKind, Callable[[bytes, Feed], Parsed]] = {
    "gdacs": lambda data, _: gdacs.parse(data),
    "usgs": lambda data, _: usgs.parse(data),
    "nws": lambda data, _: nws.parse(data),
    "rss": rss.parse,
}


def parse(data: bytes, feed: Feed) -> Parsed:
    """What the feed's document reports. Raises FeedRefused where it is no such document."""
    return PARSERS[feed.kind](data, feed)
