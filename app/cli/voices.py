"""prepost accounts profile and compare: how an account sounds, and whether two can be told apart."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli import session
from app.cli.render import seen
from app.service import portrait as service
from app.service.portrait import Portrait, Shares
from app.service.profiles import FEWEST

_ALIKE = 0.5
"""the share of posts that are noticed on the other account, below which two are too alike to tell"""


def profile(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    rebuild: Annotated[bool, typer.Option("--rebuild", help="learn the voice anew from the stored posts")] = False,
) -> None:
    """How an account sounds beside people in general: words, habits, hashtags, sites, mentions, hours."""
    with session.database(there=True) as database:
        if rebuild:
            service.rebuild(database, account_id)
        found = service.portrait(database, account_id)
    typer.echo(seen("\n".join(_lines(found))))


def compare(
    account_id: Annotated[str, typer.Argument(metavar="ID")],
    other_id: Annotated[str, typer.Argument(metavar="OTHER")],
) -> None:
    """How far two accounts are apart: how many posts of each would be noticed on the other by the default policy."""
    with session.database(there=True) as database:
        both = service.apart(database, account_id, other_id)
    for name, other, (noticed, several) in zip((account_id, other_id), (other_id, account_id), both, strict=True):
        typer.echo(f"of {several} posts of {name}, {noticed} ({noticed / several:.0%}) would be noticed on {other}")
    if min(noticed / several for noticed, several in both) < _ALIKE:
        typer.echo("too alike to tell: do not count on a warning when a post of one is sent from the other")


def _lines(found: Portrait) -> list[str]:
    since = f" since {found.since:%Y-%m-%d}" if found.since else ""
    lines = [f"{found.name}: {found.posts} posts{since}"]
    if found.outdated:
        lines.append("the stored profile is of another version: built here from the posts; --rebuild stores it")
    if not found.learnt:
        return [*lines, f"no voice yet: it takes {FEWEST} posts that are no replies or reposts"]
    lines.append(f"voice learnt from {found.learnt} posts; what it has more of than people in general:")
    named = (
        ("words", found.words), ("hashtags", found.hashtags), ("sites", found.sites), ("mentions", found.mentions),
        ("hours (UTC)", found.hours),
    )  # fmt: skip
    lines += [f"  {name}: {_listed(shares)}" for name, shares in named if shares]
    return [*lines, f"  habits: {', '.join(found.habits)}"] if found.habits else lines


def _listed(shares: Shares) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in shares)
