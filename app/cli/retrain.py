"""prepost retrain: teach the current model corrections."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir, refusing_bad_models
from app.cli.train import assert_can_train


def retrain_command(
    out: ModelsDir,
    corrections: Annotated[
        list[Path] | None, typer.Option(help="JSONL of corrected drafts, text and labels; may be given again")
    ] = None,
    labels: Annotated[Path, typer.Option(help="folder with our own labelled drafts")] = Path("data/labels"),
    cache: Annotated[Path, typer.Option(help="what the encoder saw of the drafts, kept for the next time")] = Path(
        "build/embedded"
    ),
) -> None:
    """Refit the current model with corrections, without a corpus; writes a new folder and promotes nothing."""
    assert_can_train()
    from app.training.retrain import retrain  # noqa: PLC0415
    from app.training.tables import both  # noqa: PLC0415

    with refusing_bad_models():
        done = retrain(models=out, labels=labels, corrections=corrections or (), cache=cache, say=typer.echo)
    typer.echo(both(done.before, done.after))
