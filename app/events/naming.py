"""Where a draft uses an event's words: its keywords, and the telling words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from app.domain import CALENDAR, Event, Span, Text
from app.events.generic_words import GENERIC
from app.text.hashtags import is_word, split_hashtag
from app.text.normalise import fold

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")


def find(events: Sequence[Event], near: set[int], texts: Sequence[Text]) -> dict[int, tuple[Span, ...]]:
    """Where the draft uses an event's words, by the event's index."""
    sequences = tuple(_sequences(texts))
    said = frozenset(word for words, _ in sequences for word in words)
    named: dict[int, tuple[Span, ...]] = {}
    for index, event in enumerate(events):
        known = _of_day(event) if event.source == CALENDAR else terms(event.name, event.keywords, nearby=index in near)
        if (uttered := tuple(filter(said.issuperset, known))) and (spans := _uses(uttered, sequences)):
            named[index] = spans
    return named


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
    themselves; given as a keyword they count where the event is near. From afar only names count: "Sandy" and
    "Halvorsen", not the rifle, the fever or the mayor, which people elsewhere speak of every day.
    """
    spelled = _spelled(name)
    names = _names(spelled)
    found: set[Words] = set()
    for word in spelled:
        for each in _words(word):
            if each not in GENERIC and len(each) > 2 and (nearby or word in names or not is_word(each)):
                found.add((each,))
    for keyword in keywords:
        found |= {term for term in _spellings(keyword) if nearby or _is_name(keyword, term)}
    return tuple(sorted(found))


def _names(spelled: Sequence[str]) -> frozenset[str]:
    """The words with a capital behind the first; the first, which always has one, where there is no other.

    Where most words begin with a capital, that tells nothing.
    """
    capitals = [word for word in spelled[1:] if word[0].isupper()]
    if len(capitals) > len(spelled) / 2:
        return frozenset()
    return frozenset(capitals or spelled[:1])


def _is_name(keyword: str, term: Words) -> bool:
    """Whether a keyword means this event alone: a name by its capitals, or words that English doesn't know."""
    if GENERIC.issuperset(term):
        return False
    if keyword.startswith("#"):
        return len(split_hashtag(keyword[1:])) > 1 or not is_word("".join(term))
    spelled = _spelled(keyword)
    return all(word[0].isupper() for word in spelled) or not all(map(is_word, term))


def _spelled(text: str) -> list[str]:
    """The words as they are written."""
    return _WORD.findall(text.replace("'s", "").replace("’s", ""))


@lru_cache(maxsize=1024)
def _of_day(day: Event) -> tuple[Words, ...]:
    """What speaks of a day of the calendar: its words and, unless ordinary posts go on that day, its whole name.

    Its name alone is made of everyday words: “good” on Good Friday, “red” on Red Dress Day.
    """
    found = {term for keyword in day.keywords for term in _spellings(keyword)}
    return tuple(sorted(found | {_words(day.name)} if day.severity > 1 else found))


def _spellings(keyword: str) -> set[Words]:
    words = _words(keyword)
    spellings = {words, ("".join(words),), split_hashtag(keyword[1:])} if keyword.startswith("#") else {words}
    return {spelling for spelling in spellings if len("".join(spelling)) > 2}


def _words(text: str) -> Words:
    return tuple(_WORD.findall(fold(text).text.replace("'s", "")))
