"""Accounts and their past posts."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy import delete as delete_from
from sqlalchemy.exc import IntegrityError

from app.domain import Account, DraftKind, PastPost
from app.errors import NotFound
from app.store import plain, tables

RECENT = 200
"""how many of an account's newest posts come along with it"""
_CHUNK = 400


def get(connection: Connection, account_id: str) -> Account | None:
    """The account with its newest posts, newest first; None where there is none."""
    table = tables.accounts
    profile = connection.execute(select(table.c.profile).where(table.c.id == account_id)).scalar()
    if profile is None:
        return None
    return replace(plain.account_from_json(account_id, profile), recent_posts=newest(connection, account_id, RECENT))


def list_page(connection: Connection, *, after: str | None, limit: int) -> list[Account]:
    """Accounts in the order of their ids, without posts; `after` is the last id of the page before."""
    table = tables.accounts
    query = select(table.c.id, table.c.profile).order_by(table.c.id).limit(limit)
    rows = connection.execute(query.where(table.c.id > after) if after is not None else query)
    return [plain.account_from_json(row.id, row.profile) for row in rows]


def put(connection: Connection, account: Account) -> bool:
    """Create the account, or replace all of it but its posts. True where it is new."""
    if account.id is None:
        raise ValueError("an account is stored under its id")
    plain.check_text(account.id)
    table, now = tables.accounts, datetime.now(UTC)
    values = {"profile": plain.account_to_json(account), "updated_at": now}
    replacing = update(table).where(table.c.id == account.id).values(**values)
    if connection.execute(replacing).rowcount:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(id=account.id, created_at=now, **values))
    except IntegrityError:  # somebody else created it between the look and the write
        connection.execute(replacing)
        return False
    return True


def delete_posts(connection: Connection, account_id: str) -> int:
    """Erase an account's posts, and say how many there were."""
    return connection.execute(delete_from(tables.posts).where(tables.posts.c.account_id == account_id)).rowcount


def delete(connection: Connection, account_id: str) -> bool:
    """Erase the account, its posts, the feedback on its checks, its queue and what waits to be told of it.

    False where there was none.
    """
    for table in (tables.posts, tables.voices, tables.feedback, tables.queue, tables.deliveries):
        connection.execute(delete_from(table).where(table.c.account_id == account_id))
    return bool(connection.execute(delete_from(tables.accounts).where(tables.accounts.c.id == account_id)).rowcount)


def add_posts(connection: Connection, account_id: str, posts: Sequence[PastPost]) -> list[PastPost]:
    """Add past posts; the same text at the same time counts once. Those that were new. Raises NotFound.

    Until the transaction ends nobody else adds to this account: its voice profile must learn each post once.
    """
    table = tables.accounts
    held = select(table.c.id).where(table.c.id == account_id).with_for_update()
    if connection.execute(held).scalar() is None:
        raise NotFound(f"there is no account {account_id!r}")
    new = {_digest(post): post for post in posts}
    for digest in _known(connection, account_id, list(new)):
        del new[digest]
    rows = [_row(account_id, digest, post) for digest, post in new.items()]
    if rows:
        connection.execute(insert(tables.posts), rows)
    return list(new.values())


def hold(connection: Connection, account_id: str) -> None:
    """Until the transaction ends nobody else changes this account or adds to it. Raises NotFound."""
    table = tables.accounts
    held = update(table).where(table.c.id == account_id).values(updated_at=table.c.updated_at)
    if not connection.execute(held).rowcount:
        raise NotFound(f"there is no account {account_id!r}")


def extent(connection: Connection, account_id: str) -> tuple[int, datetime | None]:
    """How many past posts there are, and when the first of those with a time went out."""
    query = select(func.count(), func.min(tables.posts.c.posted_at)).where(tables.posts.c.account_id == account_id)
    several, first = connection.execute(query).one()
    return several, first


def count_posts(connection: Connection, account_id: str) -> int:
    query = select(func.count()).where(tables.posts.c.account_id == account_id)
    return connection.execute(query).scalar_one()


def newest(
    connection: Connection, account_id: str, limit: int, *, without: Collection[DraftKind] = ()
) -> tuple[PastPost, ...]:
    """The account's newest posts but for some kinds, newest first; those without a time last."""
    table = tables.posts
    query = (
        select(table.c.text, table.c.posted_at, table.c.kind)
        .where(table.c.account_id == account_id, table.c.kind.not_in(without))
        .order_by(table.c.posted_at.is_(None), table.c.posted_at.desc(), table.c.id.desc())
        .limit(limit)
    )
    return tuple(PastPost(row.text, row.posted_at, row.kind) for row in connection.execute(query))


def time_of_newest(
    connection: Connection, account_id: str, place: int, *, without: Collection[DraftKind] = ()
) -> datetime | None:
    """When the post at this place among the newest with a time went out, the newest at 1; None where there are fewer.

    Read from the index, whose order `newest` can't use: a hundred thousand posts cost no more than a hundred.
    """
    table = tables.posts
    query = (
        select(table.c.posted_at)
        .where(table.c.account_id == account_id, table.c.posted_at.is_not(None), table.c.kind.not_in(without))
        .order_by(table.c.posted_at.desc())
        .offset(place - 1)
        .limit(1)
    )
    return connection.execute(query).scalar()


def _known(connection: Connection, account_id: str, digests: list[str]) -> list[str]:
    table, known = tables.posts, []
    for start in range(0, len(digests), _CHUNK):
        chunk = digests[start : start + _CHUNK]
        query = select(table.c.digest).where(table.c.account_id == account_id, table.c.digest.in_(chunk))
        known += list(connection.execute(query).scalars())
    return known


def _row(account_id: str, digest: str, post: PastPost) -> dict[str, object]:
    plain.check_text(post.text)
    return {
        "account_id": account_id,
        "digest": digest,
        "text": post.text,
        "kind": post.kind,
        "posted_at": post.posted_at,
    }


def _digest(post: PastPost) -> str:
    when = post.posted_at.astimezone(UTC).isoformat() if post.posted_at else ""
    return hashlib.sha256(f"{when}\n{post.text}".encode("utf-8", "surrogatepass")).hexdigest()
