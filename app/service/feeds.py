"""Feeds: ask one, take what it says, and remember how it went. A feed that fails is asked again later and later."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from app.domain import EMPTY
from app.engine import Broken, attempt
from app.errors import Conflict, NotFound, PrepostError, StoreUnavailable
from app.events.feeds import fetch, parse
from app.events.feeds.config import Feed, FeedSet
from app.events.feeds.fetch import Document, FetchFailed, Validators
from app.events.feeds.report import FeedRefused, Parsed
from app.service.reports import TOO_MANY, Taken, carry_out, plan
from app.store import feeds
from app.store.feeds import State
from app.store.session import Database

PATIENCE = 3
"""failures in a row after which a feed is no longer ready"""
_LONGEST_WAIT = timedelta(hours=6)
_JITTER = 0.1
_TRIES = 3
"""to store what a feed said, where somebody changes events at the same time"""
Outcome = Literal["read", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Polled:
    """How one poll went."""

    outcome: Outcome
    new: int = 0
    joined: int = 0
    changed: int = 0
    left_out: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    error: str | None = None

    @property
    def changes_events(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class _Failure:
    reason: str
    retry_after: timedelta | None = None


def states(database: Database, known: FeedSet) -> list[tuple[Feed, State | None]]:
    """Each feed of the file and how it stands; None: it was never asked."""
    with database.transaction() as connection:
        return [(feed, feeds.get(connection, feed.name)) for feed in known.feeds]


def failing(database: Database, known: FeedSet) -> dict[str, str]:
    """The feeds that keep failing, each with why. Nothing where the store can't be read: that is said elsewhere."""
    if not known.feeds:
        return {}
    try:
        found = states(database, known)
    except StoreUnavailable:
        return {}
    return {
        f"feed {feed.name}": f"{state.failures} polls in a row have failed, the last one: {state.last_error}"
        for feed, state in found
        if state is not None and state.failures >= PATIENCE
    }


def find(known: FeedSet, name: str) -> Feed:
    """The feed of that name. Raises NotFound."""
    feed = known.named(name)
    if feed is None:
        raise NotFound(f"the feeds file names no feed {name!r}")
    return feed


def poll_if_due(database: Database, feed: Feed, contact: str, now: datetime) -> Polled | None:
    """Poll the feed where it is due and no other process is at it; None where not."""
    try:
        with database.transaction() as connection:
            mine = feeds.claim(connection, feed.name, now=now, until=now + _interval(feed))
    except Conflict:  # another process made its first entry a moment ago
        return None
    return poll(database, feed, contact, now) if mine else None


def poll(database: Database, feed: Feed, contact: str, now: datetime, *, longest: float = fetch.LONGEST) -> Polled:
    """Ask the feed now and take what it reports. What goes wrong with the feed is an outcome, and on record.

    Raises StoreUnavailable where nothing can be recorded.
    """
    before = _before(database, feed, now)
    read = attempt(f"feed {feed.name}", _read, feed, contact, before, longest)
    if isinstance(read, Broken):
        read = _Failure(f"it could not be read: {read.error}")
    if isinstance(read, _Failure):
        return _failed(database, feed, before, read, now)
    if read is None:
        _succeeded(database, feed, before, now)
        return Polled("unchanged")
    try:
        for _ in range(_TRIES - 1):
            with suppress(Conflict):
                return _store(database, feed, before, *read, now=now)
        return _store(database, feed, before, *read, now=now)
    except PrepostError as error:
        return _failed(database, feed, before, _Failure(error.detail), now)


def _before(database: Database, feed: Feed, now: datetime) -> State:
    with database.transaction() as connection:
        state = feeds.get(connection, feed.name) or State(feed.name, feed.mark, now)
    if state.mark != feed.mark:  # asked or read in another way now: an unchanged answer is not known
        state = replace(state, mark=feed.mark, etag=None, last_modified=None)
    return state


def _read(feed: Feed, contact: str, before: State, longest: float) -> tuple[Document, Parsed] | _Failure | None:
    """What the feed says, None where that has not changed."""
    known = Validators(before.etag, before.last_modified)
    try:
        document = fetch.get(feed, contact=contact, known=known, longest=longest)
        return None if document is None else (document, parse(document.data, feed))
    except FetchFailed as error:
        return _Failure(error.reason, error.retry_after)
    except FeedRefused as error:
        return _Failure(f"its answer is {error.reason}")


def _store(
    database: Database, feed: Feed, before: State, document: Document, parsed: Parsed, *, now: datetime
) -> Polled:
    """Planned first and written at once, so that the records of running checks don't wait for comparisons."""
    with database.transaction() as connection:
        made = plan(connection, feed, parsed.reports, now)
    with database.transaction() as connection:
        taken = carry_out(connection, feed, made, now)
        left_out = Counter(parsed.left_out) + taken.left_out
        # What was left for the next poll must not be answered with “not modified” then.
        kept = Validators() if TOO_MANY in left_out else document.validators
        state = replace(before, etag=kept.etag, last_modified=kept.last_modified, items=parsed.items)
        state = replace(state, events=before.events + taken.new, left_out=dict(left_out))
        feeds.put(connection, _after_success(feed, state, now))
    return _polled(taken, left_out)


def _polled(taken: Taken, left_out: Mapping[str, int]) -> Polled:
    return Polled("read", taken.new, taken.joined, taken.changed, dict(left_out))


def _succeeded(database: Database, feed: Feed, before: State, now: datetime) -> None:
    with database.transaction() as connection:
        feeds.put(connection, _after_success(feed, before, now))


def _after_success(feed: Feed, state: State, now: datetime) -> State:
    due = now + _shaken(_interval(feed))
    return replace(state, next_at=due, polled_at=now, succeeded_at=now, failures=0, last_error=None)


def _failed(database: Database, feed: Feed, before: State, failure: _Failure, now: datetime) -> Polled:
    failures = before.failures + 1
    wait = max(_shaken(backed_off(_interval(feed), failures)), failure.retry_after or timedelta())
    state = replace(before, next_at=now + wait, polled_at=now, failures=failures, last_error=failure.reason)
    with database.transaction() as connection:
        feeds.put(connection, state)
    return Polled("failed", error=failure.reason)


def backed_off(interval: timedelta, failures: int) -> timedelta:
    """Twice as long with each failure in a row, up to 6 hours; never more often than usual."""
    doubled = interval.total_seconds() * 2.0 ** min(failures, 16)
    return max(interval, min(timedelta(seconds=doubled), _LONGEST_WAIT))


def _interval(feed: Feed) -> timedelta:
    return timedelta(minutes=feed.every_minutes)


def _shaken(wait: timedelta) -> timedelta:
    """A little longer by chance, so that many services don't ask in the same second."""
    return wait * (1 + _JITTER * random.random())
