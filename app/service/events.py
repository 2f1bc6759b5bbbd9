"""Events: open, look at, close, erase."""

from __future__ import annotations

from datetime import UTC, datetime

from app.domain import Event, EventKind
from app.errors import NotFound
from app.store import events
from app.store.session import Database

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


def open_event(database: Database, event: Event) -> Event:
    """Store an event, from now on counted where it is near. Without a start it begins now."""
    begun = event if event.starts_at or event.ends_at else _starting(event, datetime.now(UTC))
    with database.transaction() as connection:
        return events.add(connection, begun)


def _starting(event: Event, at: datetime) -> Event:
    return Event(event.name, event.kind, event.regions, at, None, event.keywords, event.severity)


def find(database: Database, event_id: str) -> Event:
    with database.transaction() as connection:
        return _found(events.get(connection, event_id), event_id)


def page(database: Database, *, after: str | None, limit: int, active_at: datetime | None) -> list[Event]:
    """Up to `limit` events in the order they were opened."""
    with database.transaction() as connection:
        return events.list_page(connection, after=after, limit=limit, active_at=active_at)


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
