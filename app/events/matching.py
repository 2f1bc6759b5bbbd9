"""Which events are active when a draft goes out, and how near each is: in place, and in words.

An event counts where the account's audience is, and wherever the draft uses its words. An event costs a few
comparisons of sets, its places and its words being read once; only those that meet the draft cost more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from app.domain import Account, Event, EventKind, EventMatch, Nearness, Span, Text
from app.events.generic_words import GENERIC
from app.text.hashtags import split_hashtag
from app.text.normalise import fold

Words = tuple[str, ...]

WORLD = "WORLD"
DECAY: dict[EventKind, timedelta] = {
    "shooting": timedelta(days=7),
    "terror_attack": timedelta(days=14),
    "natural_disaster": timedelta(days=14),
    "accident": timedelta(days=7),
    "death": timedelta(days=7),
    "war": timedelta(days=90),
    "unrest": timedelta(days=14),
    "pandemic": timedelta(days=180),
    "memorial_day": timedelta(days=1),
    "court_case": timedelta(days=7),
    "other": timedelta(days=7),
}
"""How long an event without an end stays active: as long as a joke about it would still be read as one."""

_WORD = re.compile(r"[^\W_]+")


def match(events: Sequence[Event], account: Account, at: datetime, texts: Sequence[Text]) -> tuple[EventMatch, ...]:
    """The events that are active at `at` and touch the audience or the draft's words.

    Events named in the draft come first, then the graver, then the later. `at` is timezone-aware.
    """
    near = _near(events, account)
    named = _named(events, near, texts)
    matches = [
        EventMatch(events[index], Nearness(index in near, named.get(index, ())))
        for index in sorted(near | named.keys())
        if is_active(events[index], at)
    ]
    matches.sort(key=_rank)
    return tuple(matches)


def is_active(event: Event, at: datetime) -> bool:
    """Whether the event is on at `at`; an event without an end fades after its kind's time, one without dates never."""
    if event.starts_at is not None and at < event.starts_at:
        return False
    end = event.ends_at
    if end is None and event.starts_at is not None:
        end = event.starts_at + DECAY[event.kind]
    return end is None or at <= end


def _rank(found: EventMatch) -> tuple[bool, int, float]:
    starts = found.event.starts_at
    return (not found.nearness.words, -found.event.severity, -starts.timestamp() if starts else 0.0)


# --- place ---------------------------------------------------------------------------------------------------------


def _near(events: Sequence[Event], account: Account) -> set[int]:
    """Indices of the events whose regions meet the account's; an account that names none may be read anywhere."""
    own = frozenset(account.regions)
    if not own or WORLD in own:
        return set(range(len(events)))
    reach = _reach(own)
    return {index for index, event in enumerate(events) if not reach.isdisjoint(_places(event.regions))}


@lru_cache(maxsize=1024)
def _reach(regions: frozenset[str]) -> frozenset[str]:
    """What an account's regions touch: themselves, all of the countries they lie in, any part of their countries."""
    countries = {f"{region}-" for region in regions if "-" not in region}
    return regions | {region.partition("-")[0] for region in regions} | countries | {WORLD}


@lru_cache(maxsize=4096)
def _places(regions: tuple[str, ...]) -> frozenset[str]:
    """An event's regions, and for each part of a country (`US-TX`) that it lies in it (`US-`)."""
    return frozenset(regions) | {f"{region.partition('-')[0]}-" for region in regions if "-" in region}


# --- words ---------------------------------------------------------------------------------------------------------


def _named(events: Sequence[Event], near: set[int], texts: Sequence[Text]) -> dict[int, tuple[Span, ...]]:
    """Where the draft uses an event's words, by the event's index."""
    sequences = tuple(_sequences(texts))
    said = frozenset(word for words, _ in sequences for word in words)
    named: dict[int, tuple[Span, ...]] = {}
    for index, event in enumerate(events):
        known = terms(event.name, event.keywords, nearby=index in near)
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
