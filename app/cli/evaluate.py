"""prepost evaluate: measure a model on the frozen drafts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir, existing, refusing_bad_models
from app.cli.train import assert_can_train


def evaluate_command(
    models: ModelsDir,
    model: Annotated[str | None, typer.Argument(help="a folder of --models; the current one if left out")] = None,
    labels: Annotated[Path, typer.Option(help="folder with our own labelled drafts")] = Path("data/labels"),
    sources: Annotated[
        Path | None, typer.Option(help="folder with corpora: those for evaluation, and identity words", exists=True)
    ] = None,
    table: Annotated[Path, typer.Option(help="what each corpus says about which label")] = Path("data/sources.toml"),
) -> None:
    """Measure a model on the drafts that no training sees; writes `frozen` into its metrics.json and prints a table."""
    assert_can_train()
    from app.training import tables  # noqa: PLC0415
    from app.training.examine import examine  # noqa: PLC0415

    name = None if model is None else existing(models, model)
    with refusing_bad_models():
        found = examine(models=models, version=name, labels=labels, sources=sources, table=table)
    typer.echo(found.version)
    typer.echo(tables.one(found.metrics["frozen"]))
    if "identity_words" in found.metrics:
        words = found.metrics["identity_words"]
        typer.echo(f"identity words in harmless sentences: {words['alarms']} of {words['n']} alarm")
    for label, outside in found.metrics.get("evaluation_corpora", {}).items():
        typer.echo(tables.outside(label, outside))
