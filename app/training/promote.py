"""Promote: write a model folder with its papers, and name it in models/CURRENT."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import ENCODER_FILES, FORMAT, current
from app.errors import BadModel, Invalid


def write_weights(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz whose bytes depend on the arrays only: numpy's own would carry the time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), entry.getvalue())
    return buffer.getvalue()


def write_model(
    folder: Path,
    *,
    weights: Mapping[str, bytes],
    papers: Mapping[str, str],
    inputs: Mapping[str, str],
    encoder: Mapping[str, Any] | None = None,
    version: str | None = None,
) -> None:
    """Write weights, papers and, last, the manifest with the sha256 of each file and of each training input.

    `version`: the name that the folder will have, where it is not the folder's yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {**weights, **{name: text.encode() for name, text in papers.items()}}
    for name, raw in files.items():
        (folder / name).write_bytes(raw)
    manifest = {
        "format": FORMAT,
        "version": version or folder.name,
        "labels": LABELS,
        "files": {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()},
        "inputs": dict(inputs),
        "encoder": encoder,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """An empty folder beside this one, which takes its name once it is filled; on a failure nothing is left of it.

    No name of a model begins with a dot, so nobody loads it before. A folder that is there already stays where it holds
    the same bytes; else it goes aside as a whole, and comes back where the new one can't take its place.
    """
    fresh, former = (folder.with_name(f".{folder.name}.{os.getpid()}.{part}") for part in ("new", "old"))
    shutil.rmtree(fresh, ignore_errors=True)  # of a process that was killed and had the same number
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if not folder.exists():
            fresh.rename(folder)
        elif _bytes_of(fresh) != _bytes_of(folder):
            _exchange(folder, fresh, former)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _exchange(folder: Path, fresh: Path, former: Path) -> None:
    shutil.rmtree(former, ignore_errors=True)
    folder.rename(former)
    try:
        fresh.rename(folder)
    except OSError:
        former.rename(folder)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def encoder_entry(folder: Path) -> dict[str, Any]:
    """What a manifest says of the encoder that it uses. Raises Invalid where the folder holds none."""
    try:
        files = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ENCODER_FILES}
    except OSError as error:
        raise Invalid(f"{folder.name} is no folder with an encoder: {error.strerror}") from error
    return {"folder": folder.name, "files": files}


def current_encoder(models: Path) -> str | None:
    """The encoder folder that the current model uses; None where there is no such model, or it uses none."""
    try:
        manifest = json.loads((models / current(models) / "manifest.json").read_text(encoding="utf-8"))
        return str(manifest["encoder"]["folder"])
    except (BadModel, OSError, ValueError, KeyError, TypeError):
        return None


def make_current(models: Path, version: str) -> None:
    """Name the model that serving loads, in one step: a service that follows CURRENT reads the old name or the new."""
    fresh = models / f".CURRENT.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(version + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(models / "CURRENT")
