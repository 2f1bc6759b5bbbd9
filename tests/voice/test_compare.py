"""Which of two accounts a draft sounds like, and whether it is like its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadModel
from app.voice.compare import Voices
from app.voice.features import Features
from app.voice.portrait import noticed, telling
from app.voice.profile import Profile
from app.voice.rival import Places, learnt, read


def _learnt(voices: Voices, posts: list[str]) -> Profile:
    profile = Profile()
    for post in map(Features, posts):
        profile.add(post, voices.unlike(post, profile) if profile.posts >= 5 else None)
    return profile


def test_a_draft_speaks_for_the_account_that_writes_so(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """And as much against it on the other side."""
    one, other = _learnt(voices, ferries[:50]), _learnt(voices, diary[:50])
    draft = Features(diary[60])
    [there] = voices.odds(draft, one, [other], [None])
    [here] = voices.odds(draft, other, [one], [None])
    assert there == pytest.approx(-here)
    assert there > 4
    assert voices.per_1000("known", there, 50) < 1 < 400 < voices.per_1000("known", here, 50)


def test_two_accounts_with_the_same_posts_are_even(voices: Voices, ferries: list[str]) -> None:
    """A brand that posts everything twice must not be told that it is its twin."""
    one, other = _learnt(voices, ferries[:50]), _learnt(voices, ferries[:50])
    assert voices.odds(Features("We sail at noon, lol"), one, [other], [None]).tolist() == [0.0]


def test_a_rival_adds_its_word(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """To the very account that it is of, where only some have one."""
    one, other = _learnt(voices, ferries[:50]), _learnt(voices, diary[:50])
    rival = learnt(*([read(Features(post)) for post in posts[:50]] for posts in (ferries, diary)))
    draft = Features(diary[60])
    without = voices.odds(draft, one, [other, other], [None, None])
    found = voices.odds(draft, one, [other, other], [None, rival])
    assert (found - without).tolist() == pytest.approx([0.0, voices.rival * rival.odds(draft)])
    assert found[1] > found[0]


def test_a_rival_that_is_no_number_fails(voices: Voices, ferries: list[str]) -> None:
    """As a profile that is none: it would pass in silence."""
    one, posts = _learnt(voices, ferries[:20]), [read(Features(post)) for post in ferries]
    broken = replace(learnt(posts[:20], posts[20:40]), bias=float("nan"))
    with pytest.raises(FloatingPointError):
        voices.odds(Features(ferries[50]), one, [one], [broken])


def test_an_account_strays_as_far_as_it_always_has(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """One that has always written both ways is not to be warned of either."""
    plain, both = _learnt(voices, ferries[:60]), _learnt(voices, [*ferries[:30], *diary[:30]])
    draft = Features(diary[60])
    assert voices.strays(voices.unlike(draft, plain), plain) == 0
    assert voices.strays(voices.unlike(draft, both), both) > 0.2


def test_the_rarer_the_score_the_fewer_reach_it(voices: Voices) -> None:
    """Also past what was measured, but no further than a tenth: nobody knows what is beyond."""
    rates = [voices.per_1000("known", score / 2, 50) for score in range(-20, 60)]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] == pytest.approx(0.02)


def test_what_speaks_for_the_other_account_is_told(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """A warning without its words is one more box to click away."""
    text = "https://example.com/a cant believe it, cancelled again lol 😂"
    said = voices.explain(text, Features(text), _learnt(voices, ferries), _learnt(voices, diary))
    words = {text[start:end] for start, end in said.spans}
    assert {"cant", "lol"} <= words
    assert "cancelled" not in words
    assert "emoji 😂" in said.habits


@given(text=st.text(st.characters(exclude_categories=[]), max_size=300), alone=st.booleans())
def test_what_is_told_lies_in_the_text(voices: Voices, text: str, alone: bool) -> None:
    """Any text, with and without another account."""
    one, other = _learnt(voices, ["The ferry sails"] * 6), _learnt(voices, [text] * 6)
    said = voices.explain(text, Features(text), one, None if alone else other)
    assert all(0 <= start < end <= len(text) for start, end in said.spans)


def test_what_marks_an_account_is_told_with_how_often(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """The picture by which people check what was learnt."""
    posts = ferries[:50]
    found = dict(telling(voices, _learnt(voices, posts), list(map(Features, posts)), "marks", least=0.5))
    assert found["#ferries"] == 1.0


def test_accounts_that_are_apart_notice_each_others_posts(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """And the same posts on both sides are never noticed."""
    one, other = (list(map(Features, posts[:50])) for posts in (ferries, diary))
    found = [noticed(voices, one, each, lambda odds, *_: odds > 2) for each in (other, one)]
    assert found == [50, 0]


def test_each_post_is_weighed_with_the_rest_as_its_past(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """The rate of false alarms depends on how many posts are known, and the post itself is not."""
    known: list[tuple[int, int]] = []

    def alarms(_: float, target: Profile, own: Profile) -> bool:
        known.append((target.posts, own.posts))
        return False

    noticed(voices, list(map(Features, ferries[:6])), list(map(Features, diary[:9])), alarms)
    assert known == [(9, 5)] * 6


def test_no_post_is_judged_by_a_rival_that_has_learnt_it(
    voices: Voices, ferries: list[str], diary: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would know its own and promise what no check keeps."""
    judged: list[tuple[list[Places], Features]] = []

    def odds(_: Voices, post: Features, target: Profile, others: object, rivals: list[Any]) -> np.ndarray:
        judged.append((rivals[0], post))
        return np.zeros(1)

    monkeypatch.setattr(Voices, "odds", odds)
    monkeypatch.setattr("app.voice.portrait.learnt", lambda first, second: second)
    noticed(voices, list(map(Features, ferries[:25])), list(map(Features, diary[:9])), lambda *_: False)
    assert len(judged) == 25
    for known, post in judged:
        assert len(known) in (22, 23)
        assert not any(np.array_equal(each, read(post)) for each in known)


def test_broken_files_are_named(tmp_path: Path) -> None:
    """The service must not start on half a background."""
    with pytest.raises(BadModel, match=tmp_path.name):
        Voices.load(tmp_path)


def test_a_voice_that_is_no_number_fails(voices: Voices, ferries: list[str]) -> None:
    """It would lie below every threshold: the draft would pass in silence instead of degrading the reply."""
    broken = _learnt(voices, ferries[:20])
    broken.totals[:] = -(10**9)
    with np.errstate(invalid="ignore"), pytest.raises(FloatingPointError):
        voices.unlike(Features(ferries[30]), broken)


def test_what_an_account_has_written_moves_its_own_rate(voices: Voices, ferries: list[str], diary: list[str]) -> None:
    """A budget per account: the same unlikeness is rarer where the account never strayed so far."""
    steady, changing = _learnt(voices, ferries[:60]), _learnt(voices, [*ferries[:50], *diary[:10]])
    far = max(changing.strayed) - 0.01
    expected = voices.per_1000("alone", far, 60)
    assert voices.own_per_1000(far, steady, 60) <= expected < voices.own_per_1000(far, changing, 60)
