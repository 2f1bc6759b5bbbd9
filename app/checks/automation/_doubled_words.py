"""Words that stand twice, one after the other, as nobody says them: “join us at the the fair”, “from Monday from Monday”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import eq

from app.domain import Span, Text

_ONCE = "the a an and of our your my their for with from we to at as are will be been this these"
_SLIPS = frozenset(_ONCE.split())
_PREPOSITIONS = (
    "in on at for to of from with by until since the a our your before after dès de des du le la les en sur pour chez depuis"
    " im am um ab bis zum zur der die das mit von auf für el los las con para desde del una un il lo gli nel nella alle dal com"
    " na em do da"
)
_LEADING = frozenset(_PREPOSITIONS.split())
"""words that open a phrase"""
_JOINING = frozenset(["and", "or", "und", "et", "y", "e", "o", "more", "after", "by", "to"])
"""`on and on and on`"""


def found(text: Text, words: Sequence[str]) -> Iterator[Span]:
    """Small words that stand twice, both in small letters, The The is a band; two words twice, of which a small one is
    the first."""
    if any(map(eq, words, words[1:])):
        yield from (
            _span(text, at, 2)
            for at, (one, other) in enumerate(pairwise(words))
            if one == other and one in _SLIPS and _is_run(text, at, 2)
        )
    pairs = list(pairwise(words))
    if any(map(eq, pairs, pairs[2:])):
        for at, (pair, again) in enumerate(zip(pairs, pairs[2:], strict=False)):
            if (
                pair == again
                and pair[0] != pair[1]
                and pair[0] in _LEADING
                and pair[1] not in _JOINING
                and _is_run(text, at, 4)
            ):
                yield _span(text, at, 4)


def _span(text: Text, at: int, several: int) -> Span:
    return Span(text.tokens[at].start, text.tokens[at + several - 1].end, text.field)


def _is_run(text: Text, at: int, several: int) -> bool:
    """With nothing but a space between, and no capital on the first of the words that come again."""
    span = _span(text, at, several)
    raw = text.raw[span.start : span.end]
    lower = raw[0].islower() and text.raw[text.tokens[at + several // 2].start].islower()
    return lower and raw.count(" ") == several - 1 and re.search(r"[^\w '’-]", raw) is None
