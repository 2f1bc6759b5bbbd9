"""The days of mourning and remembrance of each year: for a list to read, and for a draft at the moment it goes out.

A day is a day at the audience's place. It begins there at midnight or, where that is the custom, at sunset, for which
18:00 on the eve stands; such a day is over at 20:00. In a country of several time zones it lasts from
its first midnight in the first of them to its last in the last.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from app.domain import CALENDAR, Event
from app.events.observances import Observance, read_all
from app.events.places import WORLD, places, reach, span, zone, zones

_DAY = timedelta(days=1)
_MOST_YEARS = 64
_MIDNIGHT, _SUNSET, _NIGHTFALL = time(0), time(18), time(20)


class Occurrence(NamedTuple):
    """An observance in one year, by the local calendar."""

    first: date
    last: date
    observance: Observance

    @property
    def opens(self) -> date:
        """The day on which it begins: the eve where it begins at sunset."""
        return self.first - _DAY if self.observance.begins == "sunset" else self.first

    def starts_at(self) -> datetime:
        """When it begins by the clock on the wall, without a zone."""
        return datetime.combine(self.opens, _SUNSET if self.observance.begins == "sunset" else _MIDNIGHT)


class Calendar:
    """A list of observances with the years computed so far in memory. Nothing is read or written after it is made."""

    def __init__(self, observances: tuple[Observance, ...] = ()) -> None:
        self._observances = observances
        self._occurrences = lru_cache(maxsize=64)(self._compute_occurrences)
        self._years: dict[int, Mapping[date, tuple[Occurrence, ...]]] = {}
        self._around = lru_cache(maxsize=4096)(self._compute_around)
        self._here = {each.id: places(each.regions) for each in observances}

    @property
    def names(self) -> frozenset[str]:
        """Of its days, casefolded."""
        return frozenset(each.name.casefold() for each in self._observances)

    @cached_property
    def digest(self) -> str:
        """What stands for all of it where it is written down what a verdict was judged by."""
        rows = repr([each.written for each in self._observances])
        return hashlib.sha256(rows.encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The calendar of a folder's CSVs, with this year ready. Raises BadCalendar with the file and the line."""
        calendar = cls(read_all(folder))
        today = datetime.now(UTC)
        for year in (today.year, today.year + 1):
            calendar._year(year)
        return calendar

    def knows(self, at: datetime) -> bool:
        """Whether `active` would answer from memory: a year that is met for the first time costs some 50 ms."""
        day = at.astimezone(UTC).date()
        return all(year in self._years for year in {(day - _DAY).year, (day + _DAY).year})

    def observances(self, region: str | None, first: date, last: date) -> list[Occurrence]:
        """What falls on a day from `first` to `last`, those included, in the order of the days.

        Without a region everything; of a region what a post there meets: its own days, those of the country that it
        lies in or of its parts, and the world's.
        """
        touched = None if region is None else reach(frozenset((region,)))
        found = (
            occurrence
            for year in range((first - _DAY * 31).year, (last + _DAY).year + 1)
            for occurrence in self._occurrences(year)
            if occurrence.first <= last and occurrence.last >= first
        )
        near = (each for each in found if touched is None or not touched.isdisjoint(self._here[each.observance.id]))
        return sorted(near, key=lambda each: (each.first, -each.observance.severity, each.observance.id))

    def active(self, at: datetime, regions: tuple[str, ...], timezone: str | None) -> tuple[Event, ...]:
        """The days that it is at `at`, where an account of these regions and this time zone is read.

        One that names no region may be read anywhere, and would be in mourning all year: only the world's days count.
        """
        around = self._around(at.astimezone(UTC).date(), regions, timezone)
        return tuple(event for event in around if event.starts_at <= at <= event.ends_at)  # type: ignore[operator]

    def _compute_around(self, day: date, regions: tuple[str, ...], timezone: str | None) -> tuple[Event, ...]:
        """The days that it may be for these regions while it is `day` in UTC; of one name the gravest."""
        own = frozenset(regions) - {WORLD}
        touched = reach(own)
        near = [each for each in self._days(day) if not touched.isdisjoint(self._here[each.observance.id])]
        graver = sorted(near, key=lambda each: each.observance.severity)
        once = {(each.observance.name, each.first): each for each in graver}
        return tuple(_event(each, own, timezone) for each in once.values())

    def _days(self, day: date) -> tuple[Occurrence, ...]:
        """Each once: a place is at most a day ahead of UTC, or a day behind."""
        found: dict[Occurrence, None] = {}
        for local in (day - _DAY, day, day + _DAY):
            found.update(dict.fromkeys(self._year(local.year).get(local, ())))
        return tuple(found)

    def _year(self, year: int) -> Mapping[date, tuple[Occurrence, ...]]:
        if (found := self._years.get(year)) is None:
            if len(self._years) >= _MOST_YEARS:
                self._years.clear()
            found = self._years[year] = self._compute_year(year)
        return found

    def _compute_year(self, year: int) -> Mapping[date, tuple[Occurrence, ...]]:
        """What is on, by local day; eves count where they belong to the day."""
        found: defaultdict[date, list[Occurrence]] = defaultdict(list)
        for near in (year - 1, year, year + 1):
            for occurrence in self._occurrences(near):
                local = occurrence.opens
                while local <= occurrence.last:
                    if local.year == year:
                        found[local].append(occurrence)
                    local += _DAY
        return {local: tuple(occurrences) for local, occurrences in found.items()}

    def _compute_occurrences(self, year: int) -> tuple[Occurrence, ...]:
        return tuple(
            Occurrence(day, day + (each.days - 1) * _DAY, each)
            for each in self._observances
            if year >= each.since
            for day in each.rule(year)
        )


def _event(found: Occurrence, own: frozenset[str], timezone: str | None) -> Event:
    """The day as the audience has it: in the account's time zone, or in those of its regions that keep the day."""
    observance = found.observance
    named = zone(timezone) if timezone else None
    keeping = frozenset(
        region for region in own if not reach(frozenset((region,))).isdisjoint(places(observance.regions))
    )
    opens = found.starts_at()
    starts_at, ends_at = span(
        opens.date(),
        found.last,
        (named,) if named else zones(keeping),
        begins=opens.time(),
        ends=_NIGHTFALL if observance.begins == "sunset" else None,
    )
    return Event(
        name=observance.name,
        kind="memorial_day",
        regions=observance.regions,
        starts_at=starts_at,
        ends_at=ends_at,
        keywords=observance.words,
        severity=observance.severity,
        sub_kind=observance.sub_kind,
        source=CALENDAR,
        confirmed=observance.confirmed,
        careful=observance.careful,
    )
