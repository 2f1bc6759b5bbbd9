"""Looks up what a query names: accounts with their voices, the moment's events and its days of remembrance.

What is stored is remembered for about a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from app.domain import Account, Author, Draft, Event, PastPost, WaitingPost
from app.engine import Broken, attempt
from app.errors import NotFound, StoreUnavailable
from app.events.calendar import Calendar
from app.events.index import EventSet
from app.events.matching import is_active
from app.service import events, profiles, rivals
from app.service.query import AuthorRef, Candidate, Case, Query
from app.service.voice import candidates, is_compared
from app.store import accounts, queue
from app.store.session import Database
from app.voice.profile import Profile

T = TypeVar("T")
_MOST_REMEMBERED = 64
SAME_WITHIN = timedelta(days=1)
"""how far from a draft's moment others of the queue count as doubles"""
_MOST_SAME = 20
_NOW = "now"
_NOTHING: tuple[Any, float] = (None, float("-inf"))


class Known(NamedTuple):
    """An account, and its voice where enough past posts of it are known; or `posts` that came along and are unread."""

    account: Account
    voice: Profile | Broken | None = None
    posts: tuple[PastPost, ...] = ()
    newest: rivals.Newest | None = None
    """its newest posts in its own words; of unread ones they are found when they are wanted"""

    @property
    def profile(self) -> Profile | None:
        return None if isinstance(self.voice, Broken) else self.voice

    @property
    def may_speak(self) -> bool:
        """Whether there is a voice, or would be one once the posts are read."""
        return self.profile is not None or profiles.is_enough(self.posts)

    def read(self) -> Known:
        """With the voice of posts that came along."""
        if not self.posts:
            return self
        return self._replace(voice=attempt("reading past posts", profiles.built, self.posts), newest=self.learnable())

    def learnable(self) -> rivals.Newest:
        """What a rival learns of it."""
        return self.newest or rivals.newest(self.posts)


class Directory:
    """A short memory in front of the store. Writes of this process forget what they change; others' show in `ttl`."""

    def __init__(
        self,
        database: Database,
        calendar: Calendar | None = None,
        *,
        ttl: float = 1.0,
        most: int = _MOST_REMEMBERED,
    ) -> None:
        self._database, self._calendar = database, calendar or Calendar()
        self._ttl, self._most = ttl, most
        self._memory: dict[Hashable, tuple[Any, float]] = {}

    def knows(self, query: Query) -> bool:
        """Whether `case` would answer from memory, without touching the store or reading a history."""
        now = time.monotonic()
        if self._memory.get(("events", _moment(query)), _NOTHING)[1] <= now:
            return False
        if not self._calendar.knows(_instant(query)):
            return False
        known = [self._at_hand(ref, now) for ref in (query.account, *(query.author.accounts if query.author else ()))]
        there = [each for each in known if each is not None]
        if len(there) < len(known):
            return False
        if not is_compared(query.draft):
            return True
        target, others = there[0], [other for _, other in _compared(query.draft, there[0], there[1:])]
        if not all(profiles.is_remembered(each.posts) for each in (target, *others)):
            return False
        own = target.learnable()
        return all(rivals.is_remembered(own, other.learnable()) for other in others)

    def case(self, query: Query, counting: EventSet | None = None) -> Case:
        """The query with everything looked up. Raises NotFound with a pointer for an id nobody stored.

        `counting`: the stored events that count at its moment, where they have been read already.

        Events that can't be read are no reason to refuse: the case says so, and its verdict will be degraded.
        """
        target = self._account(query.account, "/account")
        owned = [self._own_account(ref) for ref in query.author.accounts] if query.author else []
        draft = query.draft
        if not draft.platforms:
            draft = replace(draft, platforms=(target.account.platform or "other",))
        if is_compared(draft):
            target = target.read()
        beside = [(name, other.read()) for name, other in _compared(draft, target, owned)]
        others = [_candidate(name, target, other) for name, other in beside]
        stored, unread = self._events(query) if counting is None else (counting, None)
        case = Case(
            draft=draft,
            account=target.account,
            author=_author(query.author, owned) if query.author else None,
            now=query.now or datetime.now(UTC),
            events=query.events,
            stored=stored,
            options=query.options,
            events_error=unread,
            profile=target.profile,
            others=tuple(other for other, _ in others if other is not None),
            voice_error=_voice_error([target, *(other for _, other in beside)], [error for _, error in others]),
        )
        return self._with_days(case)

    def waiting(self, same_words: str | None, case: Case, *, but: Collection[str]) -> tuple[WaitingPost, ...]:
        """The drafts of the queue with just these words that go out about when the case does; not those of these ids.

        One query, and not remembered: what was registered a moment ago counts. Raises StoreUnavailable.
        """
        if same_words is None:
            return ()
        at = case.goes_out_at
        with self._database.transaction() as connection:
            return tuple(queue.same(connection, same_words, at=at, within=SAME_WITHIN, but=but, most=_MOST_SAME))

    def forget(self) -> None:
        """After a write: the next look-up reads the store."""
        self._memory.clear()

    def _own_account(self, ref: str | Account) -> Known:
        """One of the author's accounts. They may well have some that nobody stored: known by id alone, no refusal."""
        try:
            return self._account(ref, "/author/accounts")
        except NotFound:
            return Known(Account(id=str(ref)))

    def _at_hand(self, ref: str | Account, now: float) -> Known | None:
        """The account where it came along or is remembered; another thread may forget it any time."""
        if isinstance(ref, Account):
            return Known(ref, posts=ref.recent_posts)
        known, until = self._memory.get(("account", ref), _NOTHING)
        return (known or Known(Account(id=ref))) if until > now else None

    def _account(self, ref: str | Account, pointer: str) -> Known:
        if isinstance(ref, Account):
            return Known(ref, posts=ref.recent_posts)
        known = self._remembered(("account", ref), lambda: self._read_account(ref))
        if known is None:
            raise NotFound(f"there is no account {ref!r}", pointer=pointer)
        return known

    def _read_account(self, account_id: str) -> Known | None:
        with self._database.transaction() as connection:
            account = accounts.get(connection, account_id)
            if account is None:
                return None
            voice = profiles.of(connection, account_id)
            return Known(account, voice, newest=rivals.stored(connection, account_id, account))

    def _events(self, query: Query) -> tuple[EventSet, str | None]:
        moment = _moment(query)
        try:
            return self._remembered(("events", moment), lambda: self._read_events(moment)), None
        except StoreUnavailable:
            return EventSet(), "the stored events could not be read"

    def _with_days(self, case: Case) -> Case:
        """With the days of remembrance that it is for this account when the draft goes out."""
        account = case.account
        days = attempt("the calendar", self._calendar.active, case.goes_out_at, account.regions, account.timezone)
        if isinstance(days, Broken):
            reasons = filter(None, (case.events_error, f"{days.error} while looking up days of remembrance"))
            return replace(case, events_error="; ".join(reasons))
        told = [event for event in (*case.events, *case.stored) if is_active(event, case.goes_out_at)] if days else []
        more = tuple(day for day in days if not any(_is_same(day, event) for event in told))
        return replace(case, events=(*case.events, *more)) if more else case

    def _read_events(self, moment: datetime | str) -> EventSet:
        at = moment if isinstance(moment, datetime) else datetime.now(UTC)
        with self._database.transaction() as connection:
            return EventSet(events.active(connection, at))

    def _remembered(self, key: Hashable, read: Callable[[], T]) -> T:
        value, until = self._memory.get(key, _NOTHING)
        if until > time.monotonic():
            return value  # type: ignore[no-any-return]
        found = read()
        if len(self._memory) >= self._most:
            self._memory.clear()
        self._memory[key] = (found, time.monotonic() + self._ttl)
        return found


def _is_same(day: Event, told: Event) -> bool:
    """Whether somebody told us of the day too: what they said of it counts then."""
    ours, theirs = day.name.casefold(), told.name.casefold()
    return ours in theirs or (told.kind == day.kind and theirs in ours)


def _author(ref: AuthorRef, owned: Sequence[Known]) -> Author:
    return Author(ref.id, tuple(own.account for own in owned), ref.last_account)


def _compared(draft: Draft, target: Known, owned: Sequence[Known]) -> tuple[tuple[str, Known], ...]:
    """Whose voices the draft is compared with: reading posts that came along costs twenty milliseconds an account."""
    if not is_compared(draft) or not target.may_speak:
        return ()
    return candidates(target.account, [(own.account, own if own.may_speak else None) for own in owned])


def _candidate(name: str, target: Known, other: Known) -> tuple[Candidate | None, Broken | None]:
    """The other account with its rival; without it, and why, where the two could not be told apart."""
    if target.profile is None or other.profile is None:
        return None, None
    rival = attempt("telling accounts apart", rivals.between, target.learnable(), other.learnable())
    if isinstance(rival, Broken):
        return Candidate(name, other.profile), rival
    return Candidate(name, other.profile, rival), None


def _voice_error(known: Sequence[Known], unfitted: Sequence[Broken | None]) -> str | None:
    unread = [f"{each.voice.error} while reading past posts" for each in known if isinstance(each.voice, Broken)]
    untold = [f"{each.error} while telling accounts apart" for each in unfitted if each]
    return next(iter(unread + untold), None)


def _moment(query: Query) -> datetime | str:
    """The moment whose events count; the clock's moments share one entry."""
    scheduled = query.draft.scheduled_for
    now = query.now or datetime.now(UTC)
    if scheduled is not None and scheduled > now:
        return scheduled
    return query.now or _NOW


def _instant(query: Query) -> datetime:
    moment = _moment(query)
    return moment if isinstance(moment, datetime) else datetime.now(UTC)
