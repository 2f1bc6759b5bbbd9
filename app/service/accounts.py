"""Accounts: store, look at, replace, erase, and add to their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain import Account, PastPost
from app.errors import Conflict, NotFound
from app.service import profiles
from app.store import accounts, queue, voices
from app.store.ids import new_id
from app.store.session import Database, Transaction


def create(database: Database, account: Account) -> Account:
    """Store a new account with its posts. Raises Conflict where the id is taken."""
    account = account if account.id else replace(account, id=new_id("acc"))
    with database.transaction() as connection:
        if account.id is not None and accounts.get(connection, account.id) is not None:
            raise Conflict(f"there is an account {account.id!r} already", pointer="/id")
        accounts.put(connection, account)
        _add_posts(connection, account.id or "", account.recent_posts)
    return find(database, account.id or "")


def put(database: Database, account: Account) -> tuple[Account, bool]:
    """Create or replace; posts given are added to those there are. The account, and whether it is new."""
    account_id = account.id or ""
    with database.transaction() as connection:
        new = accounts.put(connection, account)
        if not new:
            queue.outdate(connection, account_id)
        _add_posts(connection, account_id, account.recent_posts)
    return find(database, account_id), new


def find(database: Database, account_id: str) -> Account:
    """The account with its newest posts. Raises NotFound."""
    with database.transaction() as connection:
        account = accounts.get(connection, account_id)
    if account is None:
        raise NotFound(f"there is no account {account_id!r}")
    return account


def page(database: Database, *, after: str | None, limit: int) -> list[Account]:
    """Up to `limit` accounts by id, without their posts."""
    with database.transaction() as connection:
        return accounts.list_page(connection, after=after, limit=limit)


def erase(database: Database, account_id: str) -> None:
    """Erase the account with all that is its own: posts, voice, feedback, queue. Raises NotFound."""
    with database.transaction() as connection:
        if not accounts.delete(connection, account_id):
            raise NotFound(f"there is no account {account_id!r}")


def add_posts(database: Database, account_id: str, posts: Sequence[PastPost]) -> int:
    """Add to an account's history and teach its voice; how many were new. Raises NotFound."""
    with database.transaction() as connection:
        return _add_posts(connection, account_id, posts)


def forget_posts(database: Database, account_id: str) -> int:
    """Erase an account's history and with it its voice, and say how many posts there were. Raises NotFound."""
    with database.transaction() as connection:
        accounts.hold(connection, account_id)
        voices.delete(connection, account_id)
        return accounts.delete_posts(connection, account_id)


def _add_posts(connection: Transaction, account_id: str, posts: Sequence[PastPost]) -> int:
    """The posts and the voice that has learnt them are written together, or neither is."""
    new = accounts.add_posts(connection, account_id, posts)
    profiles.learn(connection, account_id, new)
    return len(new)
