"""How a pattern's matches begin, which decides whether a draft is searched for them at all."""

from __future__ import annotations

import re

import pytest

from app.checks.matching import Words
from app.checks.patterns import beginnings
from app.text import read

PHRASES = [
    "you(?:'re| are) (?:a |an )?fool",
    "u r",
    "n?ever again",
    "(?:the )?party",
    "[ae]bb\\w+",
    "ha(?:ha)+",
    "\\d+ ?%",
    "can't (?:even|sleep)",
    "#?cancel(?:led)?",
    "\\w+ly stupid",
    "get [^.]{0,9}rid",
    "(?:so ){1,3}sorry",
    "x{2,4}y",
]
TEXTS = [
    "You're a fool, the party is over",
    "u r late, haha, hahahaha",
    "NEVER again! 20% of parties, 1234 %",
    "ábbey and ebbs",
    "I can’t even — 🙂 can't sleep",
    "ⓨou are fool",
    "our party, bluru r, really stupid",
    "#cancel it, cancelled. get-rid get it rid",
    "so sorry so so so sorry xxy xxxxy",
    "party",
]


@pytest.mark.parametrize("raw", TEXTS)
def test_a_list_that_is_passed_over_has_no_match(raw: str) -> None:
    """Prevents a rule that goes blind because its list was filed under the wrong beginnings."""
    lists = {phrase: Words([phrase]) for phrase in PHRASES}
    text = read(raw)
    plain = {p for p in PHRASES if re.search(rf"(?<!\w){p}(?!\w)", text.folded.text)}
    assert {phrase for phrase, words in lists.items() if words.find(text) and words.is_in(text)} == plain


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        ("(?:gr8|i'm) x", {"gr8 x ", "i m x "}),
        ("(?:the )?dog", {"the dog ", "dog "}),
        ("\\W?ad", None),
        ("#ad", {"ad "}),
        ("so+n", {"so"}),
        ("no[^a]pe", {"no"}),
        ("congratulations to", {"congratula"}),
        ("\\w+ly", None),
    ],
)
def test_beginnings_are_cut_where_more_than_one_thing_may_follow(pattern: str, begun: set[str] | None) -> None:
    """Prevents beginnings that promise more of a match than is sure."""
    assert beginnings(pattern) == begun
