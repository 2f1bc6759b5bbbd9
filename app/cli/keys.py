"""prepost keys: API keys."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import session
from app.errors import NotFound
from app.store import keys

cli = typer.Typer(help="API keys: only their hash is stored.", no_args_is_help=True)


@cli.command()
def create(name: Annotated[str, typer.Argument(help="who or what will use it")]) -> None:
    """Make a key and print its token: it is not shown again."""
    with session.database() as database, database.transaction() as connection:
        key, token = keys.create(connection, name)
    typer.echo(f"{key.id}\t{token}")


@cli.command("list")
def list_keys() -> None:
    """Each key on a line."""
    with session.database() as database, database.transaction() as connection:
        for key in keys.list_all(connection):
            state = "revoked" if key.revoked_at else "active"
            typer.echo(f"{key.id}\t{key.prefix}…\t{state}\t{key.created_at:%Y-%m-%d}\t{key.name}")


@cli.command()
def revoke(key_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Make a key useless, within seconds, for every running service."""
    with session.database() as database, database.transaction() as connection:
        if not keys.revoke(connection, key_id):
            raise NotFound(f"there is no active key {key_id!r}")
    typer.echo(f"revoked {key_id}")
