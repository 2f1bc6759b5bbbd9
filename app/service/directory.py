"""Looks up what a query names: accounts by id, and the events of the moment. Remembered for about a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.domain import Account, Author, Event
from app.errors import NotFound, StoreUnavailable
from app.service.query import AuthorRef, Case, Query
from app.store import accounts, events
from app.store.session import Database

T = TypeVar("T")
_MOST_REMEMBERED = 64
_NOW = "now"
_NOTHING: tuple[Any, float] = (None, float("-inf"))


class Directory:
    """A short memory in front of the store. Writes of this process forget what they change; others' show in `ttl`."""

    def __init__(self, database: Database, *, ttl: float = 1.0) -> None:
        self._database, self._ttl = database, ttl
        self._memory: dict[Hashable, tuple[Any, float]] = {}

    def knows(self, query: Query) -> bool:
        """Whether `case` would answer from memory, without touching the store."""
        named = (query.account, *(query.author.accounts if query.author else ()))
        wanted: list[Hashable] = [("account", ref) for ref in named if isinstance(ref, str)]
        wanted.append(("events", _moment(query)))
        now = time.monotonic()
        return all(self._memory.get(key, _NOTHING)[1] > now for key in wanted)  # another thread may forget it any time

    def case(self, query: Query) -> Case:
        """The query with everything looked up. Raises NotFound with a pointer for an id nobody stored.

        Events that can't be read are no reason to refuse: the case says so, and its verdict will be degraded.
        """
        account = self._account(query.account, "/account")
        draft = query.draft
        if not draft.platforms:
            draft = replace(draft, platforms=(account.platform or "other",))
        stored, error = self._events(query)
        return Case(
            draft=draft,
            account=account,
            author=self._author(query.author) if query.author else None,
            now=query.now or datetime.now(UTC),
            events=(*query.events, *stored),
            options=query.options,
            events_error=error,
        )

    def forget(self) -> None:
        """After a write: the next look-up reads the store."""
        self._memory.clear()

    def _author(self, ref: AuthorRef) -> Author:
        return Author(ref.id, tuple(self._own_account(item) for item in ref.accounts), ref.last_account)

    def _own_account(self, ref: str | Account) -> Account:
        """One of the author's accounts. They may well have some that nobody stored: known by id alone, no refusal."""
        try:
            return self._account(ref, "/author/accounts")
        except NotFound:
            return Account(id=str(ref))

    def _account(self, ref: str | Account, pointer: str) -> Account:
        if isinstance(ref, Account):
            return ref
        account = self._remembered(("account", ref), lambda: self._read_account(ref))
        if account is None:
            raise NotFound(f"there is no account {ref!r}", pointer=pointer)
        return account

    def _read_account(self, account_id: str) -> Account | None:
        with self._database.transaction() as connection:
            return accounts.get(connection, account_id)

    def _events(self, query: Query) -> tuple[tuple[Event, ...], str | None]:
        moment = _moment(query)
        try:
            return self._remembered(("events", moment), lambda: self._read_events(moment)), None
        except StoreUnavailable:
            return (), "the stored events could not be read"

    def _read_events(self, moment: datetime | str) -> tuple[Event, ...]:
        at = moment if isinstance(moment, datetime) else datetime.now(UTC)
        with self._database.transaction() as connection:
            return tuple(events.active(connection, at))

    def _remembered(self, key: Hashable, read: Callable[[], T]) -> T:
        value, until = self._memory.get(key, _NOTHING)
        if until > time.monotonic():
            return value  # type: ignore[no-any-return]
        found = read()
        if len(self._memory) >= _MOST_REMEMBERED:
            self._memory.clear()
        self._memory[key] = (found, time.monotonic() + self._ttl)
        return found


def _moment(query: Query) -> datetime | str:
    """The moment whose events count; the clock's moments share one entry."""
    scheduled = query.draft.scheduled_for
    now = query.now or datetime.now(UTC)
    if scheduled is not None and scheduled > now:
        return scheduled
    return query.now or _NOW
