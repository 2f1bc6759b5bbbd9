"""A classifier of two accounts' posts against each other."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.voice.features import Features
from app.voice.rival import MOST, Places, Rival, learnt, read

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=80)


def _read(posts: list[str]) -> list[Places]:
    return [read(Features(post)) for post in posts]


@pytest.fixture
def rival(ferries: list[str], diary: list[str]) -> Rival:
    """The diary against the ferries."""
    return learnt(_read(ferries[:50]), _read(diary[:50]))


def test_a_draft_is_the_account_whose_words_it_has(rival: Rival, ferries: list[str], diary: list[str]) -> None:
    """Also among posts that were not learnt."""
    assert all(rival.odds(Features(post)) > 1 for post in diary[60:70])
    assert all(rival.odds(Features(post)) < -1 for post in ferries[60:70])


def test_turned_round_it_says_the_opposite(rival: Rival, ferries: list[str], diary: list[str]) -> None:
    """One is fitted for both ways: to the last digit, or a verdict would depend on which way was asked for first."""
    other = learnt(_read(diary[:50]), _read(ferries[:50]))
    for post in map(Features, (*ferries[50:55], *diary[50:55])):
        assert rival.turned().odds(post) == -rival.odds(post)
        assert other.odds(post) == pytest.approx(-rival.odds(post), abs=0.01)


def test_the_same_posts_give_the_same_rival(rival: Rival, ferries: list[str], diary: list[str]) -> None:
    """One that was forgotten is fitted anew: the replay of a verdict must not notice."""
    again = learnt(_read(ferries[:50]), _read(diary[:50]))
    assert again.weights.tobytes() == rival.weights.tobytes()
    assert (again.bias, again.mark) == (rival.bias, rival.mark)
    assert learnt(_read(ferries[1:51]), _read(diary[:50])).mark != rival.mark


def test_accounts_that_are_alike_are_even(ferries: list[str]) -> None:
    """In another order they are another account's, and nothing tells them apart."""
    posts = _read(ferries[:30])
    assert learnt(posts, posts[::-1]).odds(Features(ferries[40])) == pytest.approx(0, abs=1e-6)


def test_older_posts_are_not_learnt(ferries: list[str], diary: list[str]) -> None:
    """The time of a fit is bounded however many posts somebody sends."""
    found = learnt(_read(diary + ferries[:MOST]), _read(diary[:MOST]))
    assert found.mark == learnt(_read(ferries[:MOST]), _read(diary[:MOST])).mark


def test_hours_tell_nothing(ferries: list[str]) -> None:
    """Posts with a time against posts without were told apart by that alone, and every draft was without."""
    post = Features(ferries[0], datetime(2026, 2, 3, 4, 5, tzinfo=UTC))
    assert (read(post) == read(Features(ferries[0]))).all()


def test_a_rival_stays_small() -> None:
    """Many of them are remembered at once: two hundred posts of a thousand characters each would have a megabyte."""
    rng = np.random.default_rng(1)
    posts = ["".join(chr(97 + letter) for letter in rng.integers(0, 26, 280)) for _ in range(100)]
    found = learnt(_read(posts[:50]), _read(posts[50:]))
    assert found.at.nbytes + found.ratios.nbytes + found.weights.nbytes < 200_000


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=9), st.lists(TEXTS, min_size=1, max_size=9), TEXTS)
def test_any_posts_can_be_told_apart_or_not_at_all(first: list[str], second: list[str], draft: str) -> None:
    """Few, empty, one-sided or broken ones: a number comes out, never none."""
    assert np.isfinite(learnt(_read(first), _read(second)).odds(Features(draft)))


def test_a_weight_that_is_no_number_is_refused(ferries: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """At the look-up, where it is recorded, and not in silence below every threshold."""
    monkeypatch.setattr("app.voice.rival._fit", lambda _, truth, __: np.full(len(truth), np.nan))
    with pytest.raises(FloatingPointError):
        learnt(_read(ferries[:6]), _read(ferries[6:12]))
