"""Events that somebody opened: what is happening, where, from when until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update
from sqlalchemy import delete as delete_from

from app.domain import Event
from app.store import plain, tables
from app.store.ids import new_id

_EVENTS = tables.events


def add(connection: Connection, event: Event) -> Event:
    """Store the event under a new id."""
    stored = replace(event, id=new_id("evt"))
    connection.execute(
        insert(_EVENTS).values(
            id=stored.id,
            details=plain.event_to_json(stored),
            starts_at=stored.starts_at,
            ends_at=stored.ends_at,
        )
    )
    return stored


def get(connection: Connection, event_id: str) -> Event | None:
    row = connection.execute(select(_EVENTS).where(_EVENTS.c.id == event_id)).first()
    return _event(row) if row else None


def list_page(
    connection: Connection, *, after: str | None, limit: int, active_at: datetime | None = None
) -> list[Event]:
    """Events in the order they were opened; only those active at a moment, if one is given."""
    query = select(_EVENTS).order_by(_EVENTS.c.id).limit(limit)
    if after is not None:
        query = query.where(_EVENTS.c.id > after)
    if active_at is not None:
        query = _active(query, active_at)
    return [_event(row) for row in connection.execute(query)]


def active(connection: Connection, at: datetime) -> list[Event]:
    """All events that are active at a moment."""
    return [_event(row) for row in connection.execute(_active(select(_EVENTS), at))]


def close(connection: Connection, event_id: str, at: datetime) -> Event | None:
    """End the event at a moment; one that ended before stays as it was. None where there is none."""
    event = get(connection, event_id)
    if event is None or (event.ends_at is not None and event.ends_at <= at):
        return event
    connection.execute(update(_EVENTS).where(_EVENTS.c.id == event_id).values(ends_at=at))
    return replace(event, ends_at=at)


def delete(connection: Connection, event_id: str) -> bool:
    return bool(connection.execute(delete_from(_EVENTS).where(_EVENTS.c.id == event_id)).rowcount)


def _active(query: Select[Any], at: datetime) -> Select[Any]:
    return query.where(
        or_(_EVENTS.c.starts_at.is_(None), _EVENTS.c.starts_at <= at),
        or_(_EVENTS.c.ends_at.is_(None), _EVENTS.c.ends_at >= at),
    )


def _event(row: Row[Any]) -> Event:
    return plain.event_from_json(row.id, row.details, row.starts_at, row.ends_at)
