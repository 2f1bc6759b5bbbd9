"""A model small enough to reckon by hand, and ways to damage it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.training.promote import make_current, write_model, write_weights

WORDS = ("w:boots", "w:sale", "w:our boots", "c: boo")


@pytest.fixture
def arrays() -> dict[str, np.ndarray]:
    """What weights.npz holds: four features, every label with coefficients of its own."""
    rising = np.arange(1, len(LABELS) + 1, dtype=np.float64)
    return {
        "vocabulary": np.frombuffer("\n".join(WORDS).encode(), dtype=np.uint8),
        "idf": np.array([1.0, 2.0, 1.5, 1.25]),
        "coefficients": np.outer([0.5, -1.0, 0.25, 2.0], rising).astype(np.float32),
        "intercepts": -rising / 4,
        "platt": np.stack([np.full(len(LABELS), -1.5), np.full(len(LABELS), 0.5)]),
    }


@pytest.fixture
def models(tmp_path: Path, arrays: dict[str, np.ndarray]) -> Path:
    """A models folder whose CURRENT names `tiny`."""
    folder = tmp_path / "models"
    write_model(
        folder / "tiny", weights={"weights.npz": write_weights(arrays)}, papers={"metrics.json": "{}"}, inputs={}
    )
    make_current(folder, "tiny")
    return folder


@pytest.fixture
def rewrite(models: Path) -> Callable[..., Path]:
    """Replace entries of the manifest, or the weights together with their digest; gives the model folder."""
    folder = models / "tiny"

    def change(weights: bytes | None = None, **entries: Any) -> Path:
        manifest = json.loads((folder / "manifest.json").read_text())
        if weights is not None:
            (folder / "weights.npz").write_bytes(weights)
            manifest["files"]["weights.npz"] = hashlib.sha256(weights).hexdigest()
        (folder / "manifest.json").write_text(json.dumps(manifest | entries))
        return folder

    return change
