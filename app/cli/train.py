"""prepost train: learn a new model."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir
from app.errors import Invalid


def train_command(
    out: ModelsDir,
    sources: Annotated[
        Path | None, typer.Option(help="folder with the corpora of data/sources.toml", exists=True)
    ] = None,
    labels: Annotated[Path, typer.Option(help="folder with our own labelled drafts")] = Path("data/labels"),
    table: Annotated[Path, typer.Option(help="what each corpus says about which label")] = Path("data/sources.toml"),
    encoder: Annotated[
        str | None, typer.Option(help="folder of OUT with the encoder to use; the current model's if none is named")
    ] = None,
    keep: Annotated[
        str | None, typer.Option(help="model folder of OUT to keep as it is: learn the labels that it lacks, no more")
    ] = None,
) -> None:
    """Train on our own drafts, and with --sources on the corpora too; writes a model folder with its papers."""
    assert_can_train()
    # Training is no part of serving: its libraries are imported only when somebody trains.
    from app.training.promote import current_encoder  # noqa: PLC0415
    from app.training.train import train  # noqa: PLC0415

    train(
        labels=labels,
        out=out,
        sources=sources,
        table=table,
        encoder=encoder or current_encoder(out),
        keep=keep,
        cache=Path("build") / "features",
        say=typer.echo,
    )


def assert_can_train() -> None:
    """Raises Invalid where only serving is installed."""
    if importlib.util.find_spec("sklearn") is None:
        raise Invalid("training needs scikit-learn: install prepost[train]")
