"""What is read: one field of a draft with its words and entities, and places in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A place in one raw field of the draft, end exclusive."""

    start: int
    end: int
    field: str = "text"


class Token(NamedTuple):
    """A word: its folded form and where it stands in the raw field."""

    folded: str
    start: int
    end: int


class Entity(NamedTuple):
    """A mention, hashtag, link, cashtag, emoji, phone number or e-mail address in the raw field."""

    kind: Literal["mention", "hashtag", "link", "cashtag", "emoji", "phone", "email"]
    text: str
    start: int
    end: int
    words: tuple[str, ...] = ()
    """a hashtag's words, folded and joined by nothing in the source (`#susanalbumparty` → susan, album, party)"""


@dataclass(frozen=True, slots=True)
class Folded:
    """A normalised copy of a field with its way back: folded[i] came from raw[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw range behind folded[start:end]; an empty range maps to an empty range."""
        if start >= end or not self.starts:
            return (0, 0)
        return (self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Text:
    """One field of the draft, read once."""

    raw: str
    field: str
    folded: Folded
    """NFKC, casefolded, zero-width and bidi characters dropped, homoglyphs and accents folded"""
    plain: Folded
    """`folded` with leetspeak, stretched and spaced-out words undone too: for obfuscated spellings only"""
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    language: str = "und"
    """ISO 639-1 code, or `und` where nothing can be said"""
    openings: frozenset[str] | None = None
    """the first three letters of each word of `folded`, so that patterns can be chosen by them; None: unknown"""
    marks: int = -1
    """the lists of patterns that can have a match here, a bit each (`app.text.openings`); -1: any of them"""
    begun: Mapping[int, Sequence[int]] | None = None
    """where in `folded` a word starts one of the lists' beginnings, by the beginning's number; None: unknown"""
    lists: int = 0
    """how many lists were filed when `begun` was told"""

    def span(self, start: int, end: int) -> Span:
        """The raw span behind folded[start:end]."""
        return Span(*self.folded.raw_span(start, end), self.field)

    def entities_of(self, kind: str) -> tuple[Entity, ...]:
        return tuple(entity for entity in self.entities if entity.kind == kind)
