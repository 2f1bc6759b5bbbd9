"""A model folder: verified, loaded, and asked for scores. Nothing is unpickled.

manifest.json names each file with its sha256, checked before the file is read. weights.npz holds plain arrays: the
vocabulary as one UTF-8 blob, idf weights, one column of coefficients per label, intercepts, and Platt's a and b.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.features import character_grams, word_grams, words_of
from app.domain import Scores, Text
from app.errors import BadModel

FORMAT = "prepost-ngram-1"
_ARRAYS = ("vocabulary", "idf", "coefficients", "intercepts", "platt")
_LARGEST_EXPONENT = 700.0
"""exp() of more overflows; the probability is 0 to 300 places there"""
_WORDS_REMEMBERED = 16_384
_LONGEST_REMEMBERED = 32
"""letters; with the number of words it bounds what is remembered to about 20 MB"""


class Model:
    """TF-IDF (sublinear, L2) and one logistic regression per label, calibrated by Platt's method.

    Platt, "Probabilistic outputs for support vector machines" (1999).
    """

    def __init__(self, manifest: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], folder: Path) -> None:
        self.manifest, self.folder = manifest, folder
        self.version: str = manifest["version"]
        self.labels: tuple[str, ...] = tuple(manifest["labels"])
        self._index = {word: position for position, word in enumerate(_words(arrays))}
        self._idf: NDArray[np.float64] = arrays["idf"].astype(np.float64)
        self._coefficients: NDArray[np.float32] = np.ascontiguousarray(arrays["coefficients"], dtype=np.float32)
        self._intercepts: NDArray[np.float64] = arrays["intercepts"].astype(np.float64)
        self._platt: NDArray[np.float64] = arrays["platt"].astype(np.float64)
        # Posts share most of their words, and nine in ten n-grams are those inside a word.
        self._remembered = lru_cache(_WORDS_REMEMBERED)(self._within)

    def score(self, texts: Sequence[Text]) -> list[Scores]:
        """Calibrated probabilities per label, one Scores per text, in order."""
        return [self._score(text) for text in texts]

    def _score(self, text: Text) -> Scores:
        a, b = self._platt
        exponents = np.minimum(a * self.decision(text) + b, _LARGEST_EXPONENT)
        probabilities = 1.0 / (1.0 + np.exp(exponents))
        return Scores(dict(zip(self.labels, probabilities.tolist(), strict=True)), self.version)

    def decision(self, text: Text) -> NDArray[np.float64]:
        """Uncalibrated decision values, shape (labels,)."""
        words = words_of(text)
        within = (self._remembered(w) if len(w) <= _LONGEST_REMEMBERED else self._within(w) for w in words)
        counts = Counter(chain(self._columns(word_grams(words)), chain.from_iterable(within)))
        if not counts:
            return self._intercepts
        columns = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * self._idf[columns]
        values /= math.sqrt(float(values @ values))
        decision: NDArray[np.float64] = values @ self._coefficients.take(columns, axis=0) + self._intercepts
        return decision

    def _within(self, word: str) -> tuple[int, ...]:
        return tuple(self._columns(character_grams(word)))

    def _columns(self, found: Iterable[str]) -> list[int]:
        """Positions of the n-grams that the vocabulary knows."""
        return [position for position in map(self._index.get, found) if position is not None]

    def paper(self, name: str) -> str:
        """A file of the model folder that is for people: metrics.json or card.md."""
        return (self.folder / name).read_text(encoding="utf-8")


def load_current(models: Path) -> Model:
    """The model that models/CURRENT names. Raises BadModel with the file at fault."""
    try:
        name = (models / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadModel(f"{models / 'CURRENT'} can't be read: {type(error).__name__}") from error
    if not name or "/" in name or name.startswith("."):
        raise BadModel(f"{models / 'CURRENT'} names no model folder")
    return load(models / name)


def load(folder: Path) -> Model:
    """Verify a model folder against its manifest, then load it. Raises BadModel with the file at fault."""
    manifest = _manifest(folder)
    contents = {name: _verified(folder / name, digest) for name, digest in manifest["files"].items()}
    if "weights.npz" not in contents:
        raise BadModel(f"{folder / 'manifest.json'} lists no weights.npz")
    return Model(manifest, _arrays(folder / "weights.npz", contents["weights.npz"]), folder)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        known = manifest["format"] == FORMAT and tuple(manifest["labels"]) == LABELS
        named = isinstance(manifest["version"], str) and manifest["version"] != ""
        files = dict(manifest["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadModel(f"{path} can't be read: {type(error).__name__}") from error
    if not known or not named or not all(isinstance(digest, str) for digest in files.values()):
        raise BadModel(f"{path} is of a format or has labels that this version doesn't know")
    if outside := [name for name in files if Path(name).name != name]:
        raise BadModel(f"{path} names a file outside its folder: {outside[0]!r}")
    return {**manifest, "files": files}


def _verified(path: Path, digest: str) -> bytes:
    try:
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        raise BadModel(f"{path} is missing or can't be read") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise BadModel(f"{path} is not the file that the manifest names: its sha256 differs")
    return raw


def _arrays(path: Path, raw: bytes) -> dict[str, NDArray[Any]]:
    try:
        with np.lib.npyio.NpzFile(io.BytesIO(raw), allow_pickle=False) as file:
            arrays = {name: np.asanyarray(file[name]) for name in _ARRAYS}  # what is no array comes as bytes
        features = len(_words(arrays))
    except (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BadModel(f"{path} doesn't hold the arrays of this format: {error}") from error
    shapes = {"idf": (features,), "coefficients": (features, len(LABELS)), "intercepts": (len(LABELS),)}
    for name, shape in {**shapes, "platt": (2, len(LABELS))}.items():
        if arrays[name].shape != shape:
            raise BadModel(f"{path} holds arrays of the wrong shape: {name} is {arrays[name].shape}, not {shape}")
        if arrays[name].dtype.kind != "f" or not np.isfinite(arrays[name]).all():
            raise BadModel(f"{path} holds a value that is no finite number: in {name}")
    return arrays


def _words(arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """The vocabulary in the order of the features."""
    return bytes(arrays["vocabulary"]).decode("utf-8").split("\n")
