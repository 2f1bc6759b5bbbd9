"""prepost compare: two models side by side, as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.model_folders import ModelsDir, existing, refusing_bad_models
from app.cli.train import assert_can_train


def compare_command(
    old: Annotated[str, typer.Argument(help="a folder of --models")],
    new: Annotated[str, typer.Argument(help="another one")],
    models: ModelsDir,
    out: Annotated[Path, typer.Option(help="the page")] = Path("compare.html"),
    labels: Annotated[Path, typer.Option(help="folder with our own labelled drafts")] = Path("data/labels"),
) -> None:
    """Hold two models against each other on the frozen drafts; writes one HTML page that needs nothing else."""
    assert_can_train()
    from app.training.compare import compare  # noqa: PLC0415
    from app.training.comparison_page import page  # noqa: PLC0415
    from app.training.tables import both  # noqa: PLC0415

    old, new = existing(models, old), existing(models, new)
    with refusing_bad_models():
        found = compare(models=models, old=old, new=new, labels=labels)
    out.write_text(page(found), encoding="utf-8")
    typer.echo(both(found.old.metrics, found.new.metrics))
    better = sum(change.is_better for change in found.changes)
    typer.echo(f"labels that changed sides on a draft: {better} right now, {len(found.changes) - better} lost")
    typer.echo(f"wrote {out}")
