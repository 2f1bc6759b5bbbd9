"""How a draft sounds beside past posts, as rules are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import numpy as np
import pytest

from app.domain import Account, Draft, DraftKind, Message, PastPost
from app.service import rivals
from app.service.profiles import built
from app.service.query import Candidate, Case, Options
from app.service.voice import candidates, heard
from app.voice.compare import Voices

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)
FERRIES = tuple(PastPost(f"The {n}.{n + 10} crossing to Pier {n} is cancelled due to high winds.") for n in range(30))
DIARY = tuple(PastPost(f"cant believe i missed bus {n} again lol 😂") for n in range(30))
DRAFT = Draft("cant believe it rained again lol 😂", platforms=("x",))


def _case(draft: Draft = DRAFT, others: tuple[tuple[str, tuple[PastPost, ...]], ...] = (("@sam", DIARY),)) -> Case:
    found = tuple(_candidate(name, posts) for name, posts in others)
    return Case(draft, Account(), None, NOW, (), Options(), profile=built(FERRIES), others=found)


def _candidate(name: str, posts: tuple[PastPost, ...]) -> Candidate:
    profile = built(posts)
    assert profile is not None
    return Candidate(name, profile, rivals.between(rivals.newest(FERRIES), rivals.newest(posts)))


def test_one_handle_on_two_platforms_is_two_accounts() -> None:
    """An agency's @acme on X and on LinkedIn were never told apart; the same id, or one without platform, is none."""
    target = Account(handle="@acme", platform="x")
    others = [
        Account(handle="@acme", platform="linkedin"),
        Account(handle="@acme"),
        Account(handle="@Acme", platform="x"),
    ]
    assert candidates(target, [(other, 1) for other in others]) == (("@acme on linkedin", 1),)
    stored = Account(id="a", handle="@acme", platform="x")
    assert candidates(stored, [(Account(id="b", handle="@acme"), 1), (stored, 1)]) == (("@acme", 1),)


def test_the_likeliest_account_comes_first_with_its_share() -> None:
    """Shares are of all the author's accounts, the target included."""
    voice = heard(_case(others=(("@twin", FERRIES), ("@sam", DIARY))))
    assert voice is not None
    assert [other.name for other in voice.others] == ["@sam", "@twin"]
    assert voice.others[0].share > 0.99
    assert sum(other.share for other in voice.others) < 1
    assert voice.others[1].odds == pytest.approx(0)
    assert voice.spans


def test_words_are_told_only_where_the_profiles_speak_for_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rival that alone tips the balance has no words: "it has more of these" was said of a draft that has less."""
    told = _case()
    voice = heard(told)
    assert voice is not None
    odds = voice.others[0].odds
    monkeypatch.setattr(Voices, "ruling", lambda *_: odds)
    monkeypatch.setattr(Voices, "odds", lambda *_: np.array([odds]))
    alone = heard(told)
    assert alone is not None
    assert alone.others[0].odds == odds
    assert (alone.spans, alone.habits) == ((), ())
    assert voice.spans


def test_own_drafts_are_explained_to_nobody() -> None:
    """Explaining costs more than comparing, and most drafts are right."""
    voice = heard(_case(Draft("The 9.20 crossing to Pier 4 is cancelled due to fog.", platforms=("x",))))
    assert voice is not None
    assert (voice.spans, voice.habits) == ((), ())
    assert voice.per_1000 > 200


@pytest.mark.parametrize(
    "draft",
    [
        replace(DRAFT, in_reply_to=Message("hello")),
        replace(DRAFT, text="lol again"),
    ],
)
def test_answers_and_crumbs_are_not_compared(draft: Draft) -> None:
    """A reply takes its tone from what it answers; nine letters show nobody."""
    assert heard(_case(draft)) is None


@pytest.mark.parametrize("kind", get_args(DraftKind))
def test_only_what_teaches_a_voice_is_held_to_it(kind: DraftKind) -> None:
    """Comments taught nothing and were judged all the same; a new kind must be thought of on both sides at once."""
    teaches = built([replace(post, kind=kind) for post in DIARY]) is not None
    judged = heard(_case(replace(DRAFT, kind=kind))) is not None
    assert teaches == judged == (kind in ("post", "quote", "story", "ad"))


def test_all_other_accounts_are_compared() -> None:
    """The draft may be the fiftieth's; each costs twenty microseconds, and the rate of false alarms counts them all."""
    known = [(Account(handle=f"@a{n}"), built(DIARY)) for n in range(50)]
    assert len(candidates(Account(), known)) == 50


def test_an_account_with_only_a_name_to_show_counts_once() -> None:
    """Three copies of one were three rivals: thrice the false alarms to expect, and the target was its own rival."""
    names = (None, "Acme", "Acme", "Sam", "Acme UK", None)
    known = [(Account(display_name=name), built(DIARY)) for name in names]
    found = candidates(Account(display_name="Acme UK"), known)
    assert [name for name, _ in found] == ["another account", "Acme", "Sam", "another account"]


@pytest.mark.parametrize("account", [Account(display_name="Acme", handle="@a"), Account(display_name="Acme", id="a")])
def test_a_name_to_show_is_no_proof_beside_a_handle_or_an_id(account: Account) -> None:
    """Two branches of one firm show the same name."""
    known = [(each, built(DIARY)) for each in (account, Account(display_name="Acme"))]
    assert len(candidates(Account(handle="@other", display_name="Acme"), known)) == 2


def test_few_posts_must_clear_the_mark_of_twenty() -> None:
    """With five posts scores are smaller: a lower mark would be no surer."""
    few, full = (heard(_case(others=(("@sam", DIARY[:several]),))) for several in (5, 30))
    assert few is not None
    assert full is not None
    assert few.others[0].odds < full.others[0].odds
    assert few.others[0].per_1000 >= full.others[0].per_1000
