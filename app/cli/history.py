"""prepost accounts import: an account's past posts out of a file, batch by batch."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli import session
from app.domain import Account, PastPost
from app.errors import Invalid, NotFound
from app.history.owner import assert_owner
from app.history.post import Skipped
from app.history.reading import History, open_history
from app.history.schedule_csv import AMBIGUOUS
from app.service import accounts as service
from app.store.session import Database

_BATCH = 1_000
_TOLD_EVERY = 10_000
_NAMED = 3


@dataclass(slots=True)
class Survey:
    """What a file holds, before anything is stored."""

    kinds: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    first: list[Skipped] = field(default_factory=list)

    def note(self, item: PastPost | Skipped) -> None:
        if isinstance(item, PastPost):
            self.kinds[item.kind] += 1
            return
        self.skipped[item.reason] += 1
        if len(self.first) < _NAMED:
            self.first.append(item)

    def skips(self) -> str:
        """How many were left out and why, the first by their places."""
        if not self.skipped:
            return "0 skipped"
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in self.skipped.most_common())
        places = "; ".join(f"{skip.place}: {skip.reason}" for skip in self.first)
        return f"{self.skipped.total():,} skipped: {reasons} (first {places})"


def import_posts(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    file: Annotated[Path, typer.Argument(help="X archive, Mastodon outbox.json, CSV or JSONL of posts", exists=True)],
    format: Annotated[Literal["auto", "x", "mastodon", "csv", "jsonl"], typer.Option(help="auto: by content")] = "auto",
    me: Annotated[
        str | None,
        typer.Option(metavar="HANDLE", help="whose posts: tells threads from replies, and the rows to take of a CSV"),
    ] = None,
    dates: Annotated[
        Literal["dmy", "mdy"] | None, typer.Option(help="how a table's 03/04/2026 is meant where it doesn't show")
    ] = None,
) -> None:
    """Add past posts to an account; what is there already is left out, so an import that broke off is run again.

    The whole file is read before anything is stored: one that is broken leaves the account as it was.
    """
    with session.database(there=True) as database:
        account = _account(database, account_id)
        try:
            chosen = None if format == "auto" else format
            order = {"dmy": True, "mdy": False}.get(dates or "")
            history = open_history(file, chosen, handle=me or account.handle, only=me, day_first=order)
            assert_owner(history, handle=me or account.handle, given=me is not None)
            survey = _survey(history)
        except Invalid as refusal:
            raise Invalid(f"{file.name}: {refusal.detail}") from refusal
        added = _store(database, account_id, history, survey.kinds.total())
    typer.echo(
        f"added {added:,} posts to {account_id}, {survey.kinds.total() - added:,} already there; "
        f"of all {survey.kinds['repost']:,} reposts, {survey.kinds['reply']:,} replies; {survey.skips()}"
    )
    if ambiguous := survey.skipped[AMBIGUOUS]:
        typer.echo(f"{ambiguous:,} left out for their dates: --dates dmy or mdy says how they are meant", err=True)
    if survey.kinds.total() == survey.kinds["repost"]:
        typer.echo("only reposts: they don't show how the account writes", err=True)


def _account(database: Database, account_id: str) -> Account:
    try:
        return service.find(database, account_id)
    except NotFound as refusal:
        raise NotFound(
            f"{refusal.detail} in {database.place}: `prepost accounts put {account_id} FILE` or "
            f"`PUT /v1/accounts/{account_id}` makes it"
        ) from refusal


def _survey(history: History) -> Survey:
    """Reads to the end. Raises Invalid where the file is broken or has no post."""
    survey = Survey()
    for item in history.items():
        survey.note(item)
    if not survey.kinds:
        raise Invalid(f"no posts in it: {survey.skips()}")
    return survey


def _store(database: Database, account_id: str, history: History, total: int) -> int:
    """Adds what is new, a transaction a batch. Says on standard error how far it is, also where it is interrupted."""
    added = done = 0
    terminal = sys.stderr.isatty()
    try:
        for batch in _batches(history):
            added += service.add_posts(database, account_id, batch)
            done += len(batch)
            if terminal:
                typer.echo(f"\r{done:,} of {total:,} posts", err=True, nl=False)
            elif done % _TOLD_EVERY == 0:
                typer.echo(f"{done:,} of {total:,} posts", err=True)
    except KeyboardInterrupt:
        typer.echo(f"\nstopped after {done:,} of {total:,} posts: run it again and it goes on", err=True)
        raise
    if terminal:
        typer.echo(err=True)
    return added


def _batches(history: History) -> Iterator[list[PastPost]]:
    posts = (item for item in history.items() if isinstance(item, PastPost))
    return iter(lambda: list(islice(posts, _BATCH)), [])
