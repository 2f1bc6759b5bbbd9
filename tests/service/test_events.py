"""What counts at a moment: open events as they fade, and anniversaries."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain import Account, Event
from app.errors import Invalid, NotFound
from app.events.matching import match
from app.service import events
from app.store.session import Database

NOW = datetime(2026, 11, 11, 10, tzinfo=UTC)
CRASH = Event("Crash of flight 210", "accident", ("GB",), NOW, severity=3, anniversary=True)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'store.db'}")
    found.migrate()
    yield found
    found.close()


def _active(database: Database, at: datetime) -> tuple[Event, ...]:
    with database.transaction() as connection:
        return events.active(connection, at)


@pytest.mark.parametrize("years", [1, 10])
def test_a_grave_event_counts_again_on_its_day(database: Database, years: int) -> None:
    """A degree less grave, and on that day alone, in whichever zone."""
    events.open_event(database, CRASH)
    day = NOW.replace(year=NOW.year + years)
    found = [event for event in _active(database, day) if event.years]
    assert [(event.told, event.severity, event.years) for event in found] == [
        ("the anniversary of Crash of flight 210", 2, years)
    ]
    assert match(found, Account(regions=("GB",)), day, ())
    assert not match(found, Account(regions=("GB",)), day + timedelta(days=2), ())


def test_a_leap_day_is_remembered_on_the_28th(database: Database) -> None:
    """29 February comes once in four years."""
    events.open_event(
        database,
        replace(CRASH, starts_at=datetime(2024, 2, 29, 8, tzinfo=UTC), ends_at=datetime(2024, 3, 2, tzinfo=UTC)),
    )
    assert [event.years for event in _active(database, datetime(2025, 2, 28, 12, tzinfo=UTC))] == [1]


def test_an_event_fades_before_it_is_over() -> None:
    """An accident weighs less after half a week, and nothing after a week; one that is kept open stays grave."""
    at = NOW + timedelta(days=5)
    grave = [replace(CRASH, ends_at=at + timedelta(days=9)), CRASH]
    assert sorted(found.event.severity for found in match(grave, Account(), at, ())) == [2, 3]
    assert not match([CRASH], Account(), NOW + timedelta(days=8), ())


def test_an_event_can_be_changed_but_not_turned_round(database: Database) -> None:
    """The first report is seldom the last word."""
    stored = events.open_event(database, CRASH)
    assert events.change(database, stored.id or "", {"severity": 1, "keywords": ("#flight210",)}).severity == 1
    with pytest.raises(Invalid) as refused:
        events.change(database, stored.id or "", {"ends_at": NOW - timedelta(days=1)})
    assert refused.value.pointer == "/ends_at"
    with pytest.raises(NotFound):
        events.settle(database, "evt_none", "dismissed")


@pytest.mark.parametrize(
    ("begun", "at", "counts"),
    [
        ("2024-12-31T23:00+00:00", "2026-01-01T03:00+00:00", True),  # New Year's Eve in the Americas
        ("2025-01-01T02:00+00:00", "2025-12-31T20:00+00:00", True),  # New Year's Day in the Pacific
        ("2011-03-11T05:00+09:00", "2026-03-11T22:00+09:00", True),
        ("2024-03-01T05:00+14:00", "2025-02-28T12:00+00:00", True),
        ("2011-03-11T05:00+09:00", "2026-03-14T12:00+09:00", False),
    ],
)
def test_an_anniversary_is_a_day_wherever_it_is_that_day(database: Database, begun: str, at: str, counts: bool) -> None:
    """The year's end and zones far from UTC were missed."""
    events.open_event(database, replace(CRASH, starts_at=datetime.fromisoformat(begun)))
    assert any(event.years for event in _active(database, datetime.fromisoformat(at))) is counts


def test_whether_an_event_counts_again_follows_from_what_is_known_by_then(database: Database) -> None:
    """It was settled at opening: a false alarm came back each year, a death toll that rose later did not."""
    stored = events.open_event(database, replace(CRASH, anniversary=None, severity=2))
    later = NOW.replace(year=2027)
    assert not any(event.years for event in _active(database, later))
    events.change(database, stored.id or "", {"severity": 3})
    assert any(event.years for event in _active(database, later))
    events.change(database, stored.id or "", {"anniversary": False})
    assert not any(event.years for event in _active(database, later))


def test_of_two_changes_at_once_none_is_lost(database: Database) -> None:
    """A dismissal came undone where somebody corrected the severity at the same time."""
    for _ in range(20):
        stored = events.open_event(database, CRASH)
        changes = [
            lambda i=stored.id: events.change(database, i, {"severity": 1}),
            lambda i=stored.id: events.settle(database, i, "dismissed"),
        ]
        threads = [threading.Thread(target=change) for change in changes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = events.find(database, stored.id or "")
        assert (found.severity, found.status) == (1, "dismissed")
