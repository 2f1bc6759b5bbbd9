"""prepost openapi: the API's description."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.api.application import build_app
from app.api.openapi import dump


def openapi(out: Annotated[Path | None, typer.Option(help="write it here instead of printing it")] = None) -> None:
    """Print the OpenAPI document that the service serves."""
    document = dump(build_app())
    if out is None:
        typer.echo(document, nl=False)
    else:
        out.write_text(document, encoding="utf-8")
