"""What a text says, sentence by sentence, in the terms that claims are compared by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from app.domain import Entity, Token
from app.factchecks.numbers import Number, numbers
from app.factchecks.words import Word, acronyms, phrases, word, words
from app.text.entities import entities, tokens
from app.text.hashtags import is_word, split_hashtag
from app.text.normalise import fold

MOST_READ = 5_000
"""code points of a text that are read"""
MOST_SENTENCES = 60
_LONGEST_SENTENCE = 400
"""code points; what has no full stop is cut"""
_END = re.compile(r"[.!?…。！？।॥؟۔]+[\"'”’»)\]]*(?=\s|$)|(?<=[。！？।])|\n+|\s[|•]\s")
_ABBREVIATION = re.compile(
    r"(?:\b\w|\b(?:mr|mrs|ms|dr|st|sen|gov|rep|gen|vs|no|nr|approx|etc|e\.g|i\.e|sr|jr))\.$", re.IGNORECASE
)
_RIGHTING = re.compile(r"^\W*(?:no|nope|nein|non|nao|not so|fact|fakt|myth|mythos|mito|mythe)\s*(?:[,:!.–—-]|$|check)")
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
    fixed: frozenset[str]
    """forms of places and times"""
    numbers: tuple[Number, ...]
    denies: bool
    rights: bool
    """whether it speaks of a falsehood: what it denies is still the claim"""

    def joined(self, other: Said) -> Said:
        """Both as one."""
        return Said(
            self.start,
            other.end,
            self.weights | other.weights,
            self.names | other.names,
            self.fixed | other.fixed,
            self.numbers + other.numbers,
            self.denies != other.denies,
            self.rights or other.rights,
        )


def whole(text: str, language: str | None = None) -> Said | None:
    """A claim as one; None where it says nothing."""
    parts = sentences(text, language)
    return reduce(Said.joined, parts) if parts else None


def sentences(text: str, language: str | None = None) -> tuple[Said, ...]:
    """The sentences that say something, in order. Reads the first `MOST_READ` code points."""
    raw = text[:MOST_READ]
    folded = fold(raw)
    found = entities(raw)
    reader = _Reader(raw, found, tokens(folded, found), language)
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
        weights: dict[str, float] = {}
        names: list[tuple[str, ...]] = []
        fixed: set[str] = set()
        roles: set[str] = set()
        denials = 0
        run: list[str] = []
        first = True
        for token in self._taken(start, end):
            if any(span[0] <= token.start < span[1] for span, _ in inside):
                run, first = self._closed(run, names), False
                continue
            for each, tagged in self._words(token):
                roles.add(each.role)
                denials += each.role in ("not", "turn")
                if each.weight:
                    weights[each.form] = max(each.weight, weights.get(each.form, 0.0))
                if each.role in ("place", "time"):
                    fixed.add(each.form)
                if not tagged and self._is_name(token, each, first=first):
                    run.append(each.form)
                elif each.role != "title":
                    run = self._closed(run, names)
            first = False
        self._closed(run, names)
        opening = fold(self._raw[start : min(end, start + 40)]).text
        rights = "right" in roles or _RIGHTING.match(opening) is not None
        return Said(
            start,
            end,
            weights,
            frozenset(names),
            frozenset(fixed),
            tuple(n for _, n in inside),
            denials % 2 == 1,
            rights,
        )

    def _taken(self, start: int, end: int) -> Iterator[Token]:
        while self._at < len(self._tokens) and self._tokens[self._at].start < end:
            token = self._tokens[self._at]
            self._at += 1
            if token.start >= start:
                yield token

    def _closed(self, run: list[str], names: list[tuple[str, ...]]) -> list[str]:
        if run:
            names.append(tuple(run))
        return []

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

    def _is_name(self, token: Token, each: Word, *, first: bool) -> bool:
        """Whether it is written as a name: a capital where none is due, or a word that the language doesn't know."""
        raw = self._raw[token.start : token.end]
        if not raw[0].isupper() or each.role not in ("word", "turn", "place"):
            return False
        if each.role == "place":
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
