"""prepost labels: labelled drafts, from what people said of checks, and whether they are fit to learn from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli import session
from app.service import feedback

cli = typer.Typer(help="Labelled drafts for the classifier.", no_args_is_help=True)
_DAY_OR_MOMENT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]


@cli.command("export")
def export_labels(
    out: Annotated[Path, typer.Option(help="where to write the rows, JSONL; what is there is replaced")],
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY_OR_MOMENT, help="only feedback from then on; UTC without a zone")
    ] = None,
    table: Annotated[Path, typer.Option(help="which label feedback speaks about")] = Path("data/feedback.toml"),
) -> None:
    """Write one labelled draft for each check with feedback, and say how many were left out and why."""
    # Training is no part of serving.
    from app.training.export import export, load_table  # noqa: PLC0415

    mapping = load_table(table)
    moment = since.replace(tzinfo=UTC) if since is not None and since.tzinfo is None else since
    with session.database() as database:
        found = export(feedback.with_texts(database, moment), mapping)
    with out.open("w", encoding="utf-8") as sink:
        sink.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in found.rows)
    typer.echo(f"{len(found.rows)} labelled drafts in {out}")
    for reason, count in found.left_out.most_common():
        typer.echo(f"  {count:5} left out: {reason}")
