"""prepost accounts: stored accounts and their history."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from app.api import convert
from app.api.schemas.accounts import InlineAccount
from app.api.schemas.base import ID
from app.cli import history, session, voices
from app.errors import Invalid
from app.service import accounts as service

cli = typer.Typer(help="Stored accounts and their past posts.", no_args_is_help=True)
cli.command("import")(history.import_posts)

cli.command()(voices.profile)
cli.command()(voices.compare)


@cli.command("list")
def list_accounts() -> None:
    """Each stored account on a line."""
    after: str | None = None
    with session.database() as database:
        while page := service.page(database, after=after, limit=200):
            for account in page:
                typer.echo(f"{account.id}\t{account.kind}\t{account.handle or ''}\t{account.display_name or ''}")
            after = page[-1].id


@cli.command()
def put(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    file: Annotated[Path, typer.Argument(help="the account in JSON, as the API takes it", exists=True)],
) -> None:
    """Create or replace an account."""
    if not re.fullmatch(ID, account_id):
        raise Invalid(f"{account_id!r} can't be an id: up to 120 letters, digits and . _ : - are")
    try:
        given = InlineAccount.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise Invalid(f"{file.name}: {session.faults(error)}") from error
    if given.policy is not None and given.policy not in session.policies():
        raise Invalid(f"{file.name}: there is no policy {given.policy!r}")
    with session.database() as database:
        _, new = service.put(database, convert.account(given, account_id))
    typer.echo(f"{'created' if new else 'replaced'} {account_id}")


@cli.command("forget-posts")
def forget_posts(account_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Erase an account's posts and its voice, and keep the account: for a history that was somebody else's."""
    with session.database() as database:
        typer.echo(f"erased {service.forget_posts(database, account_id):,} posts of {account_id}, and its voice")


@cli.command()
def delete(account_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Erase an account and all of its posts."""
    with session.database() as database:
        service.erase(database, account_id)
    typer.echo(f"erased {account_id} and its posts")
