"""prepost queue: scheduled drafts, and pausing them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from app.cli import session
from app.domain import VERDICTS
from app.errors import Invalid
from app.service import pauses
from app.service.queue import Filter, Seen
from app.store.pauses import Pause
from app.store.queue import cursor

cli = typer.Typer(help="Scheduled drafts, and pausing them.", no_args_is_help=True)
_Account = Annotated[str | None, typer.Option(help="of this account: its id or handle")]
_Region = Annotated[str | None, typer.Option(help="whose audience is there")]
_Tag = Annotated[str | None, typer.Option(help="with this tag")]


@cli.command("list")
def list_queue(
    verdict: Annotated[str | None, typer.Option(help=f"only {', '.join(VERDICTS)}")] = None,
    account: _Account = None,
    region: _Region = None,
    tag: _Tag = None,
) -> None:
    """Each draft on a line, those that go out next first."""
    if verdict is not None and verdict not in VERDICTS:
        raise Invalid(f"a verdict is one of {', '.join(VERDICTS)}")
    after: str | None = None
    with session.services() as the:
        while page := the.queue.page(Filter(verdict, account, tag, region), after=after, limit=200):
            for seen in page:
                typer.echo(_line(seen))
            after = cursor(page[-1].item)


@cli.command()
def pause(
    until: Annotated[datetime, typer.Option(help="when it ends, in this machine's time")],
    why: Annotated[str, typer.Option(help="the reason")],
    by: Annotated[str, typer.Option(help="who pauses")],
    account: _Account = None,
    region: _Region = None,
    tag: _Tag = None,
) -> None:
    """Nothing of the account, the region or the tag goes out before the end."""
    end = until.astimezone()
    with session.database() as database:
        begun = pauses.begin(database, Pause(end, why, by, end, account=account, region=region, tag=tag))
        typer.echo(_pause(begun))


@cli.command("pauses")
def list_pauses() -> None:
    """Each pause that has not ended on a line."""
    with session.database() as database:
        for each in pauses.active(database):
            typer.echo(_pause(each))


@cli.command()
def resume(pause_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """End a pause now."""
    with session.database() as database:
        pauses.end(database, pause_id)


def _line(seen: Seen) -> str:
    item = seen.item
    rules = ",".join(warning["rule"] for warning in item.warnings)
    stop = "" if seen.may_go else "paused" if seen.pause else "stop" if seen.up_to_date else "not judged yet"
    return f"{item.id}\t{item.scheduled_for:%Y-%m-%d %H:%M}\t{item.account or '-'}\t{item.verdict}\t{stop}\t{rules}"


def _pause(pause: Pause) -> str:
    named = " ".join(each for each in (pause.account, pause.region, pause.tag) if each)
    return f"{pause.id}\t{named}\tuntil {pause.until:%Y-%m-%d %H:%M}\t{pause.by}: {pause.why}"
