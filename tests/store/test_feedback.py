"""Feedback, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain import Account, Feedback
from app.errors import Invalid
from app.store import accounts, feedback

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
WRONG = Feedback(
    check_id="chk_1",
    verdict_was="wrong",
    why="“Killer” is the film\u2019s name 😀",
    by="dana",
    outcome="sent_unchanged",
    category="offensive",
    rule="offensive/insult",
    labels={"insult": 0, "levity": 1},
    text="Killer\nQueen",
    warned=("offensive/insult", "automation/placeholder"),
    model="ngram-1",
    platform="x",
)


def _add(database: Any, *said: Feedback) -> list[Feedback]:
    with database.transaction() as connection:
        return [feedback.add(connection, item, NOW + timedelta(minutes=index)) for index, item in enumerate(said)]


def test_feedback_comes_back_under_its_id(database) -> None:
    """All of it, what the check knew of itself included."""
    stored, bare = _add(database, WRONG, Feedback("chk_1", "right", "fine", "sam", "revised"))

    assert stored == replace(WRONG, id=stored.id, at=NOW)
    assert stored.id.startswith("fb_")
    with database.transaction() as connection:
        assert feedback.get(connection, stored.id) == stored
        assert feedback.get(connection, bare.id) == bare
        assert feedback.get(connection, "fb_none") is None


def test_feedback_that_contradicts_is_kept_beside_the_first(database) -> None:
    """Who changes their mind adds to the record; nothing said is lost."""
    stored = _add(database, WRONG, replace(WRONG, verdict_was="right"), replace(WRONG, by="sam"))

    with database.transaction() as connection:
        assert sorted(item.id for item in feedback.since(connection, None)) == sorted(item.id for item in stored)


def test_pages_follow_the_ids_and_can_be_of_one_kind(database) -> None:
    """By verdict, by category, and since a moment."""
    missed = replace(WRONG, verdict_was="missed", category="sombre_context", rule=None)
    stored = sorted(_add(database, WRONG, missed, WRONG), key=lambda item: item.id or "")

    with database.transaction() as connection:
        first = feedback.list_page(connection, after=None, limit=2)
        rest = feedback.list_page(connection, after=first[-1].id, limit=2)
        wrong = feedback.list_page(connection, after=None, limit=9, verdict_was="wrong")
        sombre = feedback.list_page(connection, after=None, limit=9, category="sombre_context")
        late = list(feedback.since(connection, NOW + timedelta(minutes=2)))

    assert first + rest == stored
    assert [item.verdict_was for item in wrong] == ["wrong", "wrong"]
    assert [item.category for item in sombre] == ["sombre_context"]
    assert [item.at for item in late] == [NOW + timedelta(minutes=2)]


def test_all_of_it_is_read_a_portion_at_a_time(database, monkeypatch) -> None:
    """None twice, none left out."""
    monkeypatch.setattr(feedback, "_PORTION", 2)
    stored = _add(database, *[WRONG] * 5)

    with database.transaction() as connection:
        found = [item.id for item in feedback.since(connection, None)]

    assert found == sorted(item.id for item in stored)


def test_deleted_feedback_is_gone(database) -> None:
    """And can't be deleted again."""
    (stored,) = _add(database, WRONG)

    with database.transaction() as connection:
        assert [feedback.delete(connection, stored.id), feedback.delete(connection, stored.id)] == [True, False]
        assert feedback.get(connection, stored.id) is None


def test_an_erased_account_takes_the_feedback_on_its_checks_with_it(database) -> None:
    """The texts of an account that is gone must not stay; an account that is only replaced keeps them."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme"))
    own, other = _add(database, replace(WRONG, account_id="acme", account_kind="brand", country="GB"), WRONG)

    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme", kind="ngo"))
        assert feedback.get(connection, own.id) == own
        assert accounts.delete(connection, "acme")
        assert [item.id for item in feedback.since(connection, None)] == [other.id]


def test_unstorable_text_is_refused(database) -> None:
    """By both databases alike, in every field that a person writes."""
    for field in ("why", "by", "text"):
        for text in ("a\x00b", "a\ud800b"):
            with pytest.raises(Invalid):
                _add(database, replace(WRONG, **{field: text}))
