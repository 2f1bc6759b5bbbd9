"""prepost events: what is happening."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from app.api import convert
from app.api.schemas.base import REGION
from app.api.schemas.events import NewEvent
from app.cli import session
from app.domain import Event
from app.errors import Invalid
from app.events.calendar import Calendar, Occurrence
from app.service import calendar as days
from app.service import events as service
from app.settings import Settings

cli = typer.Typer(help="Events that drafts are judged against.", no_args_is_help=True)


@cli.command("list")
def list_events(
    active: Annotated[bool, typer.Option("--active", help="only those going on now")] = False,
) -> None:
    """Each event on a line, the oldest first."""
    at = datetime.now().astimezone() if active else None
    after: str | None = None
    with session.database() as database:
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
    with session.database() as database:
        typer.echo(_line(service.open_event(database, convert.event(given))))


@cli.command()
def close(event_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """End an event now."""
    with session.database() as database:
        typer.echo(_line(service.close(database, event_id)))


@cli.command("calendar")
def calendar(
    region: Annotated[str | None, typer.Option(help="of this region alone, with the world's days")] = None,
    first: Annotated[str | None, typer.Option("--from", metavar="DATE", help="first day; today")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="DATE", help="last day; ninety days on")] = None,
) -> None:
    """Each day of mourning or remembrance on a line; `?` marks those whose date nobody has confirmed."""
    if region is not None and not re.fullmatch(REGION, region):
        raise typer.BadParameter(f"{region!r} is neither an ISO 3166 code nor WORLD")
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
    return f"{event.id}\t{event.kind}\t{','.join(event.regions)}\tsince {since}{until}\t{event.name}"
