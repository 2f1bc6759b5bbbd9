"""Voice profiles as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain import Account, Draft, PastPost
from app.service import accounts as service
from app.service.directory import Directory
from app.service.query import Query
from app.store import accounts, voices

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)


def test_a_voice_is_kept_replaced_and_erased_with_its_account(database) -> None:
    """One row an account; none is left of an account that was erased."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme"))
        assert voices.get(connection, "acme") is None
        voices.put(connection, "acme", b"\x00one", None)
        voices.put(connection, "acme", b"\x00two", NOW)
    with database.transaction() as connection:
        assert voices.get(connection, "acme") == (b"\x00two", NOW)
        accounts.delete(connection, "acme")
        assert voices.get(connection, "acme") is None


def test_a_voice_is_learnt_and_looked_up_on_either_database(database) -> None:
    """In bits, older ones last: both kinds must end with the same hundred posts in the same order."""
    posts = [PastPost(f"Crossing {n} is on time", NOW - timedelta(minutes=n)) for n in range(100)]
    service.create(database, Account(id="acme", recent_posts=tuple(posts[:40])))
    assert service.add_posts(database, "acme", posts[30:]) == 60
    case = Directory(database).case(Query(Draft("Crossing 9 is late", platforms=("x",)), "acme", now=NOW))
    assert case.profile is not None
    assert case.profile.posts == 100
    assert len(case.profile.strayed) == 95
