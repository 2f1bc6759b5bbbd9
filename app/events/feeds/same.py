"""Whether a report tells of an event that is known already, from another feed or a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import lru_cache

from app.domain import Event
from app.events import naming
from app.events.feeds.report import Point, Report, distance_km

CLOSE_IN_TIME = timedelta(hours=12)
"""between two feeds' starts of one event"""
CLOSE_IN_PLACE = 300.0
"""kilometres between two feeds' centres of one event"""
_WORLD = "WORLD"
_HEADLINES = """
    alert ashfall blaze blast bushfire cyclone danger deaths dozens dust earthquake earthquakes eruption explosion
    extreme fires flash flood flooded flooding floods gunman heat hits hundreds hurricane ice injured landslide
    landslides magnitude quake quakes rescue rescuers shakes shot strikes strong surge thousands toll tornado tornadoes
    tremor tropical tsunami typhoon volcano volcanic warnings wildfire wildfires wind wounded
"""
_TELLS_NOTHING = frozenset(_HEADLINES.split())
"""words that headlines of one kind share, and that tell none of them from the others"""


def is_same(report: Report, event: Event, points: Sequence[Point]) -> bool:
    """The same kind and sort, about the same time, and one place: by `points`, the event's, where both sides have one;
    else regions that meet and a telling word in both names.
    """
    if event.kind != report.kind or event.starts_at is None:
        return False
    if event.sub_kind and report.sub_kind and event.sub_kind != report.sub_kind:
        return False
    if abs(event.starts_at - report.starts_at) > CLOSE_IN_TIME:
        return False
    if report.point and points:
        return any(distance_km(report.point, known) <= CLOSE_IN_PLACE for known in points)
    if not _meet(event.regions, report.regions):
        return False
    return not _words(event.name, event.keywords).isdisjoint(_words(report.name, report.keywords))


def _meet(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether one of the regions is one of the others, or the country of one."""
    return any(
        _WORLD in (one, other) or one == other or one == other.partition("-")[0] or other == one.partition("-")[0]
        for one in some
        for other in others
    )


@lru_cache(maxsize=8192)
def _words(name: str, keywords: tuple[str, ...]) -> frozenset[str]:
    words = (word for term in naming.terms(name, keywords, nearby=False) for word in term.words)
    return frozenset(word for word in words if word not in _TELLS_NOTHING and not word.isdigit() and len(word) > 2)
