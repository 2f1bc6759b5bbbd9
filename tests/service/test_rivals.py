"""Rivals that are fitted where cases are looked up, and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import Account, Draft, PastPost
from app.service import accounts, rivals
from app.service.canonical import digest
from app.service.directory import Directory
from app.service.memory import Recent
from app.service.query import AuthorRef, Candidate, Query
from app.store.session import Database
from app.voice.features import Features
from app.voice.rival import MOST, Rival

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)
DRAFT = Draft("cant believe it rained again lol", platforms=("x",))
FERRIES, DIARY = "Crossing {} is on time", "cant believe i missed bus {} again lol"


def _posts(mould: str, several: int, first: int = 0) -> tuple[PastPost, ...]:
    numbers = range(first, first + several)
    return tuple(PastPost(mould.format(n), NOW + timedelta(minutes=n)) for n in numbers)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'store.db'}")
    found.migrate()
    yield found
    found.close()


@pytest.fixture(autouse=True)
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """How many posts of both each rival was fitted to."""
    found: list[tuple[int, int]] = []
    learnt = rivals.learnt

    def counted(first: list, second: list) -> Rival:
        found.append((len(first), len(second)))
        return learnt(first, second)

    monkeypatch.setattr(rivals, "_pairs", Recent(rivals._PAIRS))
    monkeypatch.setattr(rivals, "learnt", counted)
    return found


def _candidate(database: Database, target: str | Account, other: str | Account) -> Candidate:
    [found] = Directory(database).case(Query(DRAFT, target, AuthorRef("sam", (other,)), now=NOW)).others
    return found


def _odds(candidate: Candidate) -> float:
    assert candidate.rival is not None
    return candidate.rival.odds(Features(DRAFT.text))


def test_a_stored_account_and_the_same_posts_inline_have_one_rival(
    database: Database, fitted: list[tuple[int, int]]
) -> None:
    """Else the verdict would depend on how a client integrates; whichever way the posts are ordered."""
    ferries, diary = _posts(FERRIES, 70), _posts(DIARY, 30)
    accounts.create(database, Account(id="acme", recent_posts=ferries))
    accounts.create(database, Account(id="sam", recent_posts=diary[::-1]))
    targets = ("acme", Account(handle="@a", recent_posts=ferries[::-1]))
    others = ("sam", Account(handle="@b", recent_posts=diary))
    found = {_odds(_candidate(database, target, other)) for target in targets for other in others}
    assert len(found) == 1
    assert sorted(fitted[0]) == [30, MOST]
    assert len(fitted) == 1


def test_older_posts_are_read_where_the_newest_are_replies(database: Database) -> None:
    """Two hundred replies hid the account's own words, which the same posts inline have."""
    own = _posts(FERRIES, 9)
    replies = tuple(replace(post, kind="reply") for post in _posts("Thanks {}!", 250, 9))
    accounts.create(database, Account(id="acme", recent_posts=own))
    accounts.add_posts(database, "acme", replies)
    inline = Account(handle="@a", recent_posts=own + replies)
    sam = Account(handle="@sam", recent_posts=_posts(DIARY, 9))
    assert _odds(_candidate(database, "acme", sam)) == _odds(_candidate(database, inline, sam))


def test_a_rival_serves_both_ways(database: Database, fitted: list[tuple[int, int]]) -> None:
    """Whoever posts from two accounts in turn would else fit two, and the odds would hang on which was first."""
    one, two = (Account(handle=f"@{n}", recent_posts=_posts(mould, 20)) for n, mould in enumerate((FERRIES, DIARY)))
    there, back = _odds(_candidate(database, one, two)), _odds(_candidate(database, two, one))
    assert there == -back > 0
    rivals._pairs = Recent(1)
    assert _odds(_candidate(database, two, one)) == back
    assert len(fitted) == 2


@pytest.mark.parametrize("stored", [True, False])
def test_a_rival_that_must_be_fitted_is_not_known(database: Database, stored: bool) -> None:
    """Six milliseconds, and ten to read each history: not on the event loop."""
    given = [Account(id=name, recent_posts=_posts(mould, 20)) for name, mould in (("a", FERRIES), ("b", DIARY))]
    if stored:
        for account in given:
            accounts.create(database, account)
    target, other = ("a", "b") if stored else given
    directory = Directory(database, ttl=60)
    query = Query(DRAFT, target, AuthorRef("sam", (other,)), now=NOW)
    directory.case(query)
    assert directory.knows(query)
    rivals._pairs = Recent(1)
    assert not directory.knows(query)
    directory.case(query)
    assert directory.knows(query)


@pytest.mark.parametrize("posts", [_posts(FERRIES, 4), _posts(FERRIES, 20)])
def test_too_few_posts_and_the_same_ones_have_no_rival(
    fitted: list[tuple[int, int]], posts: tuple[PastPost, ...]
) -> None:
    """An account that posts everything twice is even with its twin, exactly; four posts say next to nothing."""
    target, other = rivals.newest(_posts(FERRIES, 20)), rivals.newest(posts)
    assert rivals.is_remembered(target, other)
    assert rivals.between(target, other) is None
    assert fitted == []


def test_a_new_post_makes_a_new_rival(database: Database, fitted: list[tuple[int, int]]) -> None:
    """The one before has not learnt it, and the digest of the case tells them apart."""
    accounts.create(database, Account(id="acme", recent_posts=_posts(FERRIES, 20)))
    sam = Account(handle="@sam", recent_posts=_posts(DIARY, 20))
    before = _candidate(database, "acme", sam)
    accounts.add_posts(database, "acme", _posts(FERRIES, 1, 20))
    after = _candidate(database, "acme", sam)
    assert len(fitted) == 2
    assert digest(before) != digest(after)
    assert digest(before) == digest(replace(before))


def test_texts_are_not_confused_at_their_seams() -> None:
    """Two histories under one mark would share a rival."""
    marks = {rivals.newest([PastPost(text) for text in texts]).mark for texts in (["ab", "c"], ["a", "bc"], ["abc"])}
    assert len(marks) == 3
