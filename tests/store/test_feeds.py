"""How feeds stand and which reports are known, in both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain import Event
from app.errors import Conflict
from app.events.feeds.config import Feed
from app.events.feeds.report import Point, Report
from app.service.reports import Taken, carry_out, plan
from app.store import events, feeds
from app.store.feeds import FORGOTTEN_AFTER, Source, State
from tests.store.conftest import NOW

STATE = State("quakes", "mark", NOW, '"e"', "Tue", NOW, NOW, 2, "answered 500", 12, 3, {"no id": 1})
SOURCE = Source("quakes", "us1", None, NOW, 2, NOW + timedelta(days=1), 37.5, -122.25)


def test_how_a_feed_stands_is_kept(database) -> None:
    """A restart must not ask anew for what was read, nor forget a back-off."""
    with database.transaction() as connection:
        assert feeds.get(connection, "quakes") is None
        feeds.put(connection, STATE)
        feeds.put(connection, replace(STATE, failures=3))
        assert feeds.get(connection, "quakes") == replace(STATE, failures=3)


def test_a_feed_is_claimed_once_when_it_is_due(database) -> None:
    """Two processes on one store ask once."""
    later = NOW + timedelta(minutes=5)
    with database.transaction() as connection:
        claims = [feeds.claim(connection, "quakes", now=now, until=until) for now, until in (
            (NOW, later), (NOW, later), (later, later + timedelta(minutes=5)), (later, later)
        )]  # fmt: skip
    assert claims == [True, False, True, False]


def test_a_report_is_kept_and_replaced(database) -> None:
    """The newest word of a feed counts."""
    with database.transaction() as connection:
        event = events.add(connection, Event("Quake", "natural_disaster", starts_at=NOW))
        mine = replace(SOURCE, event_id=event.id)
        feeds.record(connection, [mine, replace(mine, external_id="us2")])
        feeds.record(connection, [replace(mine, severity=3)])
        assert feeds.known(connection, "quakes", ["us1", "us3"]) == {"us1": replace(mine, severity=3)}
        assert feeds.known(connection, "other", ["us1"]) == {}
        assert len(feeds.of_events(connection, [event.id or ""])) == 2


def test_the_report_of_an_erased_event_is_still_known(database) -> None:
    """Else the next poll would propose it again."""
    with database.transaction() as connection:
        event = events.add(connection, Event("Quake", "natural_disaster", starts_at=NOW))
        feeds.record(connection, [replace(SOURCE, event_id=event.id)])
        events.delete(connection, event.id or "")
        assert feeds.known(connection, "quakes", ["us1"])["us1"].event_id is None


def test_what_a_feed_ceased_to_list_is_forgotten(database) -> None:
    """The table must not grow for ever."""
    with database.transaction() as connection:
        feeds.record(connection, [SOURCE, replace(SOURCE, external_id="us2", seen_at=NOW + timedelta(days=2))])
        feeds.forget(connection, "quakes", NOW + FORGOTTEN_AFTER + timedelta(days=1))
        assert list(feeds.known(connection, "quakes", ["us1", "us2"])) == ["us2"]


def test_fields_that_a_person_set_add_up(database) -> None:
    """The second correction must not free the first for the feed."""
    with database.transaction() as connection:
        event = events.add(connection, Event("Quake", "natural_disaster", starts_at=NOW))
        events.fix(connection, event.id or "", ["name"])
        events.fix(connection, event.id or "", ["ends_at", "name"])
        assert events.fixed(connection, event.id or "") == {"name", "ends_at"}
        assert events.fixed(connection, "evt_none") == frozenset()


def test_reports_of_two_feeds_become_one_event(database) -> None:
    """The whole way, in both databases."""
    report = Report("us1", "Quake near Riverton", "natural_disaster", ("TR",), NOW, point=Point(37, 37))
    with database.transaction() as connection:
        first, second = (Feed(name, "usgs", "https://f.example/", 5) for name in ("one", "two"))
        for feed, said, expected in (
            (first, report, Taken(new=1)),
            (first, replace(report, severity=3), Taken(changed=1)),
            (second, replace(report, external_id="x", regions=("GR",)), Taken(joined=1)),
        ):
            assert carry_out(connection, feed, plan(connection, feed, [said], NOW), NOW) == expected
        [event] = events.list_page(connection, after=None, limit=9)
    assert (event.severity, event.regions, event.status) == (3, ("TR",), "proposed")


def test_a_plan_made_before_somebody_changed_events_is_not_carried_out(database) -> None:
    """It would undo a correction made in that moment, or propose what another process just has."""
    report = Report("us1", "Quake near Riverton", "natural_disaster", ("TR",), NOW)
    feed = Feed("one", "usgs", "https://f.example/", 5)
    with database.transaction() as connection:
        made = plan(connection, feed, [report], NOW)
        events.hold(connection)
        events.add(connection, Event("Quake near Riverton", "natural_disaster", ("TR",), NOW))
        with pytest.raises(Conflict):
            carry_out(connection, feed, made, NOW)
