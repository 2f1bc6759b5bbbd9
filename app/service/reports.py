"""Reports become events: one a real event, though three feeds tell of it, and a person's word before any feed's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain import Event
from app.errors import Conflict
from app.events.feeds.config import Feed
from app.events.feeds.report import WORLD, Point, Report
from app.events.feeds.same import CLOSE_IN_TIME, is_same
from app.events.matching import DECAY
from app.store import events, feeds, revisions
from app.store.feeds import Source
from app.store.session import Transaction

MOST_NEW = 200
"""events that one poll proposes; the gravest and the newest of what there is"""
_MOST_COMPARED = 500
"""reports of one poll that are held against known events"""
_MOST_POINTS = 20
_AHEAD = timedelta(days=14)
_SEEN_AGAIN = timedelta(days=1)
"""a report that says nothing new is noted so often"""
OVER = "over before it was seen"
REPLACED = "replaced by a later report of the same document"
TOO_FAR = f"starts more than {_AHEAD.days} days from now"
TOO_MANY = f"beyond {MOST_NEW} new events at once: the rest follows with the next poll"


@dataclass(slots=True)
class Taken:
    """What became of a poll's reports."""

    new: int = 0
    joined: int = 0
    """reports of events that were known from elsewhere"""
    changed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Known:
    """An event with what all feeds say of it; without an id it is to be proposed."""

    event: Event
    fixed: frozenset[str] = frozenset()
    sources: dict[tuple[str, str], Source] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    """of this poll"""
    points: list[Point] = field(default_factory=list)
    is_own: bool = False
    """whether this feed has reported it"""

    def add(self, source: Source, *, is_own: bool) -> None:
        self.sources[source.source, source.external_id] = source
        self.is_own |= is_own
        if source.lat is not None and source.lon is not None and len(self.points) < _MOST_POINTS:
            self.points.append(Point(source.lat, source.lon))


@dataclass(slots=True)
class Plan:
    """What a poll's reports come to. Made without a lock, because comparing takes its time."""

    taken: Taken
    revision: int
    """of the events that it was made from"""
    new: list[_Known] = field(default_factory=list)
    changed: list[Event] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    """of known events"""


def plan(connection: Transaction, feed: Feed, reports: Sequence[Report], now: datetime) -> Plan:
    """Hold the reports against what is known; nothing is written."""
    made = Plan(Taken(), revisions.get(connection, revisions.EVENTS))
    newer = {name for report in reports for name in report.replaces if name != report.external_id}
    latest = [report for report in reports if report.external_id not in newer]
    made.taken.left_out.update([REPLACED] * (len(reports) - len(latest)))
    ids = sorted({name for report in latest for name in (report.external_id, *report.replaces)})
    before = feeds.known(connection, feed.name, ids)
    known = _of_ids(connection, feed, {source.event_id for source in before.values() if source.event_id})
    fresh: list[Report] = []
    for report in latest:
        olds = [before[name] for name in (report.external_id, *report.replaces) if name in before]
        if not olds:
            fresh.append(report)
            continue
        # What it replaces says the same from now on, or an alert that was cancelled would hold its event open.
        said = _source(feed, report, olds[0].event_id, now)
        told = {old.external_id: replace(said, external_id=old.external_id) for old in olds}
        told.setdefault(report.external_id, said)
        made.sources += [source for source in told.values() if _is_news(source, before.get(source.external_id))]
        if said.event_id in known:
            _say(known[said.event_id], feed, report, told.values())
    _compare(connection, feed, _wanted(fresh, now, made.taken), now, known, made)
    made.changed = [event for one in known.values() if (event := _brought_up(one, feed)) != one.event]
    made.taken.changed = len(made.changed)
    return made


def carry_out(connection: Transaction, feed: Feed, made: Plan, now: datetime) -> Taken:
    """Write the plan. Raises Conflict where somebody changed events since it was made: then nothing of it counts."""
    if made.new or made.changed:
        events.hold(connection)
        if revisions.get(connection, revisions.EVENTS) != made.revision + 1:
            raise Conflict("events were changed at the same time; the feed is asked again later")
    for event in made.changed:
        events.put(connection, event)
    for one in made.new:
        event_id = events.add(connection, _brought_up(one, feed)).id
        made.sources += [replace(source, event_id=event_id) for source in one.sources.values()]
    feeds.record(connection, made.sources)
    feeds.forget(connection, feed.name, now)
    return made.taken


def _of_ids(connection: Transaction, feed: Feed, ids: Iterable[str]) -> dict[str | None, _Known]:
    found: dict[str | None, _Known] = {
        event.id: _Known(event, fixed) for event, fixed in events.some(connection, sorted(ids))
    }
    for source in feeds.of_events(connection, [event_id for event_id in found if event_id]):
        found[source.event_id].add(source, is_own=source.source == feed.name)
    return found


def _say(one: _Known, feed: Feed, report: Report, sources: Iterable[Source]) -> None:
    one.reports.append(report)
    for source in sources:
        one.add(source, is_own=True)


def _is_news(source: Source, before: Source | None) -> bool:
    if before is None or source.seen_at - before.seen_at > _SEEN_AGAIN:
        return True
    return replace(source, seen_at=before.seen_at) != before


def _wanted(fresh: Iterable[Report], now: datetime, taken: Taken) -> list[Report]:
    """What may still weigh on a draft, the gravest and newest first."""
    wanted: list[Report] = []
    for report in fresh:
        if (report.ends_at or report.starts_at + DECAY[report.kind]) < now:
            taken.left_out[OVER] += 1
        elif report.starts_at > now + _AHEAD:
            taken.left_out[TOO_FAR] += 1
        else:
            wanted.append(report)
    wanted.sort(key=lambda report: (report.severity, report.starts_at), reverse=True)
    if len(wanted) > _MOST_COMPARED:
        taken.left_out[TOO_MANY] += len(wanted) - _MOST_COMPARED
    return wanted[:_MOST_COMPARED]


def _compare(
    connection: Transaction,
    feed: Feed,
    fresh: Sequence[Report],
    now: datetime,
    known: dict[str | None, _Known],
    made: Plan,
) -> None:
    """Each fresh report joins a known event or is a new one.

    Dismissed events are known too: what was dismissed is not proposed because another feed tells of it.
    """
    if not fresh:
        return
    starts = [report.starts_at for report in fresh]
    near = events.started_between(connection, min(starts) - CLOSE_IN_TIME, max(starts) + CLOSE_IN_TIME)
    known |= _of_ids(connection, feed, [event_id for event_id in near if event_id not in known])
    candidates = list(known.values())
    for report in fresh:
        same = next((one for one in candidates if _is_same(feed, report, one)), None)
        if same is not None:
            said = _source(feed, report, same.event.id, now)
            _say(same, feed, report, [said])
            made.taken.joined += 1
            if same.event.id is not None:
                made.sources.append(said)
        elif made.taken.new < MOST_NEW:
            one = _Known(_event(feed, report))
            _say(one, feed, report, [_source(feed, report, None, now)])
            candidates.append(one)
            made.new.append(one)
            made.taken.new += 1
        else:
            made.taken.left_out[TOO_MANY] += 1


def _is_same(feed: Feed, report: Report, one: _Known) -> bool:
    return not (one.is_own and feed.numbers_events) and is_same(report, one.event, one.points)


def _event(feed: Feed, report: Report) -> Event:
    return Event(
        name=report.name,
        kind=report.kind,
        regions=report.regions,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        keywords=report.keywords,
        severity=report.severity,
        sub_kind=report.sub_kind,
        source=feed.name,
        anniversary=False if report.forecast else None,
        status="proposed",
    )


def _source(feed: Feed, report: Report, event_id: str | None, now: datetime) -> Source:
    lat, lon = report.point or (None, None)
    return Source(feed.name, report.external_id, event_id, now, report.severity, report.ends_at, lat, lon)


def _brought_up(one: _Known, feed: Feed) -> Event:
    """The event as its feeds have it now. What a person opened, dismissed or set stays as it is."""
    event = one.event
    if not one.reports or event.source is None or event.status == "dismissed":
        return event
    changed = event
    for report in one.reports:
        changed = _by_feeds(changed, feed, report, one.sources.values())
    return replace(changed, **{name: getattr(event, name) for name in one.fixed})


def _by_feeds(event: Event, feed: Feed, report: Report, sources: Iterable[Source]) -> Event:
    """The gravest and the longest of what its feeds say; name and regions by the feed that proposed it.

    WORLD, a place that could not be told, gives way to one that can.
    """
    said = list(sources)
    severity = max(source.severity for source in said)
    ends = [source.ends_at for source in said if source.ends_at is not None]
    begun = event.starts_at or report.starts_at
    changed = replace(
        event,
        severity=severity,
        ends_at=max(*ends, begun) if len(ends) == len(said) else None,
        anniversary=False if report.forecast and event.anniversary is False else None,
        status="open" if feed.accepts(severity) else event.status,
    )
    is_ours = event.source == feed.name and feed.numbers_events
    if report.regions != WORLD and (is_ours or event.regions == WORLD):
        changed = replace(changed, regions=report.regions)
    return replace(changed, name=report.name) if is_ours else changed
