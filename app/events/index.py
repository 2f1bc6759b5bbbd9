"""Many events that all drafts are held against: their places and words are filed once, and a check looks up its own.

Five hundred of them, gone through one by one, cost more than all else that a check does.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from app.domain import Event, Span
from app.events import naming
from app.events.naming import Said, Term
from app.events.places import WORLD, places, reach
from app.events.polls import named_polls


class EventSet(Sequence[Event]):
    """The gravest first, and of those the latest. Made once for all drafts of a moment."""

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events = tuple(sorted(events, key=_rank))

    def __len__(self) -> int:
        return len(self._events)

    @overload
    def __getitem__(self, at: int) -> Event: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Event]: ...
    def __getitem__(self, at: int | slice) -> Event | Sequence[Event]:
        return self._events[at]

    @cached_property
    def digest(self) -> str:
        """What stands for all of them where a check's input is written down."""
        return hashlib.sha256("\n".join(map(repr, self._events)).encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def polls(self) -> tuple[Event, ...]:
        """The elections and referendums among them."""
        return named_polls(self)

    def near(self, regions: Sequence[str]) -> Sequence[int]:
        """Places in the set of those that an audience of these regions is near to, in its order."""
        own = frozenset(regions)
        if not own or WORLD in own:
            return range(len(self))
        found = {at for place in reach(own) for at in self._by_place.get(place, ())}
        return sorted(found)

    def named(self, near: Sequence[int], said: Said) -> dict[int, tuple[Span, ...]]:
        """Where a draft uses their words, by place in the set; of those far away only their names count."""
        close = near if isinstance(near, range) else frozenset(near)
        found: dict[int, list[Term]] = defaultdict(list)
        for word in said.words:
            filed = [(each, True) for each in self._near_words.get(word, ())]
            filed += [(each, False) for each in self._far_words.get(word, ())]
            for (at, term), nearby in filed:
                if (at in close) is nearby and said.words.issuperset(term.words):
                    found[at].append(term)
        uses = ((at, naming.uses(terms, said)) for at, terms in found.items())
        return {at: spans for at, spans in uses if spans}

    @cached_property
    def _by_place(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, event in enumerate(self):
            for place in places(event.regions):
                found[place].append(at)
        return found

    @cached_property
    def _near_words(self) -> Mapping[str, Sequence[tuple[int, Term]]]:
        return _filed(self, nearby=True)

    @cached_property
    def _far_words(self) -> Mapping[str, Sequence[tuple[int, Term]]]:
        return _filed(self, nearby=False)


def _filed(events: Sequence[Event], *, nearby: bool) -> Mapping[str, Sequence[tuple[int, Term]]]:
    """Each event's terms under their first word."""
    found: dict[str, list[tuple[int, Term]]] = defaultdict(list)
    for at, term in _terms(events, nearby=nearby):
        found[term.words[0]].append((at, term))
    return found


def _terms(events: Sequence[Event], *, nearby: bool) -> Iterator[tuple[int, Term]]:
    for at, event in enumerate(events):
        yield from ((at, term) for term in naming.terms_of(event, nearby=nearby) if term.words)


def _rank(event: Event) -> tuple[int, float]:
    return (-event.severity, -event.starts_at.timestamp() if event.starts_at else 0.0)
