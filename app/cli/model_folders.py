"""Which folders of models a command means, and how it refuses one that can't be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.classifier.model import is_model_name
from app.cli.exits import BAD_DATA
from app.errors import BadModel
from app.settings import Settings


def models_dir() -> Path:
    """Where model folders lie."""
    return Settings().models_dir


ModelsDir = Annotated[
    Path,
    typer.Option(
        default_factory=models_dir,
        help="where model folders lie",
        show_default="PREPOST_MODELS_DIR, as the service has it",
    ),
]
"""an option; without a default of its own, so that all commands work on the models that the service serves"""


def model_name(models: Path, given: str) -> str:
    """`models/NAME/`, as a shell completes it, is NAME."""
    path = Path(given)
    return path.name if path.parent.resolve() == models.resolve() else given


def existing(models: Path, given: str) -> str:
    """The same for a model that must be there: another is refused."""
    name = model_name(models, given)
    if not is_model_name(name) or not (models / name).is_dir():
        raise refuse([f"there is no model {name!r} in {models}"])
    return name


@contextmanager
def refusing_bad_models() -> Iterator[None]:
    """Where a model is what the command was given to read, a broken one is bad data, no failure of Prepost."""
    try:
        yield
    except BadModel as refusal:
        raise refuse([refusal.detail]) from refusal


def refuse(reasons: Sequence[str]) -> typer.Exit:
    """Say each reason on a line; to be raised."""
    for reason in reasons:
        typer.echo(f"prepost: {' '.join(reason.split())}", err=True)
    return typer.Exit(BAD_DATA)
