"""Whether a draft makes a claim."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain import Span
from app.text.normalise import fold

THRESHOLD = 0.5
_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True, slots=True)
class Match:
    """That a draft makes a claim, and where."""

    likeness: float
    """in [0, 1]: how sure it is that the draft makes this claim"""
    spans: tuple[Span, ...]
    """the sentence or sentences that make it"""


def compare(draft: str, claim: str, language: str | None = None) -> Match | None:
    """Where the draft makes this claim; None where it doesn't. Never raises, whatever the texts."""
    words = set(_WORD.findall(fold(claim).text))
    best: Match | None = None
    for found in _SENTENCE.finditer(draft):
        said = set(_WORD.findall(fold(found[0]).text))
        likeness = len(words & said) / max(1, len(words | said))
        if likeness >= THRESHOLD and (best is None or likeness > best.likeness):
            best = Match(likeness, (Span(*found.span()),))
    return best
