"""prepost claims: an index of published fact checks, made of ClaimReview files and searched by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from app.errors import BadClaims, Invalid
from app.factchecks import claimreview
from app.factchecks.build import Built, build
from app.factchecks.claimreview import Review, Tally
from app.factchecks.index import Index
from app.factchecks.layout import is_index

cli = typer.Typer(help=__doc__, no_args_is_help=True)
_TOLD_EVERY = 20_000
_LANGUAGES_NAMED = 12


@cli.command("index")
def index(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="the public feed, or other ClaimReview JSON", exists=True)
    ],
    out: Annotated[Path, typer.Option(metavar="PATH", help="the index to write; an old one is replaced at the end")],
) -> None:
    """Make an index of published fact checks. Where a file is broken, nothing is written."""
    _guard(files, out)
    tally = Tally()
    built = build(_told(_reviews(files, tally)), out, tally)
    typer.echo(f"{out}: {built.reviews:,} reviews ({out.stat().st_size / 1e6:,.1f} MB), {_days(built)}")
    typer.echo(f"languages: {_counts(built.languages, _LANGUAGES_NAMED)}")
    typer.echo(f"left out: {_counts(tally.left_out)}")
    if +tally.noted:
        typer.echo(f"kept, but: {_counts(+tally.noted)}")


@cli.command("search")
def search(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="an index")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="a draft")],
    limit: Annotated[int, typer.Option(min=1, max=100)] = 3,
) -> None:
    """Print the reviews of claims that a draft makes."""
    try:
        found = Index.open(path).search(text, limit=limit)
    except BadClaims as refusal:  # here it is the caller's file, not the service's
        raise Invalid(refusal.detail) from refusal
    for check in found:
        day = f", {check.reviewed_on}" if check.reviewed_on else ""
        typer.echo(
            f"{check.likeness:.2f}  {check.publisher}{day}: {check.rating} ({check.standing})\n      {check.claim}"
        )
        typer.echo(f"      {check.url}")
        typer.echo("".join(f"      in the draft: {text[span.start : span.end]}" for span in check.spans))
    if not found:
        typer.echo("no match")


def _guard(files: Iterable[Path], out: Path) -> None:
    """Nothing but an index is ever replaced, least of all the file that it is made of."""
    if any(out.exists() and file.samefile(out) for file in files):
        raise Invalid(f"{out} is what the index is to be made of: name another file with --out")
    if out.exists() and out.stat().st_size and not is_index(out):
        raise Invalid(f"{out} is no index, so it is not replaced: name another file with --out")


def _reviews(files: Iterable[Path], tally: Tally) -> Iterator[Review]:
    """Of all files; a file that can't be read on is named."""
    for file in files:
        try:
            yield from claimreview.read(file, tally)
        except Invalid as refusal:
            raise Invalid(f"{file.name}: {refusal.detail}") from refusal


def _told(reviews: Iterable[Review]) -> Iterator[Review]:
    """Says on standard error how far it is."""
    for number, review in enumerate(reviews, 1):
        yield review
        if number % _TOLD_EVERY == 0:
            typer.echo(f"{number:,} reviews read", err=True)


def _days(built: Built) -> str:
    return f"of {built.first} to {built.last}" if built.first else "undated"


def _counts(counted: Counter[str], most: int | None = None) -> str:
    named = counted.most_common(most)
    rest = counted.total() - sum(count for _, count in named)
    shown = [f"{count:,} {name}" for name, count in named] + ([f"{rest:,} others"] if rest else [])
    return ", ".join(shown) or "none"
