"""Record: add to a model's papers what was found out later, and keep its manifest true to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.errors import BadModel


def add_metrics(folder: Path, found: Mapping[str, Any]) -> None:
    """Put entries into metrics.json, then its new sha256 into the manifest. The weights stay as they are.

    Raises BadModel for a metrics.json that holds no object, and then nothing has changed.
    """
    path = folder / "metrics.json"
    metrics = {**_metrics(path), **found}
    _replace(path, json.dumps(metrics, indent=2) + "\n")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {**manifest["files"], "metrics.json": hashlib.sha256(path.read_bytes()).hexdigest()}
    amend(folder, files=files)


def _metrics(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise BadModel(f"{path} can't be read: {type(error).__name__}") from error


def amend(folder: Path, **entries: Any) -> None:
    """Set entries of the manifest."""
    path = folder / "manifest.json"
    manifest = {**json.loads(path.read_text(encoding="utf-8")), **entries}
    _replace(path, json.dumps(manifest, indent=2) + "\n")


def _replace(path: Path, text: str) -> None:
    """In one step, so that a reader never meets half a file."""
    aside = path.with_name(path.name + ".new")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
