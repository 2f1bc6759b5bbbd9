"""Idempotency keys: the same POST sent twice is done once, and answered the same both times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict
from app.store import plain, tables

_KEYS = tables.idempotency
KEPT_FOR = timedelta(hours=24)
_ABANDONED_AFTER = timedelta(minutes=2)
_BUSY = "the first request with this Idempotency-Key is still being answered"


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer the first request got."""

    status: int
    body: str


def reserve(connection: Connection, key: str, route: str, fingerprint: str, now: datetime) -> Stored | None:
    """None: the key is now yours, go on. Stored: replay it.

    Raises Conflict where the key came with another body, or its first request is still being answered.
    """
    mine = (_KEYS.c.key == key, _KEYS.c.route == route)
    plain.check_text(key)
    try:
        with connection.begin_nested():
            values = {"key": key, "route": route, "fingerprint": fingerprint, "reserved_at": now}
            connection.execute(insert(_KEYS).values(**values))
            return None
    except IntegrityError:
        row = connection.execute(select(_KEYS).where(*mine)).first()
    if row is None:  # given back a moment ago
        raise Conflict(_BUSY)
    age = now - row.reserved_at
    if age < KEPT_FOR and row.fingerprint != fingerprint:
        raise Conflict("this Idempotency-Key came with another request body before")
    if age < KEPT_FOR and row.status is not None:
        return Stored(row.status, row.body)
    if age < _ABANDONED_AFTER:
        raise Conflict(_BUSY)
    # Taken over as it was seen: of two that come back at once, one gets it.
    taken = update(_KEYS).where(*mine, _KEYS.c.reserved_at == row.reserved_at)
    fresh = {"fingerprint": fingerprint, "reserved_at": now, "status": None, "body": None}
    if not connection.execute(taken.values(**fresh)).rowcount:
        raise Conflict(_BUSY)
    return None


def finish(connection: Connection, key: str, route: str, *, status: int, body: str) -> None:
    """Keep the answer for those who ask again."""
    mine = (_KEYS.c.key == key, _KEYS.c.route == route)
    connection.execute(update(_KEYS).where(*mine).values(status=status, body=body))


def abandon(connection: Connection, key: str, route: str) -> None:
    """Give the key back: nothing was done."""
    connection.execute(delete_from(_KEYS).where(_KEYS.c.key == key, _KEYS.c.route == route, _KEYS.c.status.is_(None)))


def purge(connection: Connection, now: datetime) -> int:
    """Forget the keys whose time is over; how many there were."""
    over = _KEYS.c.reserved_at < now - KEPT_FOR
    if connection.execute(select(_KEYS.c.key).where(over).limit(1)).first() is None:
        return 0  # a DELETE that finds nothing would still wait for the write lock
    return connection.execute(delete_from(_KEYS).where(over)).rowcount
