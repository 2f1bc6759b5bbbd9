"""Promote: write a model folder with its papers, and name it in models/CURRENT."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import FORMAT


def write_weights(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz whose bytes depend on the arrays only: numpy's own would carry the time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), entry.getvalue())
    return buffer.getvalue()


def write_model(folder: Path, *, weights: bytes, papers: Mapping[str, str], inputs: Mapping[str, str]) -> None:
    """Write weights, papers and, last, the manifest with the sha256 of each file and of each training input."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"weights.npz": weights} | {name: text.encode() for name, text in papers.items()}
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    manifest = {
        "format": FORMAT,
        "version": folder.name,
        "labels": LABELS,
        "files": {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()},
        "inputs": dict(inputs),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def make_current(models: Path, version: str) -> None:
    """Name the model that serving loads, in one step."""
    fresh = models / "CURRENT.new"
    fresh.write_text(version + "\n", encoding="utf-8")
    fresh.replace(models / "CURRENT")
