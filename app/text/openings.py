"""Which lists of patterns a text can hold at all, told for all lists at once by how their phrases begin.

The rules ask a few hundred lists about each draft, and nearly all of them have nothing in it. So each list files here
how its phrases begin, and gets a mark, one bit; reading a text finds all beginnings in one Aho-Corasick pass and
gathers their marks. What is left to ask of most lists is one look at a number.
"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick

ANY = -1
"""the marks of a text, or of a list, of which nothing is known"""


class Index:
    """Beginnings and the lists they stand for. A beginning is folded, with a space for all but letters and digits."""

    def __init__(self) -> None:
        self._marks: dict[str, int] = {}
        self._lists = 0
        self._built: tuple[AhoCorasick, list[int], int] | None = None

    def file(self, beginnings: Iterable[Iterable[str] | None]) -> int:
        """The mark of a new list, given the beginnings of its phrases; None for one that may begin with any letter."""
        known = list(beginnings)
        if None in known:
            return ANY
        mark = 1 << self._lists
        self._lists += 1
        for beginning in (beginning for phrase in known for beginning in phrase or ()):
            self._marks[beginning] = self._marks.get(beginning, 0) | mark
        self._built = None
        return mark

    def marks(self, folded: str) -> int:
        """The marks of all lists that may have a match in a folded text; those filed later count as if they had."""
        automaton, marks, unknown = self._built or self._build()
        letters = folded.translate(_SPACES) if folded.isascii() else _spaced(folded)
        found = unknown
        for index in {index for index, _, _ in automaton.find_matches_as_indexes(f" {letters} ", overlapping=True)}:
            found |= marks[index]
        return found

    def _build(self) -> tuple[AhoCorasick, list[int], int]:
        automaton = AhoCorasick([f" {beginning}" for beginning in self._marks])
        self._built = automaton, list(self._marks.values()), -1 << self._lists
        return self._built


_SPACES = {code: " " for code in range(128) if not chr(code).isalnum()}


def _spaced(folded: str) -> str:
    return "".join([char if char.isalnum() else " " for char in folded])


_INDEX = Index()
file, marks = _INDEX.file, _INDEX.marks
