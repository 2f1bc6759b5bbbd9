"""Many events filed once give what they give one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Account, Event
from app.events.index import EventSet
from app.events.matching import match
from app.text import read

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
WORDS = ("Marlow", "Valdera", "rifle", "Nice", "Port Arden", "#StormAda", "fever", "Kvarelo")
REGIONS = ("GB", "GB-SCT", "US", "US-TX", "WORLD", "FI")

EVENTS = st.builds(
    Event,
    name=st.sampled_from(["Shooting in Marlow", "Storm Ada", "Floods in Valdera", "Paris Attacks", "fever"]),
    kind=st.sampled_from(["shooting", "natural_disaster", "other"]),
    regions=st.lists(st.sampled_from(REGIONS), min_size=1, max_size=2).map(tuple),
    starts_at=st.sampled_from([None, NOW - timedelta(days=1), NOW - timedelta(days=5), NOW + timedelta(hours=1)]),
    keywords=st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    severity=st.integers(1, 3),
)


@given(
    st.lists(EVENTS, max_size=10),
    st.lists(st.sampled_from(REGIONS), max_size=2),
    st.lists(st.sampled_from(WORDS), max_size=4),
)
def test_a_set_tells_what_its_events_tell(events: list[Event], regions: list[str], words: list[str]) -> None:
    """Filing by word and place must lose none: an event that is passed over is a silent pass."""
    account = Account(regions=tuple(regions))
    texts = (read("We love " + " and ".join(words) + " today", language="en"),)
    filed = match((), account, NOW, texts, EventSet(events))
    one_by_one = match(EventSet(events)[:], account, NOW, texts)
    assert sorted(map(repr, filed)) == sorted(map(repr, one_by_one))


def test_of_many_near_events_the_gravest_come() -> None:
    """No rule looks at more than a dozen; five hundred would cost each check a millisecond."""
    events = [Event(f"Flood {n}", "natural_disaster", ("GB",), NOW, severity=1 + n % 3) for n in range(100)]
    found = match((), Account(regions=("GB",)), NOW, (read("hello", language="en"),), EventSet(events))
    assert len(found) == 12
    assert {each.event.severity for each in found} == {3}


@pytest.mark.parametrize("change", [{"severity": 1}, {"name": "Flood"}, {"keywords": ("x",)}])
def test_another_set_has_another_digest(change: dict[str, object]) -> None:
    """It stands for all events in the hash of a check's input."""
    event = Event("Floods", "natural_disaster", ("GB",), NOW, severity=3)
    assert EventSet([event]).digest != EventSet([replace(event, **change)]).digest  # type: ignore[arg-type]
    assert EventSet([event]).digest == EventSet([replace(event)]).digest
