"""prepost events: what is happening."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from app.api import convert
from app.api.schemas.events import NewEvent
from app.cli import session
from app.domain import Event
from app.errors import Invalid
from app.service import events as service

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


def _line(event: Event) -> str:
    until = f" until {event.ends_at:%Y-%m-%d %H:%M}" if event.ends_at else ""
    since = f"{event.starts_at:%Y-%m-%d %H:%M}" if event.starts_at else "?"
    return f"{event.id}\t{event.kind}\t{','.join(event.regions)}\tsince {since}{until}\t{event.name}"
