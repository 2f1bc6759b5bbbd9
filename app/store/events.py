"""Events that somebody opened or a feed proposed: what is happening, where, from when until when.

Whoever changes any holds them first, which raises the number of `revisions.EVENTS` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, or_, select, update
from sqlalchemy import delete as delete_from

from app.domain import Event, EventStatus
from app.store import plain, revisions, tables
from app.store.ids import new_id

_EVENTS = tables.events
_AT_ONCE = 500
_MOST_NEAR = 2_000


def hold(connection: Connection) -> None:
    """Until the transaction ends nobody else changes an event: what is read from here on is what will be replaced."""
    revisions.bump(connection, revisions.EVENTS)


def add(connection: Connection, event: Event) -> Event:
    """Store the event under a new id; by whoever holds the events."""
    stored = replace(event, id=new_id("evt"))
    connection.execute(insert(_EVENTS).values(id=stored.id, **_values(stored)))
    return stored


def put(connection: Connection, event: Event) -> bool:
    """Replace the stored event of the same id; by whoever holds the events. False where there is none."""
    return bool(connection.execute(update(_EVENTS).where(_EVENTS.c.id == event.id).values(**_values(event))).rowcount)


def get(connection: Connection, event_id: str) -> Event | None:
    row = connection.execute(select(_EVENTS).where(_EVENTS.c.id == event_id)).first()
    return _event(row) if row else None


def fixed(connection: Connection, event_id: str) -> frozenset[str]:
    """The fields that a person has set: a feed leaves them alone."""
    found = connection.execute(select(_EVENTS.c.fixed).where(_EVENTS.c.id == event_id)).scalar()
    return frozenset((found or "").split())


def fix(connection: Connection, event_id: str, names: Iterable[str]) -> None:
    """From now on a person's word stands for these fields."""
    kept = " ".join(sorted(fixed(connection, event_id) | set(names)))
    connection.execute(update(_EVENTS).where(_EVENTS.c.id == event_id).values(fixed=kept))


def some(connection: Connection, ids: Sequence[str]) -> list[tuple[Event, frozenset[str]]]:
    """The events of these ids, each with the fields that a person has set."""
    found: list[tuple[Event, frozenset[str]]] = []
    for start in range(0, len(ids), _AT_ONCE):
        query = select(_EVENTS).where(_EVENTS.c.id.in_(ids[start : start + _AT_ONCE])).order_by(_EVENTS.c.id)
        found += [(_event(row), frozenset((row.fixed or "").split())) for row in connection.execute(query)]
    return found


def started_between(connection: Connection, first: datetime, last: datetime) -> list[str]:
    """The ids of the newest events of any status that started in that time, up to 2,000."""
    within = select(_EVENTS.c.id).where(_EVENTS.c.starts_at >= first, _EVENTS.c.starts_at <= last)
    return list(connection.execute(within.order_by(_EVENTS.c.id.desc()).limit(_MOST_NEAR)).scalars())


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
    """Open events of earlier years that started on one of these days, each as MM-DD, in UTC."""
    query = select(_EVENTS).where(_EVENTS.c.status == "open", _EVENTS.c.day.in_(days), _EVENTS.c.starts_at < before)
    return [_event(row) for row in connection.execute(query)]


def close(connection: Connection, event_id: str, at: datetime) -> Event | None:
    """End the event at a moment; one that ended before stays as it was. None where there is none."""
    hold(connection)
    event = get(connection, event_id)
    if event is None or (event.ends_at is not None and event.ends_at <= at):
        return event
    closed = replace(event, ends_at=at)
    put(connection, closed)
    fix(connection, event_id, ["ends_at"])
    return closed


def delete(connection: Connection, event_id: str) -> bool:
    hold(connection)
    return bool(connection.execute(delete_from(_EVENTS).where(_EVENTS.c.id == event_id)).rowcount)


def _active(query: Select[Any], at: datetime) -> Select[Any]:
    return query.where(
        _EVENTS.c.status == "open",
        or_(_EVENTS.c.starts_at.is_(None), _EVENTS.c.starts_at <= at),
        or_(_EVENTS.c.ends_at.is_(None), _EVENTS.c.ends_at >= at),
    )


def _values(event: Event) -> dict[str, Any]:
    day = f"{event.starts_at.astimezone(UTC):%m-%d}" if event.starts_at and event.anniversary is not False else None
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
