"""Phrase lists: graded patterns that are tried only where a word of the draft begins like one of them.

A regular expression with hundreds of alternatives costs a look at each of them at every letter. Here the list is cut
into its alternatives, each is filed under the beginnings it can have (`app.text.openings`), and tried only where
reading the draft found one of them. A list is a TSV with the columns `grade`, `weight`, `pattern` (a regular expression for
folded text; `{name}` stands for another list's alternatives); lines that begin with `# ` are its header.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.checks.patterns import beginnings, openings, split
from app.domain import Span, Text
from app.text.openings import INDEX


@dataclass(frozen=True, slots=True)
class Phrase:
    grade: str
    weight: float
    """confidence or points, as the list's header says"""
    source: str
    """the regular expression; compiled the first time that a draft begins like it, since most never do"""

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.source)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


class Match(NamedTuple):
    grade: str
    weight: float
    span: Span


class Phrases:
    """All phrases of one list, filed by their beginnings."""

    def __init__(self, rows: Iterable[tuple[str, float, str]]) -> None:
        self._phrases: list[Phrase] = []
        self._filed: dict[int, list[int]] = {}
        """for a beginning's number, which of the phrases may begin so"""
        self._anywhere: list[Phrase] = []
        """phrases of signs and emoji, which begin with no letter"""
        known = [
            self._file(Phrase(grade, weight, rf"{alternative}(?!\w)"), alternative)
            for grade, weight, pattern in rows
            for alternative in split(pattern)
        ]
        self._mark = INDEX.file(known)
        self._lists = INDEX.lists

    def _file(self, phrase: Phrase, pattern: str) -> frozenset[str] | None:
        begins = beginnings(pattern)
        if begins is None:
            if openings(pattern):
                raise ValueError(f"{pattern} may begin with any letter")
            self._anywhere.append(phrase)
            return None
        for beginning in begins:
            self._filed.setdefault(INDEX.number(beginning), []).append(len(self._phrases))
        self._phrases.append(phrase)
        return begins

    @classmethod
    def load(cls, path: Path, parts: Mapping[str, str] | None = None) -> Phrases:
        """Read a list; raises ValueError for a line that is no row or a pattern that may begin with any letter."""
        return cls(_rows(path, parts or {}))

    def __iter__(self) -> Iterator[Phrase]:
        return iter((*self._phrases, *self._anywhere))

    def may_be_in(self, text: Text) -> bool:
        return text.marks & self._mark != 0

    def find(self, text: Text) -> Iterable[Match]:
        """Every phrase of the list that stands in the text as whole words."""
        return self._find(text) if text.marks & self._mark else ()

    def _find(self, text: Text) -> Iterator[Match]:
        folded, filed = text.folded.text, self._filed
        begun = text.begun
        if begun is None or self._lists > text.lists:  # read before this list was filed
            begun = INDEX.begun(text.folded, frozenset([word.start for word in text.tokens])).places
        candidates = {
            (at, which) for number in filed.keys() & begun.keys() for at in begun[number] for which in filed[number]
        }
        for at, which in sorted(candidates):
            phrase = self._phrases[which]
            if match := phrase.pattern.match(folded, at):
                yield Match(phrase.grade, phrase.weight, text.span(*match.span()))
        for phrase in self._anywhere:
            for match in phrase.pattern.finditer(folded):
                yield Match(phrase.grade, phrase.weight, text.span(*match.span()))


def alternatives(path: Path) -> str:
    """One pattern for all phrases of a plain list, one a line."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return f"(?:{'|'.join(line for line in lines if line and not line.startswith('# '))})"


def _rows(path: Path, parts: Mapping[str, str]) -> Iterator[tuple[str, float, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        columns = line.split("\t")
        if len(columns) != 3:
            raise ValueError(f"{path.name}:{number}: three columns expected")
        pattern = columns[2]
        for name, part in parts.items():
            pattern = pattern.replace(f"{{{name}}}", part)
        yield columns[0], float(columns[1]), pattern
