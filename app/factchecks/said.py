"""What a text says, sentence by sentence, in the terms that claims are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from app.domain import Entity, Token
from app.factchecks.numbers import Number, numbers
from app.factchecks.words import Role, Word, acronyms, phrases, word, words
from app.text.entities import entities, tokens
from app.text.hashtags import is_word, split_hashtag
from app.text.language import detect
from app.text.normalise import fold

MOST_READ = 5_000
"""code points of a text that are read"""
MOST_SENTENCES = 120
_SCOPE = 2
"""words behind a “not” that it denies"""
_MOST_TOGETHER = 3
_LONGEST_SENTENCE = 400
"""code points; what has no full stop is cut"""
_END = re.compile(r"[.!?…。！？।॥؟۔]+[\"'”’»)\]]*(?=\s|$)|(?<=[。！？।])|\n+|\s[|•]\s")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:mr|mrs|ms|dr|st|sen|gov|rep|gen|vs|no|nr|approx|etc|e\.g|i\.e|sr|jr))\.$", re.IGNORECASE
)
_RIGHTING = re.compile(r"^\W*(?:no|nope|nein|non|nao|not so|fact|fakt|myth|mythos|mito|mythe)\s*(?:[,:!.–—-]|$|check)")
_CONTRADICTION, _OPENING_READ = "no:", 40
"""stands for a sentence that begins with “no” or “myth”; code points of its beginning that are read"""
_CASED = 0.6
"""share of capitals among a text's words from which they tell no names: a headline"""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or several together."""

    start: int
    end: int
    weights: dict[str, float]
    """what is said, by form"""
    names: frozenset[tuple[str, ...]]
    """runs of forms that are written as names"""
    fixed: dict[str, Role]
    """forms of places, times and measures"""
    numbers: tuple[Number, ...]
    denials: tuple[frozenset[str], ...]
    """for each denial the forms that it stands before; empty for a word that denies by itself (“banned”)"""
    rights: dict[str, float]
    """words by which it speaks of a falsehood: what it denies is still the claim"""

    def denies(self, other: Said) -> bool:
        """Whether it denies something that the other speaks of: not “no ticket needed” where no ticket is spoken of."""
        return any(not scope or not scope.isdisjoint(other.weights) for scope in self.denials)

    def joined(self, other: Said) -> Said:
        """Both as one."""
        return Said(
            self.start,
            other.end,
            self.weights | other.weights,
            self.names | other.names,
            self.fixed | other.fixed,
            self.numbers + other.numbers,
            self.denials + other.denials,
            self.rights | other.rights,
        )


class Place(NamedTuple):
    """Where in a draft a claim may stand."""

    said: Said
    near: Said
    """with the sentences around it, in which a name may have been given"""


def places(said: Sequence[Said]) -> tuple[Place, ...]:
    """One sentence, two or three beside each other, the shorter first."""
    found: list[Place] = []
    for size in range(1, min(_MOST_TOGETHER, len(said)) + 1):
        for at in range(len(said) - size + 1):
            near = said[max(0, at - 1) : at + size + 1]
            found.append(Place(reduce(Said.joined, said[at : at + size]), reduce(Said.joined, near)))
    return tuple(found)


def whole(text: str, language: str | None = None) -> Said | None:
    """A claim as one; None where it says nothing."""
    parts = sentences(text, language)
    return reduce(Said.joined, parts) if parts else None


def sentences(text: str, language: str | None = None) -> tuple[Said, ...]:
    """The sentences that say something, in order. Reads the first `MOST_READ` code points."""
    raw = text[:MOST_READ]
    folded = fold(raw)
    found = entities(raw)
    reader = _Reader(raw, found, tokens(folded, found), language or detect(raw, found))
    counted = [(folded.raw_span(number.start, number.end), number) for number in numbers(folded.text)]
    said = (reader.read(start, end, counted) for start, end in _cuts(raw))
    return tuple(each for each in said if each.weights or each.numbers or each.rights)[:MOST_SENTENCES]


def _cuts(raw: str) -> Iterator[tuple[int, int]]:
    """Where sentences start and end."""
    start = 0
    for match in _END.finditer(raw):
        if match[0][:1] == "." and _ABBREVIATION.search(raw[max(start, match.start() - 8) : match.start() + 1]):
            continue
        yield from _pieces(raw, start, match.end())
        start = match.end()
    yield from _pieces(raw, start, len(raw))


def _pieces(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence without the space around it; a very long one in pieces."""
    while end - start > _LONGEST_SENTENCE:
        space = raw.rfind(" ", start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE)
        cut = space if space > 0 else start + _LONGEST_SENTENCE
        yield from _trimmed(raw, start, cut)
        start = cut
    yield from _trimmed(raw, start, end)


def _trimmed(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and raw[start].isspace():
        start += 1
    while start < end and raw[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


class _Gathered:
    """What a sentence says, word by word."""

    def __init__(self) -> None:
        self.rights: dict[str, float] = {}
        self.is_empty = True
        self._weights: dict[str, float] = {}
        self._names: list[tuple[str, ...]] = []
        self._fixed: dict[str, Role] = {}
        self._denials: list[list[str] | None] = []
        self._since = 0
        self._run: list[str] = []

    def add(self, each: Word, *, is_name: bool) -> None:
        self.is_empty = False
        if each.role in ("not", "turn"):
            self._deny(by_itself=each.role == "turn")
        elif each.weight:
            self._since += 1
            scope = self._denials[-1] if self._denials else None
            if scope is not None and self._since <= _SCOPE:
                scope.append(each.form)
        if each.role == "right":
            self.rights[each.form] = each.weight
        elif each.weight:
            self._weights.setdefault(each.form, each.weight)
        if each.role in ("place", "time", "unit"):
            self._fixed[each.form] = each.role
        if is_name:
            self._run.append(each.form)
        elif each.role != "title":
            self.close()

    def _deny(self, *, by_itself: bool) -> None:
        """Two denials with nothing between them are none: “not banned”, “the ban is lifted”."""
        if self._denials and not self._since:
            self._denials.pop()
            self._since = _SCOPE
            return
        self._denials.append(None if by_itself else [])
        self._since = 0

    def close(self) -> None:
        """A name ends here."""
        self.is_empty = False
        if self._run:
            self._names.append(tuple(self._run))
            self._run = []

    def said(self, start: int, end: int, counted: tuple[Number, ...]) -> Said:
        self.close()
        denials = tuple(frozenset(scope or ()) for scope in self._denials)
        return Said(start, end, self._weights, frozenset(self._names), self._fixed, counted, denials, self.rights)


class _Reader:
    """A text's tokens, from which sentences take their own in order."""

    def __init__(self, raw: str, found: Sequence[Entity], read: Sequence[Token], language: str | None) -> None:
        self._raw = raw
        self._tokens = _joined(read)
        self._at = 0
        self._tags = {entity.start: entity for entity in found if entity.kind in ("hashtag", "mention")}
        capitals = sum(raw[token.start].isupper() for token in read)
        self._cased = language != "de" and capitals <= _CASED * len(read)

    def read(self, start: int, end: int, counted: Iterable[tuple[tuple[int, int], Number]]) -> Said:
        inside = [(span, number) for span, number in counted if start <= span[0] < end]
        found = _Gathered()
        for token in self._taken(start, end):
            if any(span[0] <= token.start < span[1] for span, _ in inside):
                found.close()
                continue
            for each, tagged in self._words(token):
                is_name = not tagged and self._is_name(token, each, first=found.is_empty)
                found.add(each, is_name=is_name)
        if _RIGHTING.match(fold(self._raw[start : min(end, start + _OPENING_READ)]).text):
            found.rights[_CONTRADICTION] = 0.0
        return found.said(start, end, tuple(number for _, number in inside))

    def _taken(self, start: int, end: int) -> Iterator[Token]:
        while self._at < len(self._tokens) and self._tokens[self._at].start < end:
            token = self._tokens[self._at]
            self._at += 1
            if token.start >= start:
                yield token

    def _words(self, token: Token) -> Iterator[tuple[Word, bool]]:
        """A token's words, and whether they are of a hashtag or a mention."""
        tag = self._tags.get(token.start - 1)
        raw = self._raw[token.start : token.end]
        if tag is not None:
            parts = tag.words or _handle(tag.text)
            yield from ((word(part), True) for part in parts)
        elif raw in acronyms() and self._cased:
            yield word(acronyms()[raw]), False
        else:
            yield from ((each, False) for each in words(token.folded))

    def _goes_on(self, token: Token) -> bool:
        """Whether the next word has a capital too: a sentence that begins with a name of several words."""
        if self._at >= len(self._tokens):
            return False
        after = self._tokens[self._at]
        telling = word(after.folded).role in ("word", "turn", "place")
        return after.start - token.end == 1 and telling and self._raw[after.start].isupper()

    def _is_name(self, token: Token, each: Word, *, first: bool) -> bool:
        """Whether it is written as a name: a capital where none is due, or a word that the language doesn't know."""
        raw = self._raw[token.start : token.end]
        if not raw[0].isupper() or each.role not in ("word", "turn", "place"):
            return False
        if each.role == "place":
            return True
        if first and self._cased and self._goes_on(token):
            return True
        if not self._cased or first or (raw.isupper() and len(raw) > 3 and is_word(token.folded)):
            return not is_word(token.folded) and raw.isascii() and self._cased
        return True


def _joined(read: Sequence[Token]) -> list[Token]:
    """The tokens, with several that are one word as one."""
    found: list[Token] = []
    at = 0
    while at < len(read):
        token, size = read[at], 1
        for parts, form in phrases().get(token.folded, ()):
            if len(parts) == 1 or tuple(each.folded for each in read[at : at + len(parts)]) == parts:
                token, size = Token(form, token.start, read[at + len(parts) - 1].end), len(parts)
                break
        found.append(token)
        at += size
    return found


def _handle(mention: str) -> tuple[str, ...]:
    """A handle's words."""
    return split_hashtag(mention.lstrip("@＠").partition("@")[0].partition(".")[0])
