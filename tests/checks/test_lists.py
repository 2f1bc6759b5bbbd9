"""What holds for the word lists as files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.checks.matching import Words
from app.text import read

CHECKS = Path(__file__).parents[2] / "app" / "checks"
LISTS = sorted([*CHECKS.glob("*/lists/*.txt"), *CHECKS.glob("*/lists/*.tsv")])
_UNBOUNDED = re.compile(r"\)[*+]")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(CHECKS)))
def test_no_group_repeats_without_bound(path: Path) -> None:
    """“(?:all |the )*” costs a look at the rest of the text from each of its words: quadratic in a long draft."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and _UNBOUNDED.search(line)] == []


def test_phrases_that_begin_with_a_number_share_a_drawer() -> None:
    """Prevents a draft of prices that is searched once for each of its numbers: fourteen platforms took a minute."""
    words = Words([r"\d+ (?:posts|tweets) a day", "ten posts a day"])
    assert words._drawers is not None
    assert sorted(words._drawers) == ["0-9", "ten"]
    assert words.find(read("Post 12 tweets a day, or 365 posts a day", "text"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: str(path.relative_to(CHECKS)))
def test_no_phrase_begins_with_a_run_of_signs(path: Path) -> None:
    r"""“\S+\?ref=” is tried from each of a hundred thousand slashes to the end: that took a minute and a half."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.match(r"(?:\(\?:)?\\S[+*]", line)] == []
