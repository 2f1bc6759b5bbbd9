"""The one sentence of a draft that is worth looking up, if any is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from app.factchecks.lists import sections
from app.factchecks.said import Said, sentences
from app.text.normalise import fold

MOST_READ = 2_000
"""code points of a text that are read: a claim that comes later is not looked up"""
_LEAST = 2
"""points: a number and a name, a verb that asserts much, or one that asserts little beside either"""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_US = re.compile(r"\bus\b")
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in the raw text, end exclusive."""

    text: str
    start: int
    end: int


def claim_sentence(text: str, language: str | None = None, *, own: Iterable[str] = ()) -> Sentence | None:
    """The most claim-like sentence; of equals the first. None where no sentence is like a claim.

    No questions, and nothing of one's own house: no sentence that says “we” or one of the names in `own`.
    """
    raw = text[:MOST_READ]
    names = [name.casefold() for name in own if len(name) > 2]
    best, most = None, _LEAST - 1
    for said in sentences(raw, language):
        words = raw[said.start : said.end]
        if (points := _points(said, words, names)) > most:
            best, most = Sentence(words, said.start, said.end), points
    return best


def _points(said: Said, words: str, own: Iterable[str]) -> int:
    """How like a claim that somebody may have reviewed: as check-worthiness is told by numbers, names and verbs
    (Hassan et al. 2017, "Toward Automated Fact-Checking"), with no classifier's help."""
    used = {word.replace("’", "'") for word in _WORD.findall(fold(words).text)}
    if words.rstrip("\"'”’») ").endswith(("?", "？", "؟")) or (len(used) < _FEWEST_WORDS and words.isascii()):
        return 0
    if used & _list("we") or _US.search(words) or any(name in words.casefold() for name in own):
        return 0
    caseless = not any(char.isupper() or char.islower() for char in words)
    return (
        (bool(said.numbers) or any(char.isdigit() for char in words))
        + bool(said.names or caseless)
        + (2 if used & _list("strong") else 1 if used & _list("weak") else 0)
        - bool(used & _list("i"))
    )


@cache
def _list(section: str) -> frozenset[str]:
    return frozenset(" ".join(sections("claimlike.txt")[section]).split())
