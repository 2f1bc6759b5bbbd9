"""What days of the calendar do to a verdict: a confirmed one may hold a draft, any other warns at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain import CALENDAR, Account, Draft, Event
from app.errors import Invalid
from app.events.calendar import Calendar
from app.main import load_live
from app.service.calendar import between
from app.service.check import Checker
from app.service.query import Case, Options
from app.settings import Settings

NOW = datetime(2026, 11, 8, 11, tzinfo=UTC)
DAY = Event("Day of the Quarry", "memorial_day", ("GB",), keywords=("quarry disaster",), severity=3, source=CALENDAR)
UNCONFIRMED = replace(DAY, confirmed=False)
SHOOTING = Event("Shooting in Leeds", "shooting", ("GB",), NOW, severity=3)
MISUSES = [
    "Quarry disaster day deals! 30% off everything, use code QUARRY, shop now",
    "Quarry disaster party tonight 😂🎉 who's in?",
    "Quarry disaster: serves them right, they got what they deserved lol",
    "RT to help: for every retweet we give $1 to the families of the quarry disaster",
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return load_live(Settings()).serving.checker


def _severities(checker: Checker, text: str, *events: Event, kind: str = "brand") -> dict[str, str]:
    account = Account(handle="@acme", kind=kind, regions=("GB",))
    case = Case(Draft(text, platforms=("x",)), account, None, NOW, events, Options())
    found = checker.judge(case).verdict.warnings
    return {each.rule: each.severity for each in found if each.rule.startswith("sombre_context/")}


@pytest.mark.parametrize("text", MISUSES)
def test_a_day_that_nobody_confirmed_never_holds(checker: Checker, text: str) -> None:
    """Prevents a draft that waits for a second person because of a date from general knowledge."""
    bare = _severities(checker, text)
    found = _severities(checker, text, UNCONFIRMED)
    assert {rule: level for rule, level in found.items() if level in ("high", "critical")}.items() <= bare.items()


@pytest.mark.parametrize("text", MISUSES[:2])
def test_a_confirmed_day_may_hold_and_an_unconfirmed_one_warns(checker: Checker, text: str) -> None:
    """Prevents the caution from becoming silence."""
    assert "high" in _severities(checker, text, DAY).values()
    assert "medium" in _severities(checker, text, UNCONFIRMED).values()


def test_an_unconfirmed_day_does_not_stand_before_a_graver_event(checker: Checker) -> None:
    """What holds a draft without the calendar holds it with the calendar, though the draft names the day."""
    text = "Quarry disaster anniversary. Sale: 50% off, buy now, order today, use code SAVE50"
    rule = "sombre_context/promotion"
    assert _severities(checker, text, SHOOTING)[rule] == "high"
    assert _severities(checker, text, UNCONFIRMED, SHOOTING)[rule] == "high"


def test_a_figure_of_speech_is_no_alarm_on_a_day_that_leaves_posts_alone(checker: Checker) -> None:
    """Prevents a warning of “the battle for the title” on each of a hundred anniversaries a year."""
    text = "The battle for the title goes on tonight"
    assert not _severities(checker, text, replace(DAY, severity=1))
    assert "sombre_context/violent_wording" in _severities(checker, text, DAY)


def test_a_span_that_is_turned_round_or_too_long_is_refused() -> None:
    """Prevents a list that is empty by mistake, and one of a century."""
    for first, last in ((date(2026, 2, 1), date(2026, 1, 1)), (date(2026, 1, 1), date(2030, 1, 1))):
        with pytest.raises(Invalid):
            between(Calendar(), None, first, last)
