"""Looking up accounts and events: a short memory that forgets in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import Account, Draft, Event
from app.errors import NotFound
from app.events.calendar import Calendar
from app.service import accounts, events
from app.service.directory import Directory
from app.service.query import AuthorRef, Query
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    store = Database(f"sqlite:///{tmp_path / 'store.db'}")
    store.migrate()
    yield store
    store.close()


def _event(name: str, hours: int) -> Event:
    start = NOW + timedelta(hours=hours)
    return Event(name, "accident", starts_at=start, ends_at=start + timedelta(hours=1))


def test_what_was_looked_up_is_remembered(database: Database) -> None:
    """The second check of the same account touches no store."""
    accounts.create(database, Account(id="acme"))
    directory = Directory(database, ttl=60)
    query = Query(Draft("a", platforms=("x",)), "acme", now=NOW)
    assert not directory.knows(query)
    directory.case(query)
    assert directory.knows(query)
    directory.forget()
    assert not directory.knows(query)


def test_what_another_thread_forgets_meanwhile_is_not_known(database: Database) -> None:
    """A full memory is emptied in the middle of a check beside this one; that was a KeyError, and a 500."""

    class Forgetful(dict):
        def __contains__(self, key: object) -> bool:
            found = super().__contains__(key)
            self.clear()
            return found

    directory = Directory(database, ttl=60)
    query = Query(Draft("a", platforms=("x",)), Account(), now=NOW)
    directory.case(query)
    directory._memory = Forgetful(directory._memory)
    assert directory.knows(query) in (True, False)


def test_an_unknown_account_points_at_its_place(database: Database) -> None:
    """The client can show the fault beside the field."""
    with pytest.raises(NotFound) as refusal:
        Directory(database).case(Query(Draft("a"), "nobody"))
    assert refusal.value.pointer == "/account"


def test_the_accounts_platform_stands_in_for_the_drafts(database: Database) -> None:
    """A draft that names no platform goes where its account lives."""
    accounts.create(database, Account(id="acme", platform="bluesky"))
    directory = Directory(database)
    assert directory.case(Query(Draft("a", platforms=()), "acme")).draft.platforms == ("bluesky",)
    assert directory.case(Query(Draft("a", platforms=()), Account())).draft.platforms == ("other",)


def test_events_are_those_of_the_moment_the_draft_goes_out(database: Database) -> None:
    """Two drafts in the same second, one for later, meet different events."""
    for event in (_event("now", 0), _event("later", 5)):
        events.open_event(database, event)
    directory = Directory(database, ttl=60)
    later = Draft("a", scheduled_for=NOW + timedelta(hours=5))
    met = [directory.case(Query(draft, Account(), now=NOW)).stored for draft in (Draft("a"), later)]
    assert [[event.name for event in found] for found in met] == [["now"], ["later"]]


def test_an_event_without_dates_begins_when_it_is_opened(database: Database) -> None:
    """So that it fades one day."""
    assert events.open_event(database, Event("now", "accident")).starts_at is not None


def test_the_authors_accounts_are_looked_up_too(database: Database) -> None:
    """Their posts are what the draft may really belong to."""
    accounts.create(database, Account(id="sam", handle="@sam"))
    case = Directory(database).case(Query(Draft("a"), Account(), AuthorRef("sam", ("sam", Account(handle="@x")))))
    assert case.author is not None
    assert [account.handle for account in case.author.accounts] == ["@sam", "@x"]


def test_a_calendar_that_breaks_is_a_recorded_failure(database: Database) -> None:
    """Prevents a draft from passing on a day of mourning that could not be looked up."""

    class Broken(Calendar):
        def active(self, *_: object) -> tuple[Event, ...]:
            raise OverflowError

    case = Directory(database, Broken()).case(Query(Draft("a"), Account(), now=NOW))
    assert case.events_error == "OverflowError while looking up days of remembrance"


def test_a_year_that_the_calendar_meets_first_is_not_known(database: Database) -> None:
    """Computing a year takes 50 ms, which would hold up every other request: such a check goes to a thread."""
    directory = Directory(database, ttl=60)
    queries = [Query(Draft("a", platforms=("x",)), Account(), now=NOW.replace(year=year)) for year in (2030, 2031)]
    directory.case(queries[0])
    directory._events(queries[1])
    assert [directory.knows(query) for query in queries] == [True, False]
