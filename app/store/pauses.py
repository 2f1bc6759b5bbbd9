"""Pauses of the queue: by account, region or tag, each with an end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy import delete as delete_from

from app.store import plain, tables
from app.store.ids import new_id

_PAUSES = tables.queue_pauses


@dataclass(frozen=True, slots=True)
class Pause:
    until: datetime
    why: str
    by: str
    begun_at: datetime
    account: str | None = None
    region: str | None = None
    tag: str | None = None
    id: str = ""


def add(connection: Connection, pause: Pause) -> Pause:
    """Store the pause under a new id."""
    stored = replace(pause, id=new_id("pau"))
    for words in (stored.why, stored.by, stored.account or "", stored.tag or ""):
        plain.check_text(words)
    connection.execute(insert(_PAUSES).values(paused_by=stored.by, **{n: getattr(stored, n) for n in _SAME}))
    return stored


_SAME = ("id", "account", "region", "tag", "begun_at", "until", "why")


def get(connection: Connection, pause_id: str) -> Pause | None:
    row = connection.execute(select(_PAUSES).where(_PAUSES.c.id == pause_id)).first()
    return _pause(row) if row else None


def active(connection: Connection, now: datetime) -> list[Pause]:
    """Those that have not ended, the oldest first."""
    return [_pause(row) for row in connection.execute(select(_PAUSES).where(_PAUSES.c.until > now).order_by("id"))]


def delete(connection: Connection, pause_id: str) -> bool:
    return bool(connection.execute(delete_from(_PAUSES).where(_PAUSES.c.id == pause_id)).rowcount)


def purge(connection: Connection, before: datetime, *, most: int = 1_000) -> int:
    """Erase up to `most` that ended before this; how many there were."""
    ids = list(connection.execute(select(_PAUSES.c.id).where(_PAUSES.c.until < before).limit(most)).scalars())
    if ids:
        connection.execute(delete_from(_PAUSES).where(_PAUSES.c.id.in_(ids)))
    return len(ids)


def _pause(row: Row[Any]) -> Pause:
    return Pause(by=row.paused_by, **{name: getattr(row, name) for name in _SAME})
