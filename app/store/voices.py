"""Voice profiles as they are stored: bytes, one row an account, written in the transaction that adds the posts."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy import delete as delete_from

from app.store import tables


def get(connection: Connection, account_id: str) -> tuple[bytes, datetime | None] | None:
    """The profile, and when the newest post that it has learnt went out; None where there is none."""
    table = tables.voices
    row = connection.execute(
        select(table.c.profile, table.c.newest_at).where(table.c.account_id == account_id)
    ).one_or_none()
    return None if row is None else (row.profile, row.newest_at)


def delete(connection: Connection, account_id: str) -> None:
    connection.execute(delete_from(tables.voices).where(tables.voices.c.account_id == account_id))


def put(connection: Connection, account_id: str, profile: bytes, newest_at: datetime | None) -> None:
    """Create or replace; only by whoever holds the account's row, as `accounts.add_posts` does."""
    table = tables.voices
    values = {"profile": profile, "newest_at": newest_at, "updated_at": datetime.now(UTC)}
    if not connection.execute(update(table).where(table.c.account_id == account_id).values(**values)).rowcount:
        connection.execute(insert(table).values(account_id=account_id, **values))
