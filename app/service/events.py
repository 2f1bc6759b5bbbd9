"""Events: open, change, settle, look at, close, erase; and what counts at a moment."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain import Event, EventKind, EventStatus
from app.errors import Invalid, NotFound
from app.store import events
from app.store.session import Database, Transaction

GRAVE = 3
_DEADLY: frozenset[EventKind] = frozenset({"shooting", "terror_attack", "natural_disaster", "accident"})
_NOT_ITSELF = timedelta(days=300)
"""an anniversary is no sooner than this"""
_ZONES = timedelta(hours=12)
"""how far the zones of the world reach from UTC, about: a day is somewhere a day for so much longer"""

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


def counts_again(kind: EventKind, severity: int) -> bool:
    """Whether an event of which nobody said so counts again on its anniversaries: grave ones in which people died."""
    return severity == GRAVE and kind in _DEADLY


def open_event(database: Database, event: Event) -> Event:
    """Store an event, from now on counted where it is near. Without a start it begins now."""
    begun = event if event.starts_at or event.ends_at else replace(event, starts_at=datetime.now(UTC))
    with database.transaction() as connection:
        return events.add(connection, begun)


def change(database: Database, event_id: str, changes: Mapping[str, Any]) -> Event:
    """The event with these fields replaced. Raises Invalid where it would end before it starts."""
    with database.transaction() as connection:
        changed = replace(_found(events.get(connection, event_id), event_id), **changes)
        if changed.starts_at and changed.ends_at and changed.ends_at < changed.starts_at:
            raise Invalid("an event can't end before it starts", pointer="/ends_at")
        events.put(connection, changed)
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
        for event in known:
            if event.anniversary and event.starts_at is not None:
                self._of_day.setdefault(f"{event.starts_at:%m-%d}", []).append(event)

    @classmethod
    def read(cls, connection: Transaction, revision: int) -> Agenda:
        """All there are. `revision`: what the caller read before; what has changed since is in it too."""
        return cls(events.all_open(connection, datetime.now(UTC)), revision)

    def changes(self, before: Agenda) -> Agenda:
        """The events that were opened, closed or changed since, as they were and as they are."""
        return Agenda(tuple(frozenset(self._events) ^ frozenset(before._events)), self.revision)

    def at(self, moment: datetime) -> tuple[Event, ...]:
        """What `active` gives for a moment that isn't over."""
        on = (event for event in self._events if _is_on(event, moment))
        kept = (event for day in _days(moment) for event in self._of_day.get(day, ()))
        early = (event for event in kept if event.starts_at and event.starts_at < moment - _NOT_ITSELF)
        again = (_again(event, moment) for event in early)
        return (*on, *(event for event in again if event is not None))


def _is_on(event: Event, at: datetime) -> bool:
    begun = event.starts_at is None or event.starts_at <= at
    return begun and (event.ends_at is None or event.ends_at >= at)


def _days(at: datetime) -> list[str]:
    """The days that it is somewhere, as MM-DD."""
    days = [f"{at + timedelta(days=shift):%m-%d}" for shift in (-1, 0, 1)]
    return [*days, *(["02-29"] if "02-28" in days and not isleap(at.year) else [])]


def _again(event: Event, at: datetime) -> Event | None:
    """The event's anniversary, for the day in every time zone, one degree less grave. None in its first year."""
    if event.starts_at is None:
        return None
    years = at.year - event.starts_at.year
    day = _day_in(event.starts_at, at.year) if years > 0 else None
    if day is None:
        return None
    return replace(
        event,
        name=f"{years} years since: {event.name}" if years > 1 else f"A year since: {event.name}",
        starts_at=day - _ZONES,
        ends_at=day + timedelta(days=1) + _ZONES,
        severity=max(1, event.severity - 1),
        sub_kind="anniversary",
    )


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
