"""Phrase lists: graded patterns that are tried only where a word of the draft begins like one of them.

A regular expression with hundreds of alternatives costs a look at each of them at every letter. Here the list is cut
into its alternatives, each is filed under the first three letters it can begin with, and a draft asks only for the
drawers its own words name. A list is a TSV with the columns `grade`, `weight`, `pattern` (a regular expression for
folded text; `{name}` stands for another list's alternatives); lines that begin with `# ` are its header.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from app.domain import Span, Text

_KEY = 3
"""letters of a drawer's name; a shorter word names its own"""


@dataclass(frozen=True, slots=True)
class Phrase:
    grade: str
    weight: float
    """confidence or points, as the list's header says"""
    pattern: re.Pattern[str]


class Match(NamedTuple):
    grade: str
    weight: float
    span: Span


class Phrases:
    """All phrases of one list, in drawers."""

    def __init__(self, rows: Iterable[tuple[str, float, str]]) -> None:
        self._drawers: dict[str, list[Phrase]] = {}
        self._anywhere: list[Phrase] = []
        """phrases of signs and emoji, which begin with no letter"""
        for grade, weight, pattern in rows:
            for alternative in split(pattern):
                self._file(Phrase(grade, weight, re.compile(rf"{alternative}(?!\w)")), openings(alternative))

    @classmethod
    def load(cls, path: Path, parts: Mapping[str, str] | None = None) -> Phrases:
        """Read a list; raises ValueError for a line that is no row or a pattern that may begin with any letter."""
        return cls(_rows(path, parts or {}))

    def _file(self, phrase: Phrase, names: frozenset[str]) -> None:
        for name in names:
            self._drawers.setdefault(name, []).append(phrase)
        if not names:
            self._anywhere.append(phrase)

    def find(self, text: Text) -> Iterator[Match]:
        """Every phrase of the list that stands in the text as whole words."""
        folded = text.folded.text
        drawers, ascii_only = self._drawers, text.raw.isascii()
        for word, start, _ in text.tokens:
            if phrases := drawers.get(word[:_KEY]):
                at = start if ascii_only else bisect_left(text.folded.starts, start)
                for phrase in phrases:
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


# --- with which letters a pattern can begin --------------------------------------------------------------------------


class _Open(NamedTuple):
    """The first letters read so far; `done` where nothing that follows can change the drawer."""

    letters: str
    done: bool = False


_PIECE = re.compile(
    r"(?P<skip>\(\?(?:=|!|<!|<=)|\\[bB]|[\^$])|(?P<group>\((?:\?:|\?P<\w+>)?)|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<any>\.)|(?P<literal>.)",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?:[?*+]|\{(\d*)(?:,(\d*))?\})\??")


def openings(pattern: str) -> frozenset[str]:
    """The drawers of one pattern: the first three letters of any text it matches; empty where it begins with none.

    Raises ValueError where the pattern may begin with any letter: it would have to be tried everywhere.
    """
    found = _sequence({_Open("")}, pattern)
    return frozenset(opening.letters for opening in found if opening.letters)


def first_letters(pattern: str) -> frozenset[str] | None:
    """The first letters, up to three, of the first word of any text that a pattern matches; None: it may be any word."""
    try:
        found = {opening.letters for alternative in split(pattern) for opening in _sequence({_Open("")}, alternative)}
    except ValueError:
        return None
    return None if "" in found else frozenset(letters.partition("'")[0] for letters in found)


def _sequence(before: set[_Open], pattern: str) -> set[_Open]:
    at = 0
    while at < len(pattern) and not all(opening.done for opening in before):
        piece, inner, at = _next(pattern, at)
        repeat = _REPEAT.match(pattern, at)
        least, most = 1, 1
        if repeat:
            at = repeat.end()
            least = 0 if repeat[0][0] in "?*" or repeat[1] in ("0", "") else 1
            most = 1 if repeat[0][0] == "?" else _KEY
        before = _repeated(before, piece, inner, least=least, most=most)
    return before


def _repeated(before: set[_Open], piece: str, inner: str, *, least: int, most: int) -> set[_Open]:
    after = set(before) if least == 0 or piece == "skip" else {opening for opening in before if opening.done}
    reached = {opening for opening in before if not opening.done}
    for _ in range(0 if piece == "skip" else most):
        reached = {new for opening in reached for new in _step(opening, piece, inner)} if reached else reached
        after |= reached
        reached = {opening for opening in reached if not opening.done}
    return after


def _step(opening: _Open, piece: str, inner: str) -> set[_Open]:
    if opening.done:
        return {opening}
    if piece == "group":
        return {new for alternative in split(inner) for new in _sequence({opening}, alternative)}
    return {_add(opening, char) for char in inner}


def _add(opening: _Open, char: str) -> _Open:
    if char.isalnum() or (char == "'" and opening.letters):
        letters = opening.letters + char
        return _Open(letters, len(letters) == _KEY)
    return _Open(opening.letters, bool(opening.letters))


def _next(pattern: str, at: int) -> tuple[str, str, int]:
    """The piece at `at`: its kind, its characters or inner pattern, and where the next begins."""
    match = _PIECE.match(pattern, at)
    assert match is not None, pattern
    kind, end = str(match.lastgroup), match.end()
    if kind in ("group", "skip") and match[0].startswith("("):
        close = _closing(pattern, at)
        return kind, pattern[end:close], close + 1
    return kind, _characters(kind, match[0]), end


def _characters(kind: str, piece: str) -> str:
    if kind == "set" and piece[1] != "^" and "-" not in piece[2:-2] and "\\" not in piece:
        return piece[1:-1]
    if kind == "escape":
        if piece[1] in "ds":
            return "0123456789" if piece[1] == "d" else " "
        if not piece[1].isalpha():
            return piece[1]
    if kind in ("literal", "skip"):
        return piece
    if kind == "set" and not any(char.isalnum() for char in piece):
        return piece[1:-1]
    raise ValueError(f"{piece} may stand for any letter at the beginning of a pattern")


def _closing(pattern: str, at: int) -> int:
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 1
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] in "()":
            depth += 1 if pattern[at] == "(" else -1
            if depth == 0:
                return at
        at += 1
    raise ValueError(f"a bracket is missing in {pattern!r}")


def split(pattern: str) -> list[str]:
    """The alternatives of a pattern at its top level."""
    parts, start, at = [], 0, 0
    while at < len(pattern):
        if pattern[at] == "(":
            at = _closing(pattern, at)
        elif pattern[at] == "[":
            at = pattern.index("]", at + 2)
        elif pattern[at] == "\\":
            at += 1
        elif pattern[at] == "|":
            parts.append(pattern[start:at])
            start = at + 1
        at += 1
    return [*parts, pattern[start:]]
