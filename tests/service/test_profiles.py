"""Voices that are learnt with the posts of stored accounts, and looked up with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from app.domain import Account, Draft, PastPost
from app.service import accounts, portrait, profiles
from app.service.canonical import digest
from app.service.directory import Directory
from app.service.memory import Recent
from app.service.query import AuthorRef, Case, Query
from app.store import tables
from app.store import voices as store
from app.store.session import Database, Transaction
from app.voice.profile import HALF_LIFE, Profile

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)
DRAFT = Draft("Crossing 9 is late again", platforms=("x",))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'store.db'}")
    found.migrate()
    yield found
    found.close()


def _posts(several: int, first: int = 0, **changes: object) -> tuple[PastPost, ...]:
    numbers = range(first, first + several)
    return tuple(replace(PastPost(f"Crossing {n} is on time", NOW + timedelta(minutes=n)), **changes) for n in numbers)


def _stored(database: Database, account_id: str = "acme") -> Profile:
    with database.transaction() as connection:
        row = store.get(connection, account_id)
    assert row is not None
    return Profile.from_bytes(row[0])


def _inline(posts: tuple[PastPost, ...]) -> bytes:
    profile = profiles.built(posts)
    assert profile is not None
    return profile.to_bytes()


def _taught(posts: tuple[PastPost, ...]) -> bytes:
    """What these teach one after the other."""
    profile = Profile()
    profiles._teach(profile, posts)
    return profile.to_bytes()


def _case(database: Database, query: Query | None = None) -> Case:
    return Directory(database).case(query or Query(DRAFT, "acme", now=NOW))


def test_posts_added_bit_by_bit_teach_what_they_teach_at_once(database: Database) -> None:
    """An interrupted import must leave the voice that a whole one does."""
    accounts.create(database, Account(id="once", recent_posts=_posts(150)))
    accounts.create(database, Account(id="acme", recent_posts=_posts(40)))
    accounts.add_posts(database, "acme", _posts(60, 40))
    accounts.add_posts(database, "acme", _posts(100, 50))
    assert _stored(database).to_bytes() == _stored(database, "once").to_bytes()


def test_older_posts_are_learnt_in_their_place(database: Database) -> None:
    """An archive is often imported newest first."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(30, 70)))
    accounts.add_posts(database, "acme", _posts(70))
    accounts.create(database, Account(id="once", recent_posts=_posts(100)))
    assert _stored(database).to_bytes() == _stored(database, "once").to_bytes()


@pytest.mark.parametrize("dated", [True, False])
def test_a_history_is_read_in_the_same_order_wherever_it_lies(database: Database, dated: bool) -> None:
    """Inline the oldest hundred were learnt, newest first; a time says what is new, else the place: the last is."""
    given = _posts(150) if dated else _posts(150, posted_at=None)
    newest = _taught(given[50:])
    assert _inline(given) == newest
    assert (_inline(given[::-1]) == newest) is dated
    accounts.create(database, Account(id="forth", recent_posts=given))
    accounts.create(database, Account(id="back", recent_posts=given[::-1]))
    forth, back = (_stored(database, each).to_bytes() for each in ("forth", "back"))
    assert forth == _taught(given)
    assert (back == forth) is dated


def test_a_post_without_a_time_counts_as_older_than_those_with_one(database: Database) -> None:
    """As among stored posts: nobody knows when it went out."""
    undated = _posts(60, 200, posted_at=None)
    assert _inline(_posts(100) + undated) == _inline(_posts(100))
    assert _inline(_posts(50) + undated) == _taught(undated[10:] + _posts(50))


def test_posts_older_than_all_that_counts_change_nothing(database: Database) -> None:
    """Each batch of a large archive would else cost a rebuild, and push newer posts out."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(profiles.BUILT, 1_000)))
    before = _stored(database).to_bytes()
    assert accounts.add_posts(database, "acme", _posts(100)) == 100
    assert _stored(database).to_bytes() == before


def test_replies_and_reposts_teach_nothing(database: Database) -> None:
    """Nor do they crowd out posts in the account's own words."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    accounts.add_posts(database, "acme", _posts(400, 9, kind="reply") + _posts(9, 500, kind="repost"))
    accounts.add_posts(database, "acme", [PastPost("An undated post of ours")])
    assert _stored(database).posts == 10


def test_the_voice_comes_with_its_account(database: Database) -> None:
    """The target's, and those of the author's other accounts, each once and never the target itself."""
    accounts.create(database, Account(id="acme", handle="@acme", recent_posts=_posts(9)))
    accounts.create(database, Account(id="sam", handle="@sam", recent_posts=_posts(8)))
    inline = Account(handle="@inline", recent_posts=_posts(7))
    owned = AuthorRef("sam", ("acme", "sam", "sam", inline, Account(handle="@few", recent_posts=_posts(4)), "nobody"))
    case = _case(database, Query(DRAFT, "acme", owned, now=NOW))
    assert case.profile is not None
    assert case.profile.posts == 9
    assert [(other.name, other.profile.posts) for other in case.others] == [("@sam", 8), ("@inline", 7)]


def test_fewer_than_five_posts_are_no_voice(database: Database) -> None:
    """They say next to nothing."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(4)))
    assert _case(database).profile is None


def test_a_voice_is_decoded_once(database: Database) -> None:
    """Half a millisecond and 250 KB of each look-up."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    assert _case(database).profile is _case(database).profile


def test_a_voice_of_another_version_is_built_from_the_posts(database: Database) -> None:
    """An upgrade must not silence the comparison; and the picture says so until it is rebuilt."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    with database.transaction() as connection:
        store.put(connection, "acme", b"VP00 and more", NOW)
    case = _case(database)
    assert case.profile is not None
    assert case.profile.posts == 9
    assert portrait.portrait(database, "acme").outdated
    portrait.rebuild(database, "acme")
    assert not portrait.portrait(database, "acme").outdated
    assert _stored(database).posts == 9


def test_adding_to_a_voice_of_another_version_builds_it_anew(database: Database) -> None:
    """A post learnt into bytes that can't be read would be lost."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    with database.transaction() as connection:
        store.put(connection, "acme", b"VP00 and more", NOW)
    accounts.add_posts(database, "acme", _posts(1, 9))
    assert _stored(database).posts == 10


def _lose(database: Database, outdated: bool) -> None:
    """The profile, to an upgrade or to a version that had none."""
    with database.transaction() as connection:
        if outdated:
            store.put(connection, "acme", b"VP00 and more", NOW)
        else:
            connection.execute(delete(tables.voices))


@pytest.mark.parametrize("outdated", [True, False])
def test_an_account_that_mostly_replies_keeps_its_voice(database: Database, outdated: bool) -> None:
    """Its newest two hundred posts are replies: a voice was looked for among them, and silently not found."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    accounts.add_posts(database, "acme", _posts(250, 9, kind="reply"))
    _lose(database, outdated)
    found = _case(database).profile
    assert found is not None
    assert found.posts == 9


@pytest.mark.parametrize("outdated", [True, False])
def test_any_new_post_mends_a_lost_voice(database: Database, outdated: bool) -> None:
    """Else each look-up builds it anew until the account posts in its own words."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    _lose(database, outdated)
    accounts.add_posts(database, "acme", _posts(1, 9, kind="reply"))
    assert _stored(database).posts == 9


@pytest.fixture
def rebuilt(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The accounts whose voice was built anew."""
    found: list[str] = []
    rebuild = profiles.rebuild

    def counted(connection: Transaction, account_id: str) -> None:
        found.append(account_id)
        rebuild(connection, account_id)

    monkeypatch.setattr(profiles, "rebuild", counted)
    return found


def _newest_at(database: Database) -> datetime | None:
    with database.transaction() as connection:
        row = store.get(connection, "acme")
    assert row is not None
    return row[1]


def test_a_post_dated_in_the_future_makes_no_later_one_late(database: Database, rebuilt: list[str]) -> None:
    """Each later post cost half a second under the write lock, until that day came."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(30)))
    accounts.add_posts(database, "acme", [PastPost("A slip of the year", NOW + timedelta(days=36_500))])
    assert _newest_at(database) == _posts(1, 29)[0].posted_at
    for n in range(30, 40):
        accounts.add_posts(database, "acme", _posts(1, n))
    assert _stored(database).posts == 41
    assert rebuilt == ["acme"]


def test_a_stored_time_in_the_future_is_forgotten(database: Database, rebuilt: list[str]) -> None:
    """Profiles that were written before such times were left out mend with the next post."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(30)))
    with database.transaction() as connection:
        store.put(connection, "acme", _stored(database).to_bytes(), NOW + timedelta(days=36_500))
    accounts.add_posts(database, "acme", _posts(1, 30))
    assert _newest_at(database) == _posts(1, 30)[0].posted_at
    assert rebuilt == ["acme"]


@pytest.mark.parametrize("several", [1, HALF_LIFE])
def test_a_few_late_posts_are_learnt_where_they_arrive(database: Database, rebuilt: list[str], several: int) -> None:
    """A scheduler reports out of order by minutes: the profile hardly differs, and a rebuild takes half a second."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(30, 100)))
    accounts.add_posts(database, "acme", _posts(several))
    assert _stored(database).to_bytes() == _taught(_posts(30, 100) + _posts(several))
    assert _newest_at(database) == _posts(1, 129)[0].posted_at
    assert rebuilt == ["acme"]


def test_many_late_posts_are_put_in_their_place(database: Database, rebuilt: list[str]) -> None:
    """Else an archive that is imported newest first would outweigh what was posted since."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(30, 100)))
    accounts.add_posts(database, "acme", _posts(HALF_LIFE + 1))
    assert _stored(database).to_bytes() == _taught(_posts(HALF_LIFE + 1) + _posts(30, 100))
    assert rebuilt == ["acme", "acme"]


def test_of_a_bulk_only_what_counts_is_read(database: Database, rebuilt: list[str]) -> None:
    """Imports of a thousand posts a call would hold the write lock for two seconds each."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    accounts.add_posts(database, "acme", _posts(profiles.BUILT + 100, 9))
    assert _stored(database).posts == 9 + profiles.BUILT
    assert rebuilt == ["acme"]


def test_a_history_that_must_still_be_read_is_not_known(database: Database) -> None:
    """Reading a hundred posts takes twenty milliseconds: not on the event loop."""
    directory = Directory(database, ttl=60)
    query = Query(DRAFT, Account(recent_posts=_posts(33, 7_000)), now=NOW)
    directory.case(Query(query.draft, Account(), now=NOW))
    assert not directory.knows(query)
    directory.case(query)
    assert directory.knows(query)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many posts each history that was read had."""
    found: list[int] = []
    teach = profiles._teach

    def counted(profile: Profile, posts: Sequence[PastPost]) -> None:
        found.append(len(posts))
        teach(profile, posts)

    monkeypatch.setattr(profiles, "_memory", Recent(profiles._REMEMBERED))
    monkeypatch.setattr(profiles, "_teach", counted)
    return found


def test_only_histories_that_are_compared_are_read(database: Database, read: list[int]) -> None:
    """Twenty milliseconds each: not for the target under its own name, for copies, or for one that is too short."""
    target, one, two = (Account(handle=f"@{n}", recent_posts=_posts(n)) for n in (6, 7, 8))
    twin, few = replace(target, recent_posts=_posts(9)), Account(handle="@few", recent_posts=_posts(4))
    query = Query(DRAFT, target, AuthorRef("sam", (twin, one, replace(one, recent_posts=_posts(5)), few, two)), now=NOW)
    directory = Directory(database, ttl=60)
    directory.case(query)
    assert read == [6, 7, 8]
    assert directory.knows(query)


@pytest.mark.parametrize(
    ("draft", "target"),
    [
        (replace(DRAFT, kind="reply"), Account(recent_posts=_posts(9))),
        (replace(DRAFT, text="late again"), Account(recent_posts=_posts(9))),
        (DRAFT, Account(recent_posts=_posts(4))),
    ],
)
def test_no_history_is_read_where_nothing_is_compared(
    database: Database, read: list[int], draft: Draft, target: Account
) -> None:
    """Fifty would cost a second for a reply."""
    query = Query(draft, target, AuthorRef("sam", (Account(handle="@sam", recent_posts=_posts(8)),)), now=NOW)
    directory = Directory(database, ttl=60)
    assert directory.case(query).others == ()
    assert read == []
    assert directory.knows(query)


def test_a_history_that_is_used_stays_known(read: list[int]) -> None:
    """The oldest went first, however often it was asked for: two requests pushed each other out at every turn."""
    for n in range(profiles._REMEMBERED):
        profiles.built(_posts(5, n))
    profiles.built(_posts(5))
    profiles.built(_posts(5, 900))
    assert profiles.is_remembered(_posts(5))
    assert not profiles.is_remembered(_posts(5, 1))
    assert len(read) == profiles._REMEMBERED + 1


def test_the_digest_of_a_case_tells_voices_apart(database: Database) -> None:
    """A verdict can be replayed only with the voice that it was given on."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(9)))
    case = _case(database)
    accounts.add_posts(database, "acme", _posts(1, 9))
    assert digest(case) == digest(case)
    assert digest(case) != digest(replace(case, profile=_case(database).profile))
