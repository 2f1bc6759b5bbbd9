"""Counting as X does (twitter-text, version 3 of its configuration): weighted characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from app.text.graphemes import find_emoji
from app.text.links import find_links

_NEVER_VALID = frozenset("\ufffe\ufeff\uffff")
# Normalising sorts each run of marks in quadratic time. No language writes 31 in a row, so such text counts as typed.
_ENDLESS_MARKS = regex.compile(r"\p{M}{31}")


@dataclass(frozen=True, slots=True)
class Counting:
    """One version of X's configuration. Weights are in units of 1/`scale` character."""

    limit: int = 280
    scale: int = 100
    default_weight: int = 200
    url_length: int = 23
    emoji_as_one: bool = True
    """a whole emoji sequence has the weight of one character"""
    ranges: tuple[tuple[int, int, int], ...] = ((0, 4351, 100), (8192, 8205, 100), (8208, 8223, 100), (8242, 8247, 100))
    """first code point, last code point, weight"""

    def weight(self, char: str) -> int:
        code = ord(char)
        return next((weight for first, last, weight in self.ranges if first <= code <= last), self.default_weight)


CURRENT = Counting()


def weighted_length(text: str, counting: Counting = CURRENT) -> int:
    """Length in X's characters: links count 23, emoji 2, letters of most scripts 1, ideographs 2; after NFC."""
    text = _compose(text)
    total = 0
    for piece, is_link in _parts(text):
        total += counting.url_length * counting.scale if is_link else _weight(piece, counting)
    return total // counting.scale


def is_valid_tweet(text: str, counting: Counting = CURRENT) -> bool:
    """Whether X takes it: not empty, not too long, no character that is none."""
    return 0 < weighted_length(text, counting) <= counting.limit and _NEVER_VALID.isdisjoint(text)


def _compose(text: str) -> str:
    return text if text.isascii() or _ENDLESS_MARKS.search(text) else unicodedata.normalize("NFC", text)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at its links, each piece with whether it is one."""
    at = 0
    for link in find_links(text):
        yield text[at : link.start], False
        yield text[link.start : link.end], True
        at = link.end
    yield text[at:], False


def _weight(text: str, counting: Counting) -> int:
    if not counting.emoji_as_one or text.isascii():
        return sum(map(counting.weight, text))
    total = at = 0
    for start, end in find_emoji(text):
        total += sum(map(counting.weight, text[at:start])) + counting.default_weight
        at = end
    return total + sum(map(counting.weight, text[at:]))
