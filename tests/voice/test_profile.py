"""A profile: small, incremental, and never read from bytes that it can't be."""

from __future__ import annotations

import struct
import zlib
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.voice.features import MOST, SIZE, Features, tokens_of
from app.voice.profile import HALF_LIFE, LARGEST, UNIT, UNLIKENESSES, Outdated, Profile

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=300)
"""any code points, lone surrogates included"""


def _learnt(posts: list[str]) -> Profile:
    profile = Profile()
    for number, post in enumerate(posts):
        profile.add(Features(post), number / 7)
    return profile


def test_a_profile_comes_back_from_its_bytes(ferries: list[str]) -> None:
    """A voice that the store changes would be compared as somebody else's."""
    profile = _learnt(ferries)
    again = Profile.from_bytes(profile.to_bytes())
    assert (again.counts == profile.counts).all()
    assert (again.totals == profile.totals).all()
    assert again.posts == len(ferries)
    assert again.strayed == pytest.approx(profile.strayed)
    assert len(again.strayed) == UNLIKENESSES


def test_a_profile_stored_after_each_post_is_the_one_made_in_one_go(ferries: list[str]) -> None:
    """Otherwise a voice would depend on how often somebody imports."""
    profile = Profile()
    for number, post in enumerate(ferries):
        profile.add(Features(post), number / 7)
        profile = Profile.from_bytes(profile.to_bytes())
    assert profile.to_bytes() == _learnt(ferries).to_bytes()


def test_an_old_post_counts_half_after_a_half_life() -> None:
    """Prevents a voice that never leaves its first year behind."""
    old, new = Features("buns"), Features("The ferry sails")
    profile = Profile()
    profile.add(old)
    for _ in range(HALF_LIFE):
        profile.add(new)
    apart = np.setdiff1d(old.at, new.at)
    assert (profile.counts[apart] == UNIT // 2).all()
    assert profile.counts[np.setdiff1d(new.at, old.at)].max() == UNIT * (HALF_LIFE - 1) // 2 + UNIT


def test_a_profile_stays_within_its_size() -> None:
    """However many words an account uses: rare ones go first, frequent ones stay."""
    profile = Profile()
    profile.counts = np.random.default_rng(1).integers(0, 200, SIZE).astype(np.uint16)
    data = profile.to_bytes()
    assert len(data) <= LARGEST
    kept = Profile.from_bytes(data).counts
    assert kept[profile.counts.argmax()] == profile.counts.max()


def test_a_post_is_forgotten_as_it_was_learnt(ferries: list[str], diary: list[str]) -> None:
    """Leaving one out must leave what was there before."""
    profile, before, post = _learnt(ferries[:20]), _learnt(ferries[:20]), Features(diary[0])
    profile.add(post)
    profile.forget(post)
    assert (profile.counts == before.counts).all()
    assert (profile.totals == before.totals).all()
    assert profile.posts == before.posts


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense that is long enough to have a head",
        struct.pack("<4sIH", b"VP00", 1, 0) + zlib.compress(bytes(2 * SIZE)),
        struct.pack("<4sIH", b"VP01", 1, 0) + zlib.compress(bytes(2 * SIZE - 2)),
        struct.pack("<4sIH", b"VP01", 1, 0) + zlib.compress(bytes(4 * SIZE)),
        struct.pack("<4sIH", b"VP01", 1, 9) + zlib.compress(bytes(2 * SIZE)),
        Profile().to_bytes()[:40],
    ],
)
def test_bytes_of_another_version_or_of_nothing_are_refused(data: bytes) -> None:
    """Read as a voice they would raise alarms out of noise."""
    with pytest.raises(Outdated):
        Profile.from_bytes(data)


@given(TEXTS)
def test_any_text_can_be_learnt(text: str) -> None:
    """A post is whatever people have sent: lone surrogates, controls, nothing at all."""
    post = Features(text, datetime(2026, 2, 3, 4, 5, tzinfo=UTC))
    profile = Profile()
    profile.add(post)
    assert profile.totals.sum() == UNIT * len(post.at)
    assert ((post.at >= 0) & (post.at < SIZE)).all()


@given(TEXTS)
def test_words_lie_in_the_text(text: str) -> None:
    """Spans outside would be refused by whoever marks them."""
    for start, end, word in tokens_of(text):
        assert text[start:end].lower().lstrip("#") in (word, "")


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    """100,000 mentions must not hold up other requests."""
    assert tokens_of("@a b " * 20_000) == tokens_of(("@a b " * 20_000)[:MOST])
