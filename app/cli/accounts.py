"""prepost accounts: stored accounts and their history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from app.api import convert
from app.api.schemas.accounts import InlineAccount, Posts
from app.cli import session
from app.errors import Invalid
from app.service import accounts as service

cli = typer.Typer(help="Stored accounts and their past posts.", no_args_is_help=True)
_BATCH = 500


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
    try:
        given = InlineAccount.model_validate_json(file.read_bytes())
    except ValidationError as error:
        raise Invalid(f"{file.name}: {session.faults(error)}") from error
    with session.database() as database:
        _, new = service.put(database, convert.account(given, account_id))
    typer.echo(f"{'created' if new else 'replaced'} {account_id}")


@cli.command("import")
def import_posts(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    file: Annotated[Path, typer.Argument(help="past posts, JSONL: strings or {text, posted_at, kind}", exists=True)],
) -> None:
    """Add past posts to an account; what is there already is left out."""
    posts = [
        _line(line, number, file.name) for number, line in enumerate(file.open(encoding="utf-8"), 1) if line.strip()
    ]
    added = 0
    with session.database() as database:
        for start in range(0, len(posts), _BATCH):
            added += service.add_posts(database, account_id, _posts(posts[start : start + _BATCH], file.name))
    typer.echo(f"added {added} of {len(posts)} posts to {account_id}")


@cli.command()
def delete(account_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Erase an account and all of its posts."""
    with session.database() as database:
        service.erase(database, account_id)
    typer.echo(f"erased {account_id} and its posts")


def _line(line: str, number: int, name: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise Invalid(f"{name}:{number}: not JSON: {error}") from error


def _posts(items: list[Any], name: str) -> list[Any]:
    try:
        given = Posts.model_validate_json(json.dumps({"posts": items}))
    except ValidationError as error:
        raise Invalid(f"{name}: {session.faults(error)}") from error
    return list(convert.posts(given.posts))
