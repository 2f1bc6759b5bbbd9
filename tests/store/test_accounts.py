"""Accounts and their past posts, on both databases."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain import Account, PastPost
from app.errors import Invalid, NotFound
from app.store import accounts

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
ACME = Account(
    id="acme-uk",
    handle="@acme",
    platform="x",
    display_name="Acme 😀",
    kind="agency",
    description="Tools\nfor “everyone”, C:\\u0000 included",
    language="en",
    regions=("GB", "US-TX"),
    timezone="Europe/London",
    voice={"formal": True, "never": ["lol", "omg"]},
    sector="retail",
    jurisdictions=("GB",),
    tier="premium",
    limits={"hashtags": 2},
    contacts=("+44 20 7946 0000",),
    client="Acme Ltd",
    policy="strict",
)


def _store(database, account=ACME, posts=()) -> None:
    with database.transaction() as connection:
        accounts.put(connection, account)
        accounts.add_posts(connection, account.id, posts)


def _get(database, account_id: str = "acme-uk") -> Account | None:
    with database.transaction() as connection:
        return accounts.get(connection, account_id)


def test_every_field_comes_back(database) -> None:
    """A field forgotten on the way would be a limit or a voice silently not applied."""
    assert [f.name for f in fields(Account) if not getattr(ACME, f.name)] == ["recent_posts"]
    _store(database)
    assert _get(database) == ACME


def test_an_account_of_defaults_comes_back(database) -> None:
    """Absent stays absent."""
    _store(database, Account(id="bare"))
    assert _get(database, "bare") == Account(id="bare")


def test_an_unknown_account_is_none(database) -> None:
    """The caller says 404, or judges without."""
    assert _get(database, "nobody") is None


def test_put_says_whether_it_created(database) -> None:
    """201 or 200."""
    with database.transaction() as connection:
        assert [accounts.put(connection, ACME), accounts.put(connection, ACME)] == [True, False]


def test_replacing_an_account_keeps_its_posts(database) -> None:
    """A new description must not cost the voice profile."""
    post = PastPost("Good morning", NOW)
    _store(database, posts=[post])
    _store(database, replace(ACME, description=None, recent_posts=(PastPost("not these"),)))
    assert _get(database) == replace(ACME, description=None, recent_posts=(post,))


def test_pages_follow_the_ids_and_carry_no_posts(database) -> None:
    """The last id of a page leads to the next."""
    for name in "cab":
        _store(database, Account(id=name), [PastPost("hi")])
    with database.transaction() as connection:
        first = accounts.list_page(connection, after=None, limit=2)
        rest = accounts.list_page(connection, after="b", limit=2)
    assert (first, rest) == ([Account(id="a"), Account(id="b")], [Account(id="c")])


def test_deleting_an_account_erases_its_posts(database) -> None:
    """Neither left over, nor back when the id is used again."""
    _store(database, posts=[PastPost("private joke")])
    with database.transaction() as connection:
        assert accounts.delete(connection, "acme-uk") is True
        assert accounts.delete(connection, "acme-uk") is False
        assert accounts.count_posts(connection, "acme-uk") == 0
    _store(database)
    assert _get(database) == ACME


def test_the_same_post_counts_once(database) -> None:
    """An import may be repeated; the same words at another time, or at none, are another post."""
    here, there = NOW, NOW.astimezone(timezone(timedelta(hours=5)))
    _store(database)
    with database.transaction() as connection:
        first = accounts.add_posts(connection, "acme-uk", [PastPost("hi", here), PastPost("hi", there), PastPost("hi")])
        again = accounts.add_posts(connection, "acme-uk", [PastPost("hi"), PastPost("hi", there), PastPost("ho", here)])
        assert (len(first), len(again), accounts.count_posts(connection, "acme-uk")) == (2, 1, 3)


def test_no_posts_are_no_error(database) -> None:
    """An empty import adds nothing."""
    _store(database)
    with database.transaction() as connection:
        assert accounts.add_posts(connection, "acme-uk", []) == []


def test_posts_of_nobody_are_refused(database) -> None:
    """They would never be found, or erased, again."""
    with pytest.raises(NotFound), database.transaction() as connection:
        accounts.add_posts(connection, "nobody", [PastPost("hi")])


def test_the_newest_two_hundred_posts_come_along(database) -> None:
    """Newest first, those without a time last; a large import is taken whole."""
    posts = [PastPost(f"post {n}", NOW + timedelta(minutes=n), "reply") for n in range(1_000)]
    _store(database, posts=[PastPost("undated"), *posts])
    assert _get(database).recent_posts == tuple(reversed(posts[-200:]))
    with database.transaction() as connection:
        assert accounts.count_posts(connection, "acme-uk") == 1_001


def test_the_time_at_a_place_is_that_of_the_post_there(database) -> None:
    """Among the kinds asked for; posts without a time have no place, and beyond the last there is none."""
    posts = [PastPost(f"post {n}", NOW + timedelta(minutes=n), "reply" if n % 2 else "post") for n in range(10)]
    _store(database, posts=[*posts, PastPost("undated")])
    with database.transaction() as connection:
        found = [accounts.time_of_newest(connection, "acme-uk", n, without=("reply",)) for n in (1, 2, 5, 6)]
    assert found == [posts[8].posted_at, posts[6].posted_at, posts[0].posted_at, None]


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_unstorable_text_is_refused_by_both_databases_alike(database, text: str) -> None:
    """In an id, a field or a post; and nothing of it is kept."""
    _store(database)
    for write in (
        lambda c: accounts.put(c, Account(id=text)),
        lambda c: accounts.put(c, replace(ACME, description=text)),
        lambda c: accounts.put(c, replace(ACME, voice={"never": [text]})),
        lambda c: accounts.add_posts(c, "acme-uk", [PastPost("fine"), PastPost(text)]),
    ):
        with pytest.raises(Invalid), database.transaction() as connection:
            write(connection)
    assert _get(database) == ACME


@pytest.mark.parametrize("text", ["a\ud800b", "a\x00b"])
def test_looking_for_an_unstorable_id_is_no_failure_of_the_store(database, text: str) -> None:
    """There is no such account, however a driver says so."""
    try:
        found = _get(database, text)
    except Invalid:
        found = None
    assert found is None
