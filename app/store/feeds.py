"""How each feed stands, and which event each of its reports belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as delete_from

from app.domain import EMPTY
from app.store import plain, tables

_FEEDS = tables.feeds
_SOURCES = tables.event_sources
_AT_ONCE = 500
"""ids in one query"""
FORGOTTEN_AFTER = timedelta(days=90)
"""how long a report is known after the feed has ceased to list it"""


@dataclass(frozen=True, slots=True)
class State:
    """How a feed stands. A feed that was never asked has the defaults, and is due."""

    name: str
    mark: str
    """what it was asked with: once that is changed, an answer that hasn't changed must be read anew"""
    next_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    """in a row, up to the last poll"""
    last_error: str | None = None
    """why the last poll failed; None where it didn't"""
    items: int = 0
    """in the last document"""
    events: int = 0
    """proposed or opened since the feed was first asked"""
    left_out: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    """of the last document: items that should have been events, by the reason why they are not"""


@dataclass(frozen=True, slots=True)
class Source:
    """One feed's report of an event."""

    source: str
    external_id: str
    event_id: str | None
    """None: somebody erased the event"""
    seen_at: datetime
    severity: int
    ends_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None


def get(connection: Connection, name: str) -> State | None:
    row = connection.execute(select(_FEEDS).where(_FEEDS.c.name == name)).first()
    if row is None:
        return None
    return State(**{**row._mapping, "left_out": json.loads(row.left_out)})


def put(connection: Connection, state: State) -> None:
    """Replace how the feed stands."""
    values = {name: getattr(state, name) for name in State.__slots__}
    values["left_out"] = plain.dumps(dict(state.left_out))
    if not connection.execute(update(_FEEDS).where(_FEEDS.c.name == state.name).values(values)).rowcount:
        connection.execute(insert(_FEEDS).values(values))


def claim(connection: Connection, name: str, *, now: datetime, until: datetime) -> bool:
    """Whether the feed is due and now yours, until `until`: of two processes that ask at once, one is told yes."""
    due = update(_FEEDS).where(_FEEDS.c.name == name, _FEEDS.c.next_at <= now)
    if connection.execute(due.values(next_at=until)).rowcount:
        return True
    if get(connection, name) is not None:
        return False
    put(connection, State(name, mark="", next_at=until))
    return True


def known(connection: Connection, source: str, external_ids: Sequence[str]) -> dict[str, Source]:
    """The feed's reports of these ids that came before."""
    found: dict[str, Source] = {}
    for start in range(0, len(external_ids), _AT_ONCE):
        some = external_ids[start : start + _AT_ONCE]
        query = select(_SOURCES).where(_SOURCES.c.source == source, _SOURCES.c.external_id.in_(some))
        found |= {row.external_id: Source(**row._mapping) for row in connection.execute(query)}
    return found


def of_events(connection: Connection, event_ids: Sequence[str]) -> list[Source]:
    """All reports of these events."""
    found: list[Source] = []
    for start in range(0, len(event_ids), _AT_ONCE):
        query = select(_SOURCES).where(_SOURCES.c.event_id.in_(event_ids[start : start + _AT_ONCE]))
        found += [Source(**row._mapping) for row in connection.execute(query)]
    return found


def record(connection: Connection, sources: Iterable[Source]) -> None:
    """Store reports, each in place of what the feed said of the same id before."""
    rows = [{name: getattr(source, name) for name in Source.__slots__} for source in sources]
    for start in range(0, len(rows), _AT_ONCE):
        some = {(row["source"], row["external_id"]): row for row in rows[start : start + _AT_ONCE]}
        for source in {source for source, _ in some}:
            ids = [external_id for name, external_id in some if name == source]
            old = delete_from(_SOURCES).where(_SOURCES.c.source == source, _SOURCES.c.external_id.in_(ids))
            connection.execute(old)
        connection.execute(insert(_SOURCES), list(some.values()))


def forget(connection: Connection, source: str, now: datetime) -> None:
    """Drop reports that the feed ceased to list long ago."""
    old = _SOURCES.c.seen_at < now - FORGOTTEN_AFTER
    connection.execute(delete_from(_SOURCES).where(_SOURCES.c.source == source, old))
