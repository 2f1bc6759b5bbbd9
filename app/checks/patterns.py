"""Reading regular expressions: their alternatives, and how whatever they match can begin.

A rule's phrases are filed by how they begin, so that a draft is searched only for those that its own words name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

KEY = 3
"""letters of a drawer's name; a shorter word names its own"""


class _Open(NamedTuple):
    """The first letters read so far; `done` where nothing that follows can change the drawer."""

    letters: str
    done: bool = False


_PIECE = re.compile(
    r"(?P<skip>\(\?(?:=|!|<!|<=)|\\[bB]|[\^$])|(?P<group>\((?:\?:|\?P<\w+>)?)|(?P<set>\[(?:\\.|[^\]\\])+\])|(?P<escape>\\.)|(?P<any>\.)|(?P<literal>.)",
    re.DOTALL,
)
_REPEAT = re.compile(r"(?:[?*+]|\{(\d*)(?:,(\d*))?\})\??")


# --- the first letters that a drawer is named by -----------------------------------------------------------------------


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
            most = 1 if repeat[0][0] == "?" else KEY
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
        return _Open(letters, len(letters) == KEY)
    return _Open(opening.letters, bool(opening.letters))


# --- the longer beginnings that a list is filed by -------------------------------------------------------------------

_LONGEST = 10
"""characters of a beginning that are worth telling lists apart by"""
_MOST = 120
"""beginnings of one alternative; where going on would make more, they are cut short"""
_RUN = re.compile(r"[a-z0-9 ]+(?![?*+{])")
"""letters that stand for themselves, read at once"""


def beginnings(pattern: str) -> frozenset[str] | None:
    """How the text of any match begins, from its first letter on, up to ten characters; None: with any letter.

    Letters and digits stand for themselves, every other character and the end of a phrase for a space.
    """
    found = {begun.letters.lstrip() if begun.done else f"{begun.letters.lstrip()} " for begun in _group(pattern)}
    return frozenset(found) if all(letters.strip() for letters in found) else None


@lru_cache(maxsize=1024)
def _group(inner: str) -> frozenset[_Open]:
    """How one of the alternatives begins. Remembered, because many phrases share a list of names or verbs."""
    return frozenset(begun for alternative in split(inner) for begun in _begin(alternative))


def _begin(pattern: str) -> frozenset[_Open]:
    before = frozenset({_Open("")})
    at = 0
    while at < len(pattern) and not all(begun.done for begun in before):
        if run := _RUN.match(pattern, at):
            before, at = _joined(before, frozenset({_Open(run[0])})), run.end()
            continue
        try:
            piece, inner, at = _next(pattern, at)
        except ValueError:
            return _cut(before)
        repeat = _REPEAT.match(pattern, at)
        at = repeat.end() if repeat else at
        if piece != "skip":
            options = _group(inner) if piece == "group" else frozenset(map(_character, inner))
            before = _joined(before, _repeated_options(options, repeat[0] if repeat else ""))
    return before


def _repeated_options(options: frozenset[_Open], repeat: str) -> frozenset[_Open]:
    """What may come more than once is told once, and how it goes on is left open."""
    if not repeat:
        return options
    once = options if repeat[0] == "?" else _cut(options)
    return once | {_Open("")} if repeat[0] in "?*" or repeat[1:2] in ("0", ",") else once


def _joined(before: frozenset[_Open], options: frozenset[_Open]) -> frozenset[_Open]:
    if len(before) > 1 and len(before) * len(options) > _MOST:
        long, short = _parted(before)
        return _cut(long) | (_joined(short, options) if len(short) < len(before) else _cut(short))
    return frozenset(begun if begun.done else _extended(begun, option) for begun in before for option in options)


def _parted(before: frozenset[_Open]) -> tuple[frozenset[_Open], frozenset[_Open]]:
    """Those that have letters already, and those that must go on because they have none."""
    short = frozenset(begun for begun in before if not begun.letters.strip() and not begun.done)
    return before - short, short


def _extended(begun: _Open, option: _Open) -> _Open:
    letters = (begun.letters + option.letters)[:_LONGEST]
    return _Open(letters, option.done or len(letters) == _LONGEST)


def _cut(before: frozenset[_Open]) -> frozenset[_Open]:
    return frozenset(_Open(begun.letters, done=True) for begun in before)


def _character(char: str) -> _Open:
    return _Open(char if char.isalnum() else " ")


# --- pieces of a pattern ---------------------------------------------------------------------------------------------


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
    if kind == "set" and piece[1] != "^" and not any(char.isalnum() for char in piece):
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
