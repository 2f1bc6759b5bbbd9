"""A draft's words as the encoder reads them, with the way back. Training and serving share this code."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from app.domain import Entity, Text

MOST_READ = 2_000
"""code points of folded text; the encoder's window is shorter still"""
_MOST_EMOJI = 6
"""different emoji that are named; a row of twenty says no more"""
_STAND_INS = {"link": "url", "email": "email", "mention": "@user"}
_UNSAID = ("VARIATION SELECTOR", "ZERO WIDTH", "EMOJI MODIFIER", "COMBINING", "TAG ")


class Piece(NamedTuple):
    """A stretch of the wording: folded text as it stands, or what stands for an entity."""

    words: str
    folded_at: int
    entity: Entity | None = None


def wording(text: Text) -> str:
    """Folded words; links, addresses and mentions as one word each, hashtags as their words, emoji by their names."""
    return " ".join([piece.words for piece in pieces(text)])


def pieces(text: Text) -> Iterator[Piece]:
    """What `wording` joins, one space between two."""
    folded, starts = text.folded.text[:MOST_READ], text.folded.starts
    emoji: set[str] = set()
    at = 0
    for entity in text.entities:
        start = bisect_left(starts, entity.start)
        if start >= len(folded):
            break
        yield Piece(folded[at:start], at)
        at = bisect_left(starts, entity.end)
        if entity.kind != "emoji":
            yield Piece(_said(entity, folded[start:at]), start, entity)
        elif entity.text not in emoji and len(emoji) < _MOST_EMOJI:
            emoji.add(entity.text)
            yield Piece(_named(entity.text), start, entity)
    yield Piece(folded[at:], at)


def raw_places(text: Text) -> list[tuple[int, int]]:
    """For each character of `wording(text)`, start and end of what it stands for in the raw field."""
    starts, ends = text.folded.starts, text.folded.ends
    places: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces(text)):
        if number:
            end = places[-1][1] if places else 0
            places.append((end, end))
        if piece.entity is not None:
            places += [(piece.entity.start, piece.entity.end)] * len(piece.words)
        else:
            places += [(starts[piece.folded_at + n], ends[piece.folded_at + n]) for n in range(len(piece.words))]
    return places


def _said(entity: Entity, folded: str) -> str:
    if entity.kind == "hashtag":
        return " ".join(entity.words)
    return _STAND_INS.get(entity.kind, folded)


@lru_cache(maxsize=4096)
def _named(emoji: str) -> str:
    """The Unicode names of an emoji's parts, without what only changes its looks."""
    names = (unicodedata.name(char, "") for char in emoji)
    said = [name for name in names if name and not name.startswith(_UNSAID)]
    if any(name.startswith("REGIONAL INDICATOR") for name in said):
        return "flag"
    return " ".join(said).lower()
