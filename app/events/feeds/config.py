"""The feeds file: which feeds are asked, how often, and what is opened without a person. TOML, named by PREPOST_FEEDS.

contact = "mailto:ops@example.org"     # goes into each request, so that a feed's keeper can reach you
[feeds.quakes]
kind = "usgs"
accept = "severity >= 3"               # opened at once; the rest waits for a person (`never`, the default)
[feeds.city-news]
kind = "rss"
url = "https://news.example.org/atom.xml"
terms = ["shooting", "explosion"]
event_kind = "accident"
regions = ["US-CO"]
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import httpx

from app import regions
from app.domain import EventKind
from app.errors import BadFeeds

FeedKind = Literal["gdacs", "usgs", "nws", "rss"]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_TAKEN = {"calendar"}
_ACCEPT = re.compile(r"severity >= ([1-3])")
_CONTACT = re.compile(r"(mailto:[^\s()@]+@[^\s()@]+|https?://[^\s()]+)", re.ASCII)
_DAY = 1440
_MOST_TERMS = 500


class Usual(NamedTuple):
    """What a kind of feed has where the file says nothing."""

    url: str | None
    every_minutes: int
    credit: str
    """whose words they are and on what terms; shown with the feed"""


USUAL: dict[FeedKind, Usual] = {
    "gdacs": Usual(
        "https://www.gdacs.org/xml/rss.xml", 15, "GDACS, copyright European Union: syndication with the source named"
    ),
    "usgs": Usual(
        "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/significant_day.geojson",
        5,
        "U.S. Geological Survey: public domain",
    ),
    "nws": Usual(
        "https://api.weather.gov/alerts/active?status=actual&severity=Extreme",
        5,
        "U.S. National Weather Service: public domain",
    ),
    "rss": Usual(None, 10, "its publisher; title, link and date are read"),
}


@dataclass(frozen=True, slots=True)
class Feed:
    name: str
    kind: FeedKind
    url: str
    every_minutes: int
    accept: int | None = None
    """the severity from which an event is opened at once; None: never"""
    allow_private: bool = False
    """whether its own host may be one inside the house"""
    terms: tuple[str, ...] = ()
    event_kind: EventKind = "other"
    regions: tuple[str, ...] = ()
    severity: int = 2

    @property
    def credit(self) -> str:
        return USUAL[self.kind].credit

    @property
    def mark(self) -> str:
        """Tells one way of asking and reading it from another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def numbers_events(self) -> bool:
        """Whether two of its ids are two events; alerts and headlines come many to an event."""
        return self.kind in ("gdacs", "usgs")

    def accepts(self, severity: int) -> bool:
        return self.accept is not None and severity >= self.accept


@dataclass(frozen=True, slots=True)
class FeedSet:
    """All feeds of a file, and who answers for asking."""

    contact: str = ""
    feeds: tuple[Feed, ...] = ()

    def named(self, name: str) -> Feed | None:
        return next((feed for feed in self.feeds if feed.name == name), None)


def load_feeds(path: Path | None) -> FeedSet:
    """The feeds of a file; none without one. Raises BadFeeds with the key at fault and why."""
    if path is None:
        return FeedSet()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:  # bad TOML and bad UTF-8 are both ValueErrors
        raise BadFeeds(f"{path}: {error}") from error
    given = table.get("feeds", {})
    if unknown := sorted(table.keys() - {"contact", "feeds"}):
        raise BadFeeds(f"{path}: {unknown[0]}: not a key of this file")
    if not isinstance(given, dict):
        raise BadFeeds(f"{path}: feeds: must hold a table for each feed, [feeds.NAME]")
    contact = table.get("contact", "")
    if given and not (isinstance(contact, str) and _CONTACT.fullmatch(contact)):
        raise BadFeeds(f"{path}: contact: mailto:… or https://… is needed, so that a feed's keeper can reach you")
    return FeedSet(contact, tuple(_feed(f"{path}: feeds.{name}", name, value) for name, value in given.items()))


def _feed(where: str, name: str, given: Any) -> Feed:
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise BadFeeds(f"{where}: a name has up to 40 of a-z, 0-9, - and _, and is not calendar")
    if not isinstance(given, dict):
        raise BadFeeds(f"{where}: must be a table")
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in USUAL:
        raise BadFeeds(f"{where}.kind: must be one of {', '.join(USUAL)}")
    readers = {**_READERS, **(_RSS_READERS if kind == "rss" else {})}
    if unknown := sorted(given.keys() - readers.keys() - {"kind"}):
        raise BadFeeds(f"{where}.{unknown[0]}: not a key of a feed of kind {kind}")
    usual = USUAL[kind]
    if missing := [key for key in _needed(usual, kind) if key not in given]:
        raise BadFeeds(f"{where}.{missing[0]}: is needed for a feed of kind {kind}")
    values: dict[str, Any] = {"url": usual.url, "every_minutes": usual.every_minutes}
    for key, value in given.items():
        if key != "kind":
            values[key] = _read(f"{where}.{key}", readers[key], value)
    return Feed(name=name, kind=kind, **values)


def _needed(usual: Usual, kind: FeedKind) -> list[str]:
    return [*(["url"] if usual.url is None else []), *(["terms", "event_kind", "regions"] if kind == "rss" else [])]


def _read(where: str, reader: Callable[[Any], Any], value: Any) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise BadFeeds(f"{where}: {error}") from error


def _url(value: Any) -> str:
    try:
        url = httpx.URL(value)
    except (httpx.InvalidURL, TypeError) as error:
        raise ValueError("must be an http or https URL") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError("must be an http or https URL")
    return str(value)


def _minutes(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= _DAY:
        raise ValueError(f"must be a whole number of minutes from 1 to {_DAY}")
    return value


def _accept(value: Any) -> int | None:
    found = _ACCEPT.fullmatch(value) if isinstance(value, str) else None
    if found is None and value != "never":
        raise ValueError("must be never, or severity >= 1, 2 or 3")
    return int(found[1]) if found else None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _terms(value: Any) -> tuple[str, ...]:
    found = _strings(value)
    if not found or len(found) > _MOST_TERMS or any(not re.search(r"\w", term) or len(term) > 100 for term in found):
        raise ValueError(f"must be a list of 1 to {_MOST_TERMS} words or phrases")
    return found


def _regions(value: Any) -> tuple[str, ...]:
    found = _strings(value)
    if not found:
        raise ValueError("must be a list of ISO 3166 codes (GB, US-TX) or WORLD")
    for code in found:
        if not regions.is_known(code):
            raise ValueError(regions.fault(code))
    return found


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else ()


def _event_kind(value: Any) -> str:
    if value not in get_args(EventKind):
        raise ValueError(f"must be one of {', '.join(get_args(EventKind))}")
    return str(value)


def _severity(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= 3:
        raise ValueError("must be 1, 2 or 3")
    return value


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "url": _url,
    "every_minutes": _minutes,
    "accept": _accept,
    "allow_private": _flag,
}
_RSS_READERS: Mapping[str, Callable[[Any], Any]] = {
    "terms": _terms,
    "event_kind": _event_kind,
    "regions": _regions,
    "severity": _severity,
}
