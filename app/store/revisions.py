"""Numbers that rise with each change of something, so that who worked from it can tell that it has changed."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from app.store import tables

EVENTS = "events"
"""a row that the migration made, as one for each name must be: two that made it at once would be in each other's way"""
_REVISIONS = tables.revisions


def get(connection: Connection, name: str) -> int:
    """0 where it has never changed."""
    return int(connection.execute(select(_REVISIONS.c.number).where(_REVISIONS.c.name == name)).scalar() or 0)


def bump(connection: Connection, name: str) -> None:
    """One more, in the transaction of the change itself and before anything is read for it.

    It holds all others up who would change the same until this transaction ends: none of two changes is lost.
    """
    connection.execute(update(_REVISIONS).where(_REVISIONS.c.name == name).values(number=_REVISIONS.c.number + 1))
