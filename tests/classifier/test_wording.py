"""What the encoder reads, and the way back to the draft's own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.classifier.wording import MOST_READ, raw_places, wording
from app.text import read


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Hello @sam, see https://example.org/a", "hello @user , see url"),
        ("#susanalbumparty tonight", "susan album party tonight"),
        ("great 🙃🙃🙃", "great upside-down face"),
        ("go 🇬🇧", "go flag"),
        ("𝓕𝓻𝓮𝓮 ﬁsh", "free fish"),
    ],
)
def test_entities_are_said_in_words(raw: str, expected: str) -> None:
    """The vocabulary knows words only: an emoji that isn't said is nothing to the encoder."""
    assert " ".join(wording(read(raw)).split()) == expected


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=200))
@settings(max_examples=200, deadline=None)
def test_every_letter_knows_its_place(raw: str) -> None:
    """Prevents a marked word that points past the draft, whatever its code points."""
    text = read(f"@sam {raw} #ok https://example.org/a")
    raw = text.raw
    places = raw_places(text)
    assert len(places) == len(wording(text))
    assert all(0 <= start <= end <= len(raw) for start, end in places)


def test_a_long_draft_is_read_only_so_far() -> None:
    """Cost stays bounded at 100,000 code points."""
    assert len(wording(read("word " * 20_000))) <= MOST_READ + 1
