"""prepost labels: labelled drafts, from what people said of checks, and whether they are fit to learn from."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli import exits, labels_report, session
from app.errors import Invalid
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


@cli.command()
def check(
    place: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="a folder of *.jsonl, or one file", exists=True)
    ] = Path("data/labels"),
    near: Annotated[float, typer.Option(min=0.05, max=1.0, help="likeness from which two drafts are nearly one")] = 0.4,
    errors: Annotated[int, typer.Option(min=0, help="how many likely label errors to list; 0: look for none")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="print all of it in JSON")] = False,
) -> None:
    """Say whether labelled drafts are fit to learn from: broken, double, contradictory, one-sided, probably wrong.

    Exit code: 0 fine, 65 where rows are broken or contradict each other.
    """
    if importlib.util.find_spec("sklearn") is None:
        raise Invalid("looking for near duplicates and label errors needs scikit-learn: install prepost[train]")
    from app.training.survey import survey  # noqa: PLC0415
    from app.training.train import SEED  # noqa: PLC0415

    found = survey(place, least=near, errors=errors > 0, seed=SEED)
    typer.echo(labels_report.as_json(found, errors) if as_json else labels_report.as_text(found, errors))
    raise typer.Exit(0 if found.is_sound else exits.BAD_DATA)
