"""Phrase lists find what a plain search would find, only faster."""

from __future__ import annotations

import gc
import importlib
import re
from pathlib import Path

import pytest

from app.checks.phrases import Phrases, openings
from app.checks.wordlists import Section
from app.text import read

PATTERNS = [
    "you(?:'re| are) (?:a |an )?fool",
    "u r",
    "n?ever again",
    "(?:the )?party",
    "[ae]bb\\w+",
    "ha(?:ha)+",
    "\\d+ ?%",
    "can't (?:even|sleep)",
]
TEXTS = [
    "You're a fool, the party is over",
    "u r late, haha",
    "NEVER again! 20% of parties",
    "ábbey and ebb",
    "I can’t even — 🙂 can't sleep",
    "ⓨou are fool",
    "our party, bluru r",
]


@pytest.mark.parametrize("raw", TEXTS)
def test_drawers_lose_no_match(raw: str) -> None:
    """Prevents a phrase that is filed where no word of the draft looks for it."""
    text = read(raw)
    plain = {
        (pattern, text.span(*match.span()))
        for pattern in PATTERNS
        for match in re.finditer(rf"(?<![\w]){pattern}(?!\w)", text.folded.text)
    }
    filed = {(pattern, match.span) for pattern in PATTERNS for match in Phrases([("g", 1.0, pattern)]).find(text)}
    assert plain - filed == set()


def test_openings_are_the_first_three_letters_of_any_match() -> None:
    """Prevents drawers that are too few or too many."""
    assert openings("(?:gr8|i'm) x") == {"gr8", "i'm"}
    assert openings("(?:a )?dog") == {"a", "dog"}
    assert openings("u r") == {"u"}


def test_a_pattern_that_may_begin_with_any_letter_is_refused() -> None:
    """Prevents a list that silently costs a search at each letter."""
    with pytest.raises(ValueError, match="any letter"):
        openings(r"\w+ly stupid")


def test_a_broken_list_names_its_line(tmp_path: Path) -> None:
    """Prevents a phrase that is dropped because of a lost tab."""
    path = tmp_path / "list.tsv"
    path.write_text("# header\na\t0.5\tgood\nno columns\n")
    with pytest.raises(ValueError, match=r"list\.tsv:3"):
        Phrases.load(path)


def test_every_shipped_phrase_compiles() -> None:
    """Phrases are compiled when first needed: prevents a broken one from showing only in somebody's draft."""
    importlib.import_module("app.checks")
    gc.unfreeze()  # a service that another test started has put what was loaded out of sight
    lists = [found for found in gc.get_objects() if isinstance(found, Phrases)]
    assert sum(1 for found in lists for phrase in found if phrase.pattern) > 2_000
    for section in (found for found in gc.get_objects() if isinstance(found, Section)):
        section.is_in("a few words")
