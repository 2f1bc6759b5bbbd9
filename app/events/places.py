"""Where an audience is: what its regions touch, and which time zones its days are counted in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from app.regions import EU, EU_MEMBERS

WORLD = "WORLD"
_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=1024)
def reach(regions: frozenset[str]) -> frozenset[str]:
    """What an account's regions touch: themselves, all of the countries they lie in, any part of their countries."""
    countries = {f"{region}-" for region in regions if "-" not in region}
    return regions | {region.partition("-")[0] for region in regions} | countries | {WORLD}


@lru_cache(maxsize=4096)
def places(regions: tuple[str, ...]) -> frozenset[str]:
    """An event's regions, and for each part of a country (`US-TX`) that it lies in it (`US-`)."""
    return frozenset(regions) | {f"{region.partition('-')[0]}-" for region in regions if "-" in region}


@lru_cache(maxsize=1024)
def zone(name: str) -> tzinfo | None:
    """The time zone of that name. None where there is none: names come from callers, and may be anything."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; no relative path; a folder's name, or one that is too long
        return None


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    """The zones of each country, out of the table that comes with tzdata."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), name)
    found[EU] = tuple(name for member in sorted(EU_MEMBERS) for name in found[member])
    return found


@lru_cache(maxsize=1024)
def zones(regions: frozenset[str]) -> tuple[tzinfo, ...]:
    """The zones of the countries that the regions lie in; of a part of a country all of it. UTC where none is known."""
    countries = sorted({region.partition("-")[0] for region in regions})
    found = (zone(name) for country in countries for name in _by_country().get(country, ()))
    return tuple(each for each in found if each is not None) or (UTC,)


def span(first: date, last: date, among: Iterable[tzinfo], *, begins: time, ends: time | None) -> tuple[datetime, ...]:
    """From `begins` on the first day where it comes first to the end of the last day (or `ends`) where it comes last.

    In UTC, both ends belonging to it, so that nothing is in two days at once.
    """
    closing = datetime.combine(last, ends) if ends else datetime.combine(last + _DAY, time())
    opening = datetime.combine(first, begins)
    starts = min(opening.replace(tzinfo=each).astimezone(UTC) for each in among)
    return starts, max(closing.replace(tzinfo=each).astimezone(UTC) for each in among) - _TICK
