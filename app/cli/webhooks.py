"""prepost webhooks: who is told of changes, and what was delivered."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from app.cli import session
from app.errors import Invalid
from app.service import webhooks as service
from app.store.webhooks import Delivery, DeliveryState

cli = typer.Typer(help="Webhooks, and what was delivered to them.", no_args_is_help=True)


@cli.command("list")
def list_webhooks() -> None:
    """Each webhook on a line, without its secret."""
    with session.database(there=True) as database:
        for webhook in service.list_all(database):
            typer.echo(f"{webhook.id}\t{webhook.url}\t{','.join(webhook.types)}\t{webhook.disabled or ''}")


@cli.command()
def deliveries(
    state: Annotated[str | None, typer.Option(help="only pending, delivered or dead")] = None,
) -> None:
    """Each message on a line, in the order they came up."""
    known: tuple[DeliveryState, ...] = get_args(DeliveryState)
    only = next((each for each in known if each == state), None)
    if state is not None and only is None:
        raise Invalid(f"a state is one of {', '.join(known)}")
    after: str | None = None
    with session.database(there=True) as database:
        while page := service.page(database, after=after, limit=200, state=only, webhook_id=None):
            for delivery in page:
                typer.echo(_line(delivery))
            after = page[-1].id


@cli.command()
def replay(delivery_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Send a message again, under its old id; the running service does it."""
    with session.database(there=True) as database:
        typer.echo(_line(service.replay(database, delivery_id)))


def _line(delivery: Delivery) -> str:
    how = f"{delivery.state} after {delivery.attempts}"
    return f"{delivery.id}\t{delivery.webhook_id}\t{delivery.type}\t{how}\t{delivery.last_error or ''}"
