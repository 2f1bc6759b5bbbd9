"""What a feed says: reports of events, and how many items gave none, by reason. Parsers are pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from app.domain import EventKind

T = TypeVar("T")
WORLD = ("WORLD",)
MOST_ITEMS = 5_000
"""items of one document that are looked at"""
_LONGEST_NAME = 200
_YEARS = range(1970, 2200)
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class FeedRefused(Exception):
    """The document is no feed of this kind: a web page, half a document, an entity bomb."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fault(Exception):
    """One item can't become an event; its reason is counted and shown, the rest of the feed is read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Point(NamedTuple):
    """Degrees, north and east positive."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Report:
    """What one feed says of one event, checked: it has a name, a place and a start, and ends no earlier."""

    external_id: str
    """the feed's own id of the event, the same in each later report of it"""
    name: str
    kind: EventKind
    regions: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime | None = None
    """None: the event fades as its kind does"""
    severity: int = 2
    sub_kind: str | None = None
    """`earthquake`, `flood` and so on: two of different sorts are never one event"""
    keywords: tuple[str, ...] = ()
    point: Point | None = None
    replaces: tuple[str, ...] = ()
    """ids of earlier reports that this one takes the place of"""
    forecast: bool = False
    """a warning of what may come, not harm done: it has no anniversary"""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document, read."""

    items: int
    reports: tuple[Report, ...]
    left_out: dict[str, int] = field(default_factory=dict)
    """items that should have been events, by what was wrong with them"""


def collect(items: Iterable[T], read: Callable[[T], Report | None]) -> Parsed:
    """Each item read on its own; None is an item that is no event for us. Of two with one id the last one counts."""
    reports: dict[str, Report] = {}
    faults: Counter[str] = Counter()
    seen = 0
    for seen, item in enumerate(items, start=1):
        if seen > MOST_ITEMS:
            faults[f"beyond the first {MOST_ITEMS} items"] += 1
            continue
        try:
            report = read(item)
            if report is not None:
                reports[report.external_id] = _checked(report)
        except Fault as fault:
            faults[fault.reason] += 1
    return Parsed(seen, tuple(reports.values()), dict(faults))


def _checked(report: Report) -> Report:
    if not report.external_id:
        raise Fault("no id")
    if not report.name:
        raise Fault("no name")
    if not report.regions:
        raise Fault("no area, or one that is not known")
    if report.ends_at is not None and report.ends_at < report.starts_at:
        raise Fault("ends before it starts")
    return report


def line(text: object, limit: int = _LONGEST_NAME) -> str:
    """One line of a feed's text: no control characters or lone surrogates, no runs of spaces, cut at `limit`."""
    if not isinstance(text, str):
        return ""
    shown = "".join(" " if unicodedata.category(char) in _UNSHOWN else char for char in text[: limit * 4])
    return re.sub(r"\s+", " ", shown).strip()[:limit].rstrip()


def instant(value: datetime | None) -> datetime:
    """In UTC. Raises Fault for none, and for a year that no event is in."""
    if value is None:
        raise Fault("no date that can be read")
    try:
        found = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise Fault("no date that can be read") from error
    if found.year not in _YEARS:
        raise Fault("no date that can be read")
    return found


def iso_instant(text: object) -> datetime | None:
    """RFC 3339, None where there is none. Raises Fault for something else."""
    if text in (None, ""):
        return None
    try:
        return instant(datetime.fromisoformat(str(text)))
    except ValueError as error:
        raise Fault("no date that can be read") from error


def point(lat: object, lon: object) -> Point | None:
    """None where the two are no place on earth."""
    try:
        found = Point(float(lat), float(lon))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return found if abs(found.lat) <= 90 and abs(found.lon) <= 180 else None


def distance_km(one: Point, other: Point) -> float:
    """Along the great circle, within half a percent."""
    lat, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = math.sin((lat2 - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 12_742 * math.asin(min(1.0, math.sqrt(half)))


def strings(values: object) -> Iterator[str]:
    """The strings of what should be a list of them."""
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, str))
