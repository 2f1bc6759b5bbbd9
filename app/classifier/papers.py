"""A model folder's files, each verified against the manifest's sha256 before it is read. Nothing is unpickled."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModel

Shapes = Mapping[str, tuple[int | str, ...]]
"""by the array's name, the length of each side: a number, or a name that stands for the same length, of one or more,
wherever it occurs in a file"""


def manifest_of(folder: Path, formats: Mapping[str, Any]) -> dict[str, Any]:
    """manifest.json with its `files`, each inside the folder. `formats`: what the named entries must be.

    Raises BadModel, as all here, with the file at fault.
    """
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = all(manifest[name] == value for name, value in formats.items())
        named = isinstance(manifest["version"], str) and manifest["version"] != ""
        files = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadModel(f"{path} can't be read: {type(error).__name__}") from error
    if not known or not named or not all(isinstance(digest, str) for digest in files.values()):
        raise BadModel(f"{path} is of a format or has labels that this version doesn't know")
    if outside := [name for name in files if Path(name).name != name]:
        raise BadModel(f"{path} names a file outside its folder: {outside[0]!r}")
    return {**manifest, "files": files}


def contents(folder: Path, files: Mapping[str, str], needed: Iterable[str]) -> dict[str, bytes]:
    """The bytes of every file that the manifest names, verified."""
    for name in needed:
        if name not in files:
            raise BadModel(f"{folder / 'manifest.json'} lists no {name}")
    return {name: _verified(folder / name, digest) for name, digest in files.items()}


def _verified(path: Path, digest: str) -> bytes:
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise BadModel(f"{path} is missing or can't be read") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BadModel(f"{path} is not the file that the manifest names: its sha256 differs")
    return raw


def arrays_of(path: Path, raw: bytes, shapes: Shapes) -> dict[str, NDArray[Any]]:
    """The arrays of an .npz, finite floats of the given shapes."""
    try:
        with np.lib.npyio.NpzFile(io.BytesIO(raw), allow_pickle=False) as file:
            arrays = {name: np.asanyarray(file[name]) for name in shapes}  # what is no array comes as bytes
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BadModel(f"{path} doesn't hold the arrays of this format: {error}") from error
    lengths: dict[str, int] = {}
    for name, shape in shapes.items():
        found = arrays[name].shape
        if len(found) != len(shape) or not all(_fits(*each, lengths) for each in zip(shape, found, strict=True)):
            raise BadModel(f"{path} holds arrays of the wrong shape: {name} is {found}, not {shape}, {lengths}")
        if arrays[name].dtype.kind not in "fu" or not np.isfinite(arrays[name]).all():
            raise BadModel(f"{path} holds a value that is no finite number: in {name}")
    return arrays


def _fits(want: int | str, size: int, lengths: dict[str, int]) -> bool:
    """Whether a side has the length wanted; the first of a name sets what the others must have."""
    return size == (lengths.setdefault(want, size) if isinstance(want, str) else want) and size > 0
