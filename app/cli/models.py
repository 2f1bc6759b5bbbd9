"""prepost promote, rollback and models: which model serves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from app.classifier.apology import FORMAT as APOLOGY_FORMAT
from app.classifier.model import ENCODER_FORMAT, FORMAT, current, is_model_name
from app.cli.model_folders import model_name, models_dir, refuse
from app.errors import BadModel

Because = Annotated[str | None, typer.Option(help="why; kept in PROMOTIONS.jsonl")]


def promote(
    model: Annotated[str, typer.Argument(help="the name of a folder in PREPOST_MODELS_DIR")],
    because: Because = None,
) -> None:
    """Make a model the current one: whole, with its papers, and not worse on the frozen drafts (or say --because)."""
    # Not at the top: serving imports no training.
    from app.training import promotions  # noqa: PLC0415

    models = models_dir()
    name = model_name(models, model)
    try:
        before = promotions.promote(models, name, because=_said(because))
    except promotions.Refused as refusal:
        raise refuse(refusal.reasons) from refusal
    typer.echo(f"{name} is now the current model" + (f", in place of {before}" if before else ""))


def rollback(because: Because = None) -> None:
    """Go back to the model that was current before."""
    from app.training import promotions  # noqa: PLC0415

    try:
        before, after = promotions.rollback(models_dir(), because=_said(because))
    except promotions.Refused as refusal:
        raise refuse(refusal.reasons) from refusal
    typer.echo(f"{after} is the current model again" + (f", in place of {before}" if before else ""))


def models() -> None:
    """Each model on a line: a star on the current one, name, day it was made, labels, encoder."""
    folder = models_dir()
    try:
        now = current(folder)
    except BadModel:
        now = ""
    for path in sorted(folder.glob("*/manifest.json")):
        manifest = _manifest(path)
        if manifest.get("format") not in (ENCODER_FORMAT, APOLOGY_FORMAT) and is_model_name(path.parent.name):
            typer.echo(_row(path, manifest, is_current=path.parent.name == now))


def _row(path: Path, manifest: dict[str, Any], *, is_current: bool) -> str:
    labels, encoder = manifest.get("labels"), manifest.get("encoder")
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    cells = ["*" if is_current else " ", path.parent.name, f"{made:%Y-%m-%d}"]
    if manifest.get("format") != FORMAT or not isinstance(labels, list):
        return "\t".join([*cells, "not of this version's format"])
    named = encoder.get("folder") if isinstance(encoder, dict) else None
    return "\t".join([*cells, f"{len(labels)} labels", str(named or "no encoder")])


def _manifest(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _said(because: str | None) -> str | None:
    if because is not None and not because.strip():
        raise typer.BadParameter("--because needs a reason")
    return because
