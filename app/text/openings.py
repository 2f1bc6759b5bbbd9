"""Which lists of patterns a text can hold at all, and where, told for all lists at once by how their phrases begin.

The rules ask a few hundred lists about each draft, and nearly all of them have nothing in it. So each list files here
how its phrases begin, and gets a mark, one bit; reading a text finds all beginnings in one Aho-Corasick pass, gathers
their marks and remembers their places. What is left to ask of most lists is one look at a number, and of the others
the few phrases that begin where the text does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from app.domain import Folded

ANY = -1
"""the marks of a text, or of a list, of which nothing is known"""


class Begun(NamedTuple):
    """What one pass tells of a text."""

    marks: int
    """the lists that may have a match in it; those filed later count as if they had"""
    places: dict[int, list[int]]
    """where in the folded text a word starts a beginning, by the beginning's number"""
    lists: int
    """how many lists were filed by then"""


class Index:
    """Beginnings and the lists they stand for. A beginning is folded, with a space for all but letters and digits."""

    def __init__(self) -> None:
        self._marks: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self.lists = 0
        self._built: tuple[AhoCorasick, list[int], int] | None = None

    def file(self, beginnings: Iterable[Iterable[str] | None]) -> int:
        """The mark of a new list, given the beginnings of its phrases; None for one that may begin with any letter."""
        known = list(beginnings)
        if None in known:
            return ANY
        mark = 1 << self.lists
        self.lists += 1
        for beginning in (beginning for phrase in known for beginning in phrase or ()):
            self._marks[beginning] = self._marks.get(beginning, 0) | mark
            self.number(beginning)
        self._built = None
        return mark

    def number(self, beginning: str) -> int:
        """The number of a beginning, given to it when it is first filed."""
        return self._numbers.setdefault(beginning, len(self._numbers))

    def begun(self, folded: Folded, words: Collection[int]) -> Begun:
        """One pass over a folded text. `words` are the places in the raw field where a word starts."""
        automaton, marks, unknown = self._built or self._build()
        text, starts = folded.text, folded.starts
        letters = text.translate(_SPACES) if text.isascii() else _spaced(text)
        found = unknown
        places: dict[int, list[int]] = {}
        # Behind the space put in front, a beginning's own space stands where its first letter does in the text.
        for number, at, _ in automaton.find_matches_as_indexes(f" {letters} ", overlapping=True):
            found |= marks[number]
            if starts[at] in words:
                places.setdefault(number, []).append(at)
        return Begun(found, places, self.lists)

    def _build(self) -> tuple[AhoCorasick, list[int], int]:
        automaton = AhoCorasick([f" {beginning}" for beginning in self._numbers])
        self._built = automaton, [self._marks.get(beginning, 0) for beginning in self._numbers], -1 << self.lists
        return self._built


_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}


def _spaced(folded: str) -> str:
    return "".join([char if char.isalnum() else " " for char in folded])


INDEX = Index()
"""of all lists of this process"""
