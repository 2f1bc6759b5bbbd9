"""Idempotency keys, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from app.errors import Conflict
from app.store import idempotency
from app.store.idempotency import Stored
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
ROUTE = "POST /v1/check"


def _reserve(database, *, fingerprint: str = "f", route: str = ROUTE, now: datetime = NOW) -> Stored | None:
    with database.transaction() as connection:
        return idempotency.reserve(connection, "k", route, fingerprint, now)


def _finish(database) -> None:
    with database.transaction() as connection:
        idempotency.finish(connection, "k", ROUTE, status=200, body='{"a":1}')


def test_the_second_request_gets_the_first_ones_answer(database) -> None:
    """Done once, answered the same."""
    first = _reserve(database)
    _finish(database)
    assert (first, _reserve(database)) == (None, Stored(200, '{"a":1}'))


def test_a_key_belongs_to_one_route(database) -> None:
    """A client may count its keys per route."""
    _reserve(database)
    assert _reserve(database, route="POST /v1/events") is None


def test_another_body_under_the_same_key_is_a_conflict(database) -> None:
    """Whether the first is answered or not."""
    _reserve(database)
    with pytest.raises(Conflict, match="another request body"):
        _reserve(database, fingerprint="g")
    _finish(database)
    with pytest.raises(Conflict, match="another request body"):
        _reserve(database, fingerprint="g")


def test_a_request_still_being_answered_is_a_conflict(database) -> None:
    """It must not be done twice at once."""
    _reserve(database)
    with pytest.raises(Conflict, match="still being answered"):
        _reserve(database, now=NOW + timedelta(minutes=1))


def test_a_request_never_answered_can_be_done_again(database) -> None:
    """Its server died; and of two that come back, one gets it."""
    later = NOW + timedelta(minutes=3)
    _reserve(database)
    assert _reserve(database, now=later) is None
    with pytest.raises(Conflict, match="still being answered"):
        _reserve(database, now=later)


def test_of_two_that_come_back_at_the_same_moment_one_gets_it(postgres_url: str) -> None:
    """The other has seen the abandoned key too, and must not take what is taken: the POST would be done twice."""
    database = Database(postgres_url)
    database.migrate()
    _reserve(database)
    other, later = Database(postgres_url), NOW + timedelta(minutes=3)
    taken: list[Stored | None] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def _somebody_is_quicker(_connection, _cursor, statement: str, *_rest) -> None:
        if statement.startswith("UPDATE"):
            taken.append(_reserve(other, now=later))

    with pytest.raises(Conflict, match="still being answered"):
        _reserve(database, now=later + timedelta(seconds=1))
    assert taken == [None]
    other.close()
    database.close()


def test_an_abandoned_key_is_free(database) -> None:
    """Nothing was done; but what was answered can't be given back."""
    _reserve(database)
    with database.transaction() as connection:
        idempotency.abandon(connection, "k", ROUTE)
    assert _reserve(database) is None
    _finish(database)
    with database.transaction() as connection:
        idempotency.abandon(connection, "k", ROUTE)
    assert _reserve(database) == Stored(200, '{"a":1}')


def test_a_key_is_forgotten_after_a_day(database) -> None:
    """Purged or not."""
    _reserve(database)
    _finish(database)
    tomorrow = NOW + timedelta(hours=24)
    assert _reserve(database, fingerprint="g", now=tomorrow) is None
    with database.transaction() as connection:
        assert idempotency.purge(connection, tomorrow + timedelta(hours=24)) == 0
        assert idempotency.purge(connection, tomorrow + timedelta(hours=25)) == 1
