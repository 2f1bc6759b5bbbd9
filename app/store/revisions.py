"""Numbers that rise with each change of something, so that who worked from it can tell that it has changed."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from app.store import tables

EVENTS = "events"
_REVISIONS = tables.revisions


def get(connection: Connection, name: str) -> int:
    """0 where it has never changed."""
    found = connection.execute(select(_REVISIONS.c.number).where(_REVISIONS.c.name == name)).scalar()
    return int(found or 0)


def bump(connection: Connection, name: str) -> None:
    """One more, in the transaction of the change itself."""
    change = update(_REVISIONS).where(_REVISIONS.c.name == name).values(number=_REVISIONS.c.number + 1)
    if not connection.execute(change).rowcount:
        connection.execute(insert(_REVISIONS).values(name=name, number=1))
