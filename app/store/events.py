"""Events that somebody opened or a feed proposed: what is happening, where, from when until when.

Each change raises the number of `revisions.EVENTS`, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update
from sqlalchemy import delete as delete_from

from app.domain import Event, EventStatus
from app.store import plain, revisions, tables
from app.store.ids import new_id

_EVENTS = tables.events


def add(connection: Connection, event: Event) -> Event:
    """Store the event under a new id."""
    stored = replace(event, id=new_id("evt"))
    connection.execute(insert(_EVENTS).values(id=stored.id, **_values(stored)))
    revisions.bump(connection, revisions.EVENTS)
    return stored


def put(connection: Connection, event: Event) -> bool:
    """Replace the stored event of the same id. False where there is none."""
    changed = connection.execute(update(_EVENTS).where(_EVENTS.c.id == event.id).values(**_values(event))).rowcount
    revisions.bump(connection, revisions.EVENTS)
    return bool(changed)


def get(connection: Connection, event_id: str) -> Event | None:
    row = connection.execute(select(_EVENTS).where(_EVENTS.c.id == event_id)).first()
    return _event(row) if row else None


def list_page(
    connection: Connection,
    *,
    after: str | None,
    limit: int,
    active_at: datetime | None = None,
    status: EventStatus | None = None,
) -> list[Event]:
    """Events in the order they were opened; only those active at a moment, or of one status, if one is given."""
    query = select(_EVENTS).order_by(_EVENTS.c.id).limit(limit)
    if after is not None:
        query = query.where(_EVENTS.c.id > after)
    if status is not None:
        query = query.where(_EVENTS.c.status == status)
    if active_at is not None:
        query = _active(query, active_at)
    return [_event(row) for row in connection.execute(query)]


def active(connection: Connection, at: datetime) -> list[Event]:
    """All open events that are active at a moment."""
    return [_event(row) for row in connection.execute(_active(select(_EVENTS), at))]


def all_open(connection: Connection, since: datetime) -> list[Event]:
    """Open events that have not ended before `since`, and those that count again in later years, oldest first."""
    ending = or_(_EVENTS.c.ends_at.is_(None), _EVENTS.c.ends_at >= since, _EVENTS.c.day.is_not(None))
    query = select(_EVENTS).where(_EVENTS.c.status == "open", ending).order_by(_EVENTS.c.id)
    return [_event(row) for row in connection.execute(query)]


def of_days(connection: Connection, days: Sequence[str], *, before: datetime) -> list[Event]:
    """Open events of earlier years that count again on one of these days, each as MM-DD."""
    query = select(_EVENTS).where(_EVENTS.c.status == "open", _EVENTS.c.day.in_(days), _EVENTS.c.starts_at < before)
    return [_event(row) for row in connection.execute(query)]


def close(connection: Connection, event_id: str, at: datetime) -> Event | None:
    """End the event at a moment; one that ended before stays as it was. None where there is none."""
    event = get(connection, event_id)
    if event is None or (event.ends_at is not None and event.ends_at <= at):
        return event
    closed = replace(event, ends_at=at)
    put(connection, closed)
    return closed


def delete(connection: Connection, event_id: str) -> bool:
    revisions.bump(connection, revisions.EVENTS)
    return bool(connection.execute(delete_from(_EVENTS).where(_EVENTS.c.id == event_id)).rowcount)


def _active(query: Select[Any], at: datetime) -> Select[Any]:
    return query.where(
        _EVENTS.c.status == "open",
        or_(_EVENTS.c.starts_at.is_(None), _EVENTS.c.starts_at <= at),
        or_(_EVENTS.c.ends_at.is_(None), _EVENTS.c.ends_at >= at),
    )


def _values(event: Event) -> dict[str, Any]:
    day = f"{event.starts_at:%m-%d}" if event.anniversary and event.starts_at else None
    return {
        "details": plain.event_to_json(event),
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "status": event.status,
        "day": day,
    }


def _event(row: Row[Any]) -> Event:
    return plain.event_from_json(
        row.details, id=row.id, starts_at=row.starts_at, ends_at=row.ends_at, status=row.status
    )
