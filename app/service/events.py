"""Events: open, change, settle, look at, close, erase; and what counts at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from app.domain import Event, EventKind, EventStatus
from app.errors import Invalid, NotFound
from app.events.index import EventSet
from app.store import events
from app.store.session import Database, Transaction

GRAVE = 3
_DEADLY: frozenset[EventKind] = frozenset({"shooting", "terror_attack", "natural_disaster", "accident"})
_MOST_SETS = 64
_NOT_ITSELF = timedelta(days=300)
"""an anniversary is no sooner than this"""
_ZONES = timedelta(hours=14)
"""how far the zones of the world reach from UTC: a day is somewhere a day for so much longer"""

_SEVERITY: dict[EventKind, int] = {
    "shooting": 3,
    "terror_attack": 3,
    "natural_disaster": 3,
    "war": 3,
    "accident": 2,
    "death": 2,
    "unrest": 2,
    "pandemic": 2,
    "memorial_day": 2,
    "court_case": 1,
    "other": 1,
}


def severity_of(kind: EventKind) -> int:
    """How grave an event is whose severity nobody gave: 1 local or minor, 3 grave."""
    return _SEVERITY[kind]


def counts_again(event: Event) -> bool:
    """Whether it counts again on its anniversaries: as somebody said, or else grave ones in which people died."""
    return (event.severity == GRAVE and event.kind in _DEADLY) if event.anniversary is None else event.anniversary


def open_event(database: Database, event: Event) -> Event:
    """Store an event, from now on counted where it is near. Without a start it begins now."""
    begun = event if event.starts_at or event.ends_at else replace(event, starts_at=datetime.now(UTC))
    with database.transaction() as connection:
        events.hold(connection)
        return events.add(connection, begun)


def change(database: Database, event_id: str, changes: Mapping[str, Any]) -> Event:
    """The event with these fields replaced. Raises Invalid where it would end before it starts."""
    with database.transaction() as connection:
        events.hold(connection)
        changed = replace(_found(events.get(connection, event_id), event_id), **changes)
        if changed.starts_at and changed.ends_at and changed.ends_at < changed.starts_at:
            raise Invalid("an event can't end before it starts", pointer="/ends_at")
        events.put(connection, changed)
        events.fix(connection, event_id, changes.keys() - {"status"})
        return changed


def settle(database: Database, event_id: str, status: EventStatus) -> Event:
    """Accept a proposed event (`open`), or dismiss it. One that is settled may be settled otherwise."""
    return change(database, event_id, {"status": status})


def active(connection: Transaction, at: datetime) -> tuple[Event, ...]:
    """All that counts at a moment: open events, and the anniversaries of those that count again."""
    kept = (_again(event, at) for event in events.of_days(connection, _days(at), before=at - _NOT_ITSELF))
    return (*events.active(connection, at), *(event for event in kept if event is not None))


class Agenda:
    """Stored events, for whoever asks about many moments."""

    def __init__(self, known: Sequence[Event], revision: int) -> None:
        self.revision = revision
        self._events = known
        self._of_day: dict[str, list[Event]] = {}
        self._sets: dict[tuple[int, ...], EventSet] = {}
        for event in known:
            if event.starts_at is not None and counts_again(event):
                self._of_day.setdefault(f"{event.starts_at.astimezone(UTC):%m-%d}", []).append(event)

    @classmethod
    def read(cls, connection: Transaction, revision: int) -> Agenda:
        """All there are. `revision`: what the caller read before; what has changed since is in it too."""
        return cls(events.all_open(connection, datetime.now(UTC)), revision)

    def changes(self, before: Agenda) -> Agenda:
        """The events that were opened, closed or changed since, as they were and as they are."""
        return Agenda(tuple(frozenset(self._events) ^ frozenset(before._events)), self.revision)

    def at(self, moment: datetime) -> EventSet:
        """What `active` gives for a moment that isn't over; filed once for all moments at which the same are on."""
        on = tuple(at for at, event in enumerate(self._events) if _is_on(event, moment))
        kept = (event for day in _days(moment) for event in self._of_day.get(day, ()))
        early = (event for event in kept if event.starts_at and event.starts_at < moment - _NOT_ITSELF)
        again = [event for event in (_again(each, moment) for each in early) if event is not None]
        if again:
            return EventSet([*(self._events[at] for at in on), *again])
        if on not in self._sets:
            if len(self._sets) >= _MOST_SETS:
                self._sets.clear()
            self._sets[on] = EventSet(self._events[at] for at in on)
        return self._sets[on]


def _is_on(event: Event, at: datetime) -> bool:
    begun = event.starts_at is None or event.starts_at <= at
    return begun and (event.ends_at is None or event.ends_at >= at)


def _days(at: datetime) -> tuple[str, ...]:
    """The days around a moment as MM-DD, in UTC, wide enough for every zone; of a leap day the 28th."""
    return _days_around(at.astimezone(UTC).date())


@lru_cache(maxsize=1024)
def _days_around(today: date) -> tuple[str, ...]:
    around = [today + timedelta(days=shift) for shift in (-2, -1, 0, 1, 2)]
    days = {f"{day:%m-%d}" for day in around} | {"02-29" for day in around if (day.month, day.day) == (2, 28)}
    return tuple(sorted(days))


def _again(event: Event, at: datetime) -> Event | None:
    """The event's anniversary where it is that now in some time zone, one degree less grave."""
    if event.starts_at is None or not counts_again(event):
        return None
    begun = event.starts_at.astimezone(UTC)
    for year in (at.year - 1, at.year, at.year + 1):
        day = _day_in(begun, year)
        if year > begun.year and day - _ZONES <= at <= day + timedelta(days=1) + _ZONES:
            return replace(
                event,
                starts_at=day - _ZONES,
                ends_at=day + timedelta(days=1) + _ZONES,
                severity=max(1, event.severity - 1),
                years=year - begun.year,
            )
    return None


def _day_in(when: datetime, year: int) -> datetime:
    """The same day of another year; of a 29 February the 28th."""
    day = 28 if (when.month, when.day) == (2, 29) else when.day
    return datetime(year, when.month, day, tzinfo=UTC)


def find(database: Database, event_id: str) -> Event:
    with database.transaction() as connection:
        return _found(events.get(connection, event_id), event_id)


def page(
    database: Database,
    *,
    after: str | None,
    limit: int,
    active_at: datetime | None = None,
    status: EventStatus | None = None,
) -> list[Event]:
    """Up to `limit` events in the order they were opened."""
    with database.transaction() as connection:
        return events.list_page(connection, after=after, limit=limit, active_at=active_at, status=status)


def close(database: Database, event_id: str) -> Event:
    """End an event now."""
    with database.transaction() as connection:
        return _found(events.close(connection, event_id, datetime.now(UTC)), event_id)


def erase(database: Database, event_id: str) -> None:
    with database.transaction() as connection:
        if not events.delete(connection, event_id):
            raise NotFound(f"there is no event {event_id!r}")


def _found(event: Event | None, event_id: str) -> Event:
    if event is None:
        raise NotFound(f"there is no event {event_id!r}")
    return event
