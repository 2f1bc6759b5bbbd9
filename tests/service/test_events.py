"""What counts at a moment: open events as they fade, and anniversaries."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("years", "name"), [(1, "A year since: Crash of flight 210"), (10, "10 years since: Crash of flight 210")]
)
def test_a_grave_event_counts_again_on_its_day(database: Database, years: int, name: str) -> None:
    """A degree less grave, and on that day alone, in whichever zone."""
    events.open_event(database, CRASH)
    day = NOW.replace(year=NOW.year + years)
    found = [event for event in _active(database, day) if event.sub_kind == "anniversary"]
    assert [(event.name, event.severity) for event in found] == [(name, 2)]
    assert match(found, Account(regions=("GB",)), day, ())
    assert not match(found, Account(regions=("GB",)), day + timedelta(days=2), ())


def test_a_leap_day_is_remembered_on_the_28th(database: Database) -> None:
    """29 February comes once in four years."""
    events.open_event(
        database,
        replace(CRASH, starts_at=datetime(2024, 2, 29, 8, tzinfo=UTC), ends_at=datetime(2024, 3, 2, tzinfo=UTC)),
    )
    assert [event.sub_kind for event in _active(database, datetime(2025, 2, 28, 12, tzinfo=UTC))] == ["anniversary"]


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
