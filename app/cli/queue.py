"""prepost queue: scheduled drafts, and pausing them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from app import regions
from app.cli import session
from app.cli.render import seen as rendered
from app.domain import VERDICTS
from app.errors import Invalid
from app.service import pauses, records
from app.service.kept import query_from_json
from app.service.queue import Filter, Queue, Seen
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
    with session.services(there=True) as the:
        for seen in _all(the.queue, Filter(verdict, account, tag, _region(region))):
            typer.echo(_line(seen))


def _all(queue: Queue, only: Filter) -> Iterator[Seen]:
    after: str | None = None
    while page := queue.page(only, after=after, limit=200):
        yield from page
        after = cursor(page[-1].item)


def _region(given: str | None) -> str | None:
    if given is not None and not regions.is_known(given):
        raise Invalid(regions.fault(given))
    return given


@cli.command()
def show(item_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """A draft with what was judged of it: its text where it is kept, each warning, the check that a release names."""
    with session.services(there=True) as the:
        seen = the.queue.find(item_id)
    typer.echo(_line(seen))
    typer.echo(f"check {seen.item.check_id}")
    if seen.item.keep == "text":
        typer.echo(rendered(query_from_json(seen.item.request).draft.text))
    for warning in seen.item.warnings:
        typer.echo(f"{warning['severity']}\t{warning['rule']}\t{rendered(warning['message'])}")


@cli.command()
def release(
    item_id: Annotated[str, typer.Argument(metavar="ID")],
    by: Annotated[str, typer.Option(help="who looked")],
    why: Annotated[str, typer.Option(help="why it may go")],
) -> None:
    """Let a held draft go, for what it is held for now."""
    with session.services(there=True) as the:
        records.release(the.database, the.queue.find(item_id).item.check_id, by=by, why=why)
        typer.echo(_line(the.queue.find(item_id)))


@cli.command()
def delete(item_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take a draft out of the queue: it went out, or never will."""
    with session.services(there=True) as the:
        the.queue.erase(item_id)
    typer.echo(f"{item_id} is out of the queue")


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
    with session.services(there=True) as the:
        begun = pauses.begin(the.database, Pause(end, why, by, end, account=account, region=_region(region), tag=tag))
        typer.echo(_pause(begun))
        covered = sum(1 for seen in _all(the.queue, Filter(None, account, tag, region)) if seen.pause)
        typer.echo(f"covers {covered:,} drafts that wait now", err=not covered)


@cli.command("pauses")
def list_pauses() -> None:
    """Each pause that has not ended on a line."""
    with session.database(there=True) as database:
        for each in pauses.active(database):
            typer.echo(_pause(each))


@cli.command()
def resume(pause_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """End a pause now."""
    with session.database(there=True) as database:
        pauses.end(database, pause_id)


def _line(seen: Seen) -> str:
    item = seen.item
    rules = ",".join(warning["rule"] for warning in item.warnings)
    stop = "" if seen.may_go else "paused" if seen.pause else "stop" if seen.up_to_date else "not judged yet"
    return f"{item.id}\t{item.scheduled_for:%Y-%m-%d %H:%M}\t{item.account or '-'}\t{item.verdict}\t{stop}\t{rules}"


def _pause(pause: Pause) -> str:
    named = " ".join(each for each in (pause.account, pause.region, pause.tag) if each)
    return f"{pause.id}\t{named}\tuntil {pause.until:%Y-%m-%d %H:%M}\t{pause.by}: {pause.why}"
