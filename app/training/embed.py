"""Embed: what the model's stages see of each row, computed once and kept in a cache by encoder and text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.classifier.encoder import WIDTH, Encoder
from app.text import read
from app.training.rows import Row


def embed(
    rows: Sequence[Row], encoder: Encoder, *, digest: str, cache: Path | None, say: Callable[[str], None]
) -> NDArray[np.float32]:
    """Features of each row, shape (rows, 384). `digest` names the encoder's weights; `cache` is a folder of our own."""
    known = _load(cache, digest)
    keys = [hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()[:24] for row in rows]
    missing = {key: row for key, row in zip(keys, rows, strict=True) if key not in known}
    if missing:
        say(f"{len(missing):,} texts to encode")

    def encode(row: Row) -> NDArray[np.float16]:
        return encoder.encode(read(row.text, language="en")).features.astype(np.float16)

    with ThreadPoolExecutor(2) as pool:  # the encoder runs outside the interpreter's lock
        known |= dict(zip(missing, pool.map(encode, missing.values(), chunksize=64), strict=True))
    if missing:
        _save(cache, digest, known)
    found = [known[key] for key in keys]
    return np.stack(found).astype(np.float32) if found else np.zeros((0, WIDTH), dtype=np.float32)


def _load(cache: Path | None, digest: str) -> dict[str, NDArray[np.float16]]:
    path = cache / f"{digest[:16]}.npz" if cache else None
    if path is None or not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as file:
        keys, features = file["keys"], file["features"]
    return {str(key): feature for key, feature in zip(keys, features, strict=True)}


def _save(cache: Path | None, digest: str, known: dict[str, NDArray[np.float16]]) -> None:
    if cache is None:
        return
    cache.mkdir(parents=True, exist_ok=True)
    aside = cache / f"{digest[:16]}.new.npz"
    np.savez(aside, keys=np.array(list(known)), features=np.stack(list(known.values())))
    aside.replace(cache / f"{digest[:16]}.npz")
