"""prepost events: what is happening."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from app import regions
from app.api import convert
from app.api.schemas.events import NewEvent
from app.cli import session
from app.domain import Event
from app.errors import Invalid
from app.events.calendar import Calendar, Occurrence
from app.events.feeds.config import Feed, load_feeds
from app.service import calendar as days
from app.service import events as service
from app.service import feeds
from app.settings import Settings
from app.store.feeds import State

cli = typer.Typer(help="Events that drafts are judged against.", no_args_is_help=True)


@cli.command("list")
def list_events(
    active: Annotated[bool, typer.Option("--active", help="only those going on now")] = False,
) -> None:
    """Each event on a line, the oldest first."""
    at = datetime.now().astimezone() if active else None
    after: str | None = None
    with session.database(there=True) as database:
        while page := service.page(database, after=after, limit=200, active_at=at):
            for event in page:
                typer.echo(_line(event))
            after = page[-1].id


@cli.command("open")
def open_event(
    file: Annotated[Path, typer.Argument(help="the event in JSON, as the API takes it", exists=True)],
) -> None:
    """Open an event; from now on drafts for its audience are judged against it."""
    try:
        given = NewEvent.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise Invalid(f"{file.name}: {session.faults(error)}") from error
    with session.database(there=True) as database:
        typer.echo(_line(service.open_event(database, convert.event(given))))


@cli.command()
def close(event_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """End an event now."""
    with session.database(there=True) as database:
        typer.echo(_line(service.close(database, event_id)))


@cli.command()
def accept(event_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Accept a proposed event: from now on it weighs on drafts."""
    with session.database(there=True) as database:
        typer.echo(_line(service.settle(database, event_id, "open")))


@cli.command()
def dismiss(event_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Dismiss an event: it weighs on nothing, and no feed proposes it again."""
    with session.database(there=True) as database:
        typer.echo(_line(service.settle(database, event_id, "dismissed")))


@cli.command("feeds")
def list_feeds() -> None:
    """Each feed of the feeds file on a line: how it stands, when it was asked last, and what it said."""
    known = load_feeds(Settings().feeds)
    with session.database(there=True) as database:
        for feed, state in feeds.states(database, known):
            typer.echo(_feed_line(feed, state))


@cli.command()
def poll(name: Annotated[str, typer.Argument(metavar="NAME")]) -> int:
    """Ask a feed of the feeds file once, now. Exit code 65 where that fails."""
    known = load_feeds(Settings().feeds)
    feed = feeds.find(known, name)
    with session.database(there=True) as database:
        done = feeds.poll(database, feed, known.contact, datetime.now().astimezone())
    if done.error:
        raise Invalid(f"feed {name}: {done.error}")
    typer.echo(f"{done.outcome}: {done.new} new, {done.joined} joined to known events, {done.changed} changed")
    for reason, count in done.left_out.items():
        typer.echo(f"left out: {count} ({reason})")
    return 0


def _feed_line(feed: Feed, state: State | None) -> str:
    if state is None or state.polled_at is None:
        return f"{feed.name}\t{feed.kind}\tnot asked yet"
    asked = f"asked {state.polled_at:%Y-%m-%d %H:%M}, again {state.next_at:%Y-%m-%d %H:%M}"
    left_out = sum(state.left_out.values())
    said = f"{state.items} items, {left_out} left out, {state.events} events so far"
    how = f"failing ({state.failures} in a row): {state.last_error}" if state.failures else "ok"
    return f"{feed.name}\t{feed.kind}\t{asked}\t{said}\t{how}"


@cli.command("calendar")
def calendar(
    region: Annotated[str | None, typer.Option(help="of this region alone, with the world's days")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="first day; today")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="last day; ninety days on")] = None,
) -> None:
    """Each day of mourning or remembrance on a line; `?` marks those whose date nobody has confirmed."""
    if region is not None and not regions.is_known(region):
        raise typer.BadParameter(regions.fault(region))
    listed = Calendar.load(Settings().calendar_dir)
    for found in days.between(listed, region, _day(first), _day(last))[2]:
        typer.echo(_day_line(found))


def _day(given: str | None) -> date | None:
    """A date with a year that the calendars can be computed for."""
    try:
        day = None if given is None else date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"{given!r} is no date, as 2026-11-11") from None
    if day is not None and not 1900 <= day.year <= 2199:
        raise typer.BadParameter(f"{given}: the year must be from 1900 to 2199")
    return day


def _day_line(found: Occurrence) -> str:
    observance = found.observance
    until = f" to {found.last}" if found.last != found.first else ""
    eve = " from sunset before" if observance.begins == "sunset" else ""
    doubt = "" if observance.confirmed else "?"
    places = ",".join(observance.regions)
    return (
        f"{found.first}{until}{eve}\t{places}\t{observance.sub_kind}\t{observance.severity}{doubt}\t{observance.name}"
    )


def _line(event: Event) -> str:
    until = f" until {event.ends_at:%Y-%m-%d %H:%M}" if event.ends_at else ""
    since = f"{event.starts_at:%Y-%m-%d %H:%M}" if event.starts_at else "?"
    status = "" if event.status == "open" else f" ({event.status})"
    return f"{event.id}\t{event.kind}\t{','.join(event.regions)}\tsince {since}{until}{status}\t{event.name}"
