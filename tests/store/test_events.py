"""Events, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain import Event
from app.errors import Invalid
from app.store import events, revisions

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FLOOD = Event("Flood", "natural_disaster", ("ES-VC",), NOW - HOUR, NOW + HOUR, ("#valencia", "dana"), 3)


def _add(database, *new: Event) -> list[Event]:
    with database.transaction() as connection:
        return [events.add(connection, event) for event in new]


def test_an_event_comes_back_under_its_id(database) -> None:
    """All of it, times aware."""
    (stored,) = _add(database, FLOOD)
    assert stored == replace(FLOOD, id=stored.id)
    assert stored.id.startswith("evt_")
    with database.transaction() as connection:
        assert events.get(connection, stored.id) == stored
        assert events.get(connection, "evt_none") is None


def test_active_are_those_that_have_begun_and_not_ended(database) -> None:
    """An event without bounds is always active."""
    always = Event("War", "war")
    over = replace(FLOOD, starts_at=NOW - 3 * HOUR, ends_at=NOW - HOUR)
    ahead = replace(FLOOD, starts_at=NOW + HOUR, ends_at=None)
    stored = _add(database, FLOOD, always, over, ahead)
    with database.transaction() as connection:
        found = {event.id for event in events.active(connection, NOW)}
        page = events.list_page(connection, after=None, limit=10, active_at=NOW)
    assert found == {event.id for event in page} == {stored[0].id, stored[1].id}


def test_pages_follow_the_ids(database) -> None:
    """The last id of a page leads to the next."""
    stored = sorted(_add(database, *(replace(FLOOD, name=name) for name in "abc")), key=lambda event: event.id)
    with database.transaction() as connection:
        first = events.list_page(connection, after=None, limit=2)
        rest = events.list_page(connection, after=first[-1].id, limit=2)
    assert (first, rest) == (stored[:2], stored[2:])


def test_closing_ends_an_event_once(database) -> None:
    """It can't be closed later than it was."""
    (stored,) = _add(database, replace(FLOOD, ends_at=None))
    with database.transaction() as connection:
        assert events.close(connection, stored.id, NOW) == replace(stored, ends_at=NOW)
        assert events.close(connection, stored.id, NOW + HOUR) == replace(stored, ends_at=NOW)
        assert events.get(connection, stored.id) == replace(stored, ends_at=NOW)
        assert events.close(connection, "evt_none", NOW) is None


def test_a_deleted_event_is_gone(database) -> None:
    """And can't be deleted again."""
    (stored,) = _add(database, FLOOD)
    with database.transaction() as connection:
        assert [events.delete(connection, stored.id), events.delete(connection, stored.id)] == [True, False]
        assert events.get(connection, stored.id) is None


def test_a_time_without_zone_is_refused(database) -> None:
    """It would be read as the server's own, and the event matched hours off."""
    with pytest.raises(Invalid):
        _add(database, replace(FLOOD, starts_at=datetime(2026, 11, 11, 10, 0)))


def test_unstorable_text_is_refused(database) -> None:
    """By both databases alike."""
    for text in ("a\x00b", "a\ud800b"):
        with pytest.raises(Invalid):
            _add(database, replace(FLOOD, keywords=("fine", text)))


def test_a_proposed_event_is_not_active_and_each_change_is_counted(database) -> None:
    """Nothing weighs on drafts before somebody has accepted it; who judged before a change can tell."""
    (stored,) = _add(database, replace(FLOOD, status="proposed", source="gdacs", sub_kind="flood"))
    with database.transaction() as connection:
        before = revisions.get(connection, revisions.EVENTS)
        assert events.active(connection, NOW) == []
        assert events.list_page(connection, after=None, limit=9, status="proposed") == [stored]
        events.hold(connection)
        assert events.put(connection, replace(stored, status="open"))
        assert events.active(connection, NOW) == [replace(stored, status="open")]
        assert revisions.get(connection, revisions.EVENTS) == before + 1


def test_only_events_that_count_again_are_found_by_their_day(database) -> None:
    """And not in the year in which they happened."""
    crash = Event("Crash", "accident", ("GB",), NOW.replace(year=2024), anniversary=True, severity=3)
    (stored, _) = _add(database, crash, replace(crash, anniversary=False))
    with database.transaction() as connection:
        assert events.of_days(connection, ["11-10", "11-11"], before=NOW) == [stored]
        assert events.of_days(connection, ["11-12"], before=NOW) == []
        assert events.of_days(connection, ["11-11"], before=NOW.replace(year=2024)) == []
