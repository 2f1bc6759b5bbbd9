"""Which events are active, and how near they are in place and in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.domain import Account, Event, Span
from app.events.matching import DECAY, is_active, match
from app.text import read

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
QUIET = (read("Nothing much today", language="en"),)


def _event(**given: object) -> Event:
    return Event(**({"name": "Riverton mall shooting", "kind": "shooting", "regions": ("US-CO",)} | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("regions", "near"),
    [
        ((), True),
        (("WORLD",), True),
        (("US",), True),
        (("US-CO",), True),
        (("GB", "US-CO"), True),
        (("US-TX",), False),
        (("GB",), False),
    ],
)
def test_an_audience_is_near_where_its_regions_meet_the_events(regions: tuple[str, ...], near: bool) -> None:
    """Prevents the joke that is checked against the wrong country's grief."""
    matches = match([_event()], Account(regions=regions), NOW, QUIET)
    assert [found.nearness.place for found in matches] == ([True] if near else [])


@pytest.mark.parametrize("region", ["WORLD", "US"])
def test_an_event_of_the_country_or_the_world_is_near_its_parts(region: str) -> None:
    """Prevents a national day that misses the regional account."""
    assert len(match([_event(regions=(region,))], Account(regions=("US-TX",)), NOW, QUIET)) == 1


def test_an_event_is_active_from_its_start_to_its_end_and_no_longer() -> None:
    """Prevents warnings before anything happened, and for ever after."""
    event = _event(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    moments = [NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)]
    assert [is_active(event, at) for at in moments] == [False, True, True, False]


def test_an_event_without_an_end_fades_after_its_kinds_time() -> None:
    """Prevents an event that somebody forgot to close from holding every post."""
    event = _event(starts_at=NOW)
    fading = NOW + DECAY["shooting"]
    assert [is_active(event, fading), is_active(event, fading + timedelta(seconds=1))] == [True, False]


def test_an_event_without_dates_is_active() -> None:
    """Prevents a supplied event that is silently ignored."""
    assert is_active(_event(), NOW)


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Love from Riverton!", ["Riverton"]),
        ("#prayforriverton tonight", ["#prayforriverton"]),
        ("RIVERTON'S finest", ["RIVERTON'S"]),
        ("A mall, a national day, a shooting star", ["mall"]),
        ("Old Harbour Road is open", ["Old Harbour"]),
        ("Nothing here", []),
    ],
)
def test_a_draft_uses_an_events_words_as_written_folded_or_in_a_hashtag(draft: str, words: list[str]) -> None:
    """Prevents the hashtag of the mourners from passing as any other."""
    event = _event(keywords=("Old Harbour",), regions=("WORLD",))
    (found,) = match([event], Account(), NOW, (read(draft, language="en"),))
    assert [draft[span.start : span.end] for span in found.nearness.words] == words


def test_a_hashtag_keyword_counts_as_a_tag_run_together_and_as_words() -> None:
    """Prevents `#NotLiable` from being missed when the draft writes it out."""
    event = _event(name="Verdict", keywords=("#NotLiable",), regions=("FR",))
    for draft in ("#notliable", "not liable", "notliable"):
        assert len(match([event], Account(regions=("GB",)), NOW, (read(draft, language="en"),))) == 1


def test_a_far_event_matters_where_the_draft_names_it() -> None:
    """Prevents the sale on another country's disaster."""
    text = read("Riverton is trending", language="en")
    (found,) = match([_event()], Account(regions=("GB",)), NOW, (text,))
    assert (found.nearness.place, found.nearness.words) == (False, (Span(0, 8),))


def test_words_that_many_events_share_name_none_of_them() -> None:
    """Prevents every post with `day` in it from meeting every memorial day."""
    event = _event(name="National Day of Mourning", kind="memorial_day")
    assert match([event], Account(regions=("GB",)), NOW, (read("What a day for the national team"),)) == ()


def test_named_events_come_first_then_the_graver() -> None:
    """Prevents a rule that looks at the first event from looking at the wrong one."""
    minor = _event(name="Lakeside derailment", severity=1)
    grave = _event(name="Northgate blaze", severity=3)
    middle = _event(name="Hilltop derailment", severity=2)
    matches = match([middle, grave, minor], Account(), NOW, (read("Hello Lakeside", language="en"),))
    assert [found.event for found in matches] == [minor, grave, middle]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Rifle scopes at 40 % off", False),
        ("Cheers for our new mayor", False),
        ("Halvorsen is a lovely town", True),
        ("A day at the Sportsmen's Expo", True),
        ("#FeverFreeFriday", True),
        ("#expo", True),
        ("The expo opens tomorrow", False),
    ],
)
def test_from_afar_only_an_events_names_count(text: str, named: bool) -> None:
    """Prevents an alarm in Finland on every rifle since somebody was shot in Montana."""
    event = _event(
        name="Shooting of the mayor in Halvorsen",
        regions=("US-MT",),
        keywords=("rifle", "Sportsmen's Expo", "mayor", "#FeverFreeFriday", "#expo"),
    )
    assert bool(match([event], Account(regions=("FI",)), NOW, (read(text, language="en"),))) is named
    assert match([event], Account(regions=("US-MT",)), NOW, (read(text, language="en"),))


@pytest.mark.parametrize(
    ("event", "text", "named"),
    [
        ("Paris Attacks", "Boom! Our Paris fares just exploded", True),
        ("Manchester Arena Bombing", "Boom! Manchester Arena tickets, 20% off", True),
        ("Sandy Hook School Shooting", "Sandy Hook? Sandy beach!", True),
        ("Boston Marathon bombing", "Marathon training plans, half price", False),
        ("Boston Marathon bombing", "We run to our Boston shop", True),
        ("Grenfell Tower fire", "A tower of pancakes", False),
        ("Shooting in Nice", "Have a nice weekend", False),
        ("Shooting in Nice", "Nice weather today", False),
        ("Shooting in Nice", "Cheap flights to Nice", True),
        ("flood in valdera", "We love valdera", True),
    ],
)
def test_a_name_that_is_a_word_too_counts_where_it_is_written_as_a_name(event: str, text: str, named: bool) -> None:
    """A title in capitals lost all its names, and a town called Nice alarmed on each nice weekend."""
    far = match(
        [_event(name=event, regions=("FR",), keywords=())], Account(regions=("GB",)), NOW, (read(text, language="en"),)
    )
    assert bool(far) is named
