"""Where a draft uses an event's words: its keywords, and the telling words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.domain import Event, Span, Text
from app.events.generic_words import GENERIC
from app.text.hashtags import split_hashtag
from app.text.normalise import fold

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")


def find(events: Sequence[Event], near: set[int], texts: Sequence[Text]) -> dict[int, tuple[Span, ...]]:
    """Where the draft uses an event's words, by the event's index."""
    sequences = tuple(_sequences(texts))
    said = frozenset(word for words, _ in sequences for word in words)
    named: dict[int, tuple[Span, ...]] = {}
    for index, event in enumerate(events):
        known = terms(event.name, event.keywords, nearby=index in near)
        if (uttered := tuple(filter(said.issuperset, known))) and (spans := _uses(uttered, sequences)):
            named[index] = spans
    return named


def words(texts: Sequence[Text]) -> frozenset[str]:
    """Every word of the texts and of their hashtags, as events' terms are spelt."""
    return frozenset(word for sequence, _ in _sequences(texts) for word in sequence)


def _uses(uttered: Sequence[Words], sequences: Sequence[tuple[Words, list[Span]]]) -> tuple[Span, ...]:
    """The places where one of the terms stands, each once."""
    found: dict[Span, None] = {}
    for words, places in sequences:
        for start in range(len(words)):
            for term in uttered:
                if words[start : start + len(term)] == term:
                    first, last = places[start], places[start + len(term) - 1]
                    found[Span(first.start, last.end, first.field)] = None
    return tuple(found)


def _sequences(texts: Sequence[Text]) -> Iterator[tuple[tuple[str, ...], list[Span]]]:
    """The draft's words in order with their places; a hashtag's words are a sequence of their own, in its place."""
    for text in texts:
        pieces = [
            (piece, Span(token.start, token.end, text.field))
            for token in text.tokens
            for piece in _pieces(token.folded)
        ]
        yield tuple(word for word, _ in pieces), [span for _, span in pieces]
        for tag in text.entities_of("hashtag"):
            yield tag.words, [Span(tag.start, tag.end, text.field)] * len(tag.words)


def _pieces(token: str) -> tuple[str, ...]:
    return (token.partition("'")[0],) if "'" in token else (token,)


@lru_cache(maxsize=8192)
def terms(name: str, keywords: tuple[str, ...], *, nearby: bool) -> tuple[Words, ...]:
    """What counts as using an event's words: each keyword as a whole, each telling word of its name.

    A hashtag counts run together and split. Words that many events share (attack, national, Monday) tell nothing by
    themselves; given as a keyword they count where the event is near.
    """
    found: set[Words] = {(word,) for word in _words(name) if word not in GENERIC and len(word) > 2}
    for keyword in keywords:
        found |= {term for term in _spellings(keyword) if nearby or not GENERIC.issuperset(term)}
    return tuple(sorted(found))


def _spellings(keyword: str) -> set[Words]:
    words = _words(keyword)
    spellings = {words, ("".join(words),), split_hashtag(keyword[1:])} if keyword.startswith("#") else {words}
    return {spelling for spelling in spellings if len("".join(spelling)) > 2}


def _words(text: str) -> Words:
    return tuple(_WORD.findall(fold(text).text.replace("'s", "")))
