"""Where a draft uses an event's words: its keywords, and the telling words of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.domain import CALENDAR, Event, Span, Text
from app.events.generic_words import GENERIC
from app.text.hashtags import is_common, is_word, split_hashtag
from app.text.normalise import fold

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_SUBJECT = re.compile(
    r"(?:'s|’s)? (?:is|are|was|were|has|had|will|would|can|could|needs?|gets?|got|goes|went|did|does|looks?)\b"
)
"""what follows a name that begins a sentence, and no adjective: “Nice is”, not “Nice weather”"""
_BEFORE = 8
"""characters before a word that tell whether it begins a sentence"""


class Term(NamedTuple):
    """What counts as using an event's words."""

    words: Words
    cased: bool = False
    """only where the draft writes it as a name: everybody has a nice weekend, not everybody a Nice one"""
    tagged: bool = False
    """only as the hashtag"""


class Said:
    """A draft's words, read once for all events."""

    __slots__ = ("raw", "sequences", "words")

    def __init__(self, texts: Sequence[Text]) -> None:
        self.sequences = tuple(_sequences(texts))
        self.words = frozenset(word for words, _ in self.sequences for word in words)
        """each of them and of the hashtags, as events' terms are spelt"""
        self.raw: Mapping[str, str] = {text.field: text.raw for text in texts}


def find(events: Sequence[Event], near: set[int], said: Said) -> dict[int, tuple[Span, ...]]:
    """Where the draft uses an event's words, by the event's index."""
    named: dict[int, tuple[Span, ...]] = {}
    for index, event in enumerate(events):
        known = terms_of(event, nearby=index in near)
        uttered = tuple(term for term in known if said.words.issuperset(term.words))
        if uttered and (spans := uses(uttered, said)):
            named[index] = spans
    return named


def terms_of(event: Event, *, nearby: bool) -> tuple[Term, ...]:
    """What counts as using the event's words."""
    return _of_day(event) if event.source == CALENDAR else terms(event.name, event.keywords, nearby=nearby)


def careful(event: Event, said: Said) -> tuple[Span, ...]:
    """Where the draft uses words that are misused on the event's day."""
    if not event.careful:
        return ()
    return uses([term for term in _careful(event.careful) if said.words.issuperset(term.words)], said)


@lru_cache(maxsize=1024)
def _careful(phrases: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(Term(words) for phrase in phrases if (words := _words(phrase)))


def uses(uttered: Sequence[Term], said: Said) -> tuple[Span, ...]:
    """The places where one of the terms stands, each once."""
    found: dict[Span, None] = {}
    for words, places in said.sequences:
        for start in range(len(words)):
            for term in uttered:
                several = len(term.words)
                if words[start : start + several] == term.words:
                    first, last = places[start], places[start + several - 1]
                    span = Span(first.start, last.end, first.field)
                    if _is_meant(term, span, said.raw[span.field]):
                        found[span] = None
    return tuple(sorted(found))


def _is_meant(term: Term, span: Span, raw: str) -> bool:
    is_tag = raw[span.start : span.start + 1] in ("#", "＃") or raw[span.start - 1 : span.start] in ("#", "＃")
    if term.tagged or is_tag:
        return is_tag
    return not term.cased or _is_written_as_a_name(span, raw)


def _is_written_as_a_name(span: Span, raw: str) -> bool:
    """With a capital that neither the beginning of a sentence nor a draft in capitals explains."""
    word = raw[span.start : span.end]
    if not word[:1].isupper() or (word.isupper() and raw.isupper()):
        return False
    before = raw[max(0, span.start - _BEFORE) : span.start].rstrip(" \t\"“‘'(*_")
    begins = not before or before[-1] in ".!?…:\n" or raw[: span.start].endswith("\n")
    return not begins or _SUBJECT.match(raw, span.end) is not None


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
def terms(name: str, keywords: tuple[str, ...], *, nearby: bool) -> tuple[Term, ...]:
    """What counts as using an event's words: each keyword as a whole, each telling word of its name.

    A hashtag counts run together and split. Words that many events share (attack, national, Monday) tell nothing by
    themselves; given as a keyword they count where the event is near. From afar only names count ("Halvorsen", "Boston
    Marathon"), not the rifle, the fever or the mayor, which people elsewhere speak of every day; a name that is a word
    too ("Nice", "Paradise") counts where the draft writes it as one.
    """
    if nearby:
        return _near(name, keywords)
    found = set(_names(name))
    for keyword in keywords:
        if keyword.startswith("#"):
            found |= {Term(term, tagged=_is_plain(term)) for term in _spellings(keyword)}
        else:
            found |= set(_names(keyword))
    return tuple(sorted(found)) or _near(name, keywords)


def _near(name: str, keywords: tuple[str, ...]) -> tuple[Term, ...]:
    found: set[Words] = {(word,) for word in _words(name) if word not in GENERIC and len(word) > 2}
    for keyword in keywords:
        found |= _spellings(keyword)
    return tuple(Term(words) for words in sorted(found))


def _names(text: str) -> Iterator[Term]:
    """The names in an event's name or keyword: runs of words with a capital, and words that English doesn't know."""
    for run in _runs(text):
        while run and run[0] in GENERIC:
            run = run[1:]
        while run and run[-1] in GENERIC:
            run = run[:-1]
        if len(run) > 1:
            yield Term(tuple(run))
        yield from (Term((word,), cased=is_common(word)) for word in run if word not in GENERIC and len(word) > 2)
    for word in _words(text):
        if not is_word(word) and word not in GENERIC and len(word) > 2:
            yield Term((word,))


def _runs(text: str) -> Iterator[list[str]]:
    """Words with a capital that stand beside each other, folded."""
    run: list[str] = []
    for word in _WORD.findall(text.replace("'s", "").replace("’s", "")):
        if word[0].isupper():
            run += _words(word)
            continue
        yield run
        run = []
    yield run


def _is_plain(term: Words) -> bool:
    """Whether it is one word of the language: as a hashtag it may be this event's, without the sign it is anybody's."""
    return len(term) == 1 and is_word(term[0])


@lru_cache(maxsize=1024)
def _of_day(day: Event) -> tuple[Term, ...]:
    """What speaks of a day of the calendar: its words and, unless ordinary posts go on that day, its whole name.

    Its name alone is made of everyday words: “good” on Good Friday, “red” on Red Dress Day.
    """
    found = {term for keyword in day.keywords for term in _spellings(keyword)}
    return tuple(Term(words) for words in sorted(found | {_words(day.name)} if day.severity > 1 else found))


def _spellings(keyword: str) -> set[Words]:
    words = _words(keyword)
    spellings = {words, ("".join(words),), split_hashtag(keyword[1:])} if keyword.startswith("#") else {words}
    return {spelling for spelling in spellings if len("".join(spelling)) > 2}


def _words(text: str) -> Words:
    return tuple(_WORD.findall(fold(text).text.replace("'s", "")))
