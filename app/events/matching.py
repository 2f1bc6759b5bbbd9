"""Which events are active when a draft goes out, and how near each is: in place, and in words.

An event counts where the account's audience is, and wherever the draft uses its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from app.domain import Account, Event, EventKind, EventMatch, Nearness, Text
from app.events import naming
from app.events.index import EventSet
from app.events.naming import Said
from app.events.places import WORLD, places, reach

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
MOST_NEAR, _LOOKED_AT = 12, 36
"""events near the audience that are told, and that are looked at: some of the gravest may have faded"""
NONE = EventSet()
_BY_PLACE = Nearness(True, ())


def match(
    events: Sequence[Event], account: Account, at: datetime, texts: Sequence[Text], many: EventSet = NONE
) -> tuple[EventMatch, ...]:
    """The events that are active at `at` and touch the audience or the draft's words.

    Events named in the draft come first, then the graver, then the later. `at` is timezone-aware. Of `many` that are
    near and unnamed only the first dozen of this order come: no rule looks at more.
    """
    said = Said(texts)
    near = _near(events, account)
    named = naming.find(events, near, said)
    matches = [
        EventMatch(
            _faded(events[index], at),
            Nearness(index in near, named.get(index, ()), naming.careful(events[index], said) if index in near else ()),
        )
        for index in sorted(near | named.keys())
        if is_active(events[index], at)
    ]
    if many:
        matches += _of_many(many, account, at, said)
    matches.sort(key=_rank)
    return tuple(matches)


def _of_many(many: EventSet, account: Account, at: datetime, said: Said) -> Iterator[EventMatch]:
    near = many.near(account.regions)
    close = near if isinstance(near, range) else frozenset(near)
    named = many.named(near, said)
    for index, spans in named.items():
        if is_active(many[index], at):
            yield EventMatch(_faded(many[index], at), Nearness(index in close, spans))
    others = (many[index] for index in near if index not in named and is_active(many[index], at))
    graded = sorted((EventMatch(_faded(event, at), _BY_PLACE) for event in islice(others, _LOOKED_AT)), key=_rank)
    yield from graded[:MOST_NEAR]


def kinds_near(found: Sequence[EventMatch], account: Account, at: datetime, many: EventSet) -> frozenset[EventKind]:
    """The kinds of all that `match` found, and of those of `many` that only its limit left out."""
    kinds = frozenset(each.event.kind for each in found)
    if sum(not each.nearness.words for each in found) < MOST_NEAR:
        return kinds
    return kinds | {many[index].kind for index in many.near(account.regions) if is_active(many[index], at)}


def is_active(event: Event, at: datetime) -> bool:
    """Whether the event is on at `at`; an event without an end fades after its kind's time, one without dates never."""
    if event.starts_at is not None and at < event.starts_at:
        return False
    end = event.ends_at
    if end is None and event.starts_at is not None:
        end = event.starts_at + DECAY[event.kind]
    return end is None or at <= end


def _faded(event: Event, at: datetime) -> Event:
    """A degree less grave in the second half of its kind's time; while somebody keeps it open it does not fade."""
    begun = event.starts_at
    if begun is None or event.ends_at is not None or event.severity == 1:
        return event
    return replace(event, severity=event.severity - 1) if at > begun + DECAY[event.kind] / 2 else event


def _rank(found: EventMatch) -> tuple[bool, int, float]:
    starts = found.event.starts_at
    return (not found.nearness.words, -found.event.severity, -starts.timestamp() if starts else 0.0)


def _near(events: Sequence[Event], account: Account) -> set[int]:
    """Indices of the events whose regions meet the account's; an account that names none may be read anywhere."""
    own = frozenset(account.regions)
    if not own or WORLD in own:
        return set(range(len(events)))
    touched = reach(own)
    return {index for index, event in enumerate(events) if not touched.isdisjoint(places(event.regions))}


ANYWHERE = "*"
"""what an account is found under that may be read anywhere"""


def audience(regions: Sequence[str]) -> frozenset[str]:
    """What accounts with these regions are found under: they touch a region where this and `touching` share a word."""
    own = frozenset(regions)
    return frozenset({ANYWHERE, WORLD}) if not own or WORLD in own else reach(own)


def touching(region: str) -> frozenset[str]:
    """See `audience`."""
    return places((region,)) | {ANYWHERE}
