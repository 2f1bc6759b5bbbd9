"""The cheap stage: n-grams, TF-IDF (sublinear, L2) and one logistic regression per label, in numpy alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier.features import character_grams, word_grams, words_of
from app.classifier.papers import Shapes, arrays_of
from app.domain import Text
from app.errors import BadModel

_WORDS_REMEMBERED = 16_384
_LONGEST_REMEMBERED = 32
"""letters; with the number of words it bounds what is remembered to about 20 MB"""


class NGrams:
    """Decision values of a text, from the arrays of weights.npz."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._index = {word: position for position, word in enumerate(vocabulary(arrays))}
        self._idf: NDArray[np.float64] = arrays["idf"].astype(np.float64)
        self._coefficients: NDArray[np.float32] = np.ascontiguousarray(arrays["coefficients"], dtype=np.float32)
        self._intercepts: NDArray[np.float64] = arrays["intercepts"].astype(np.float64)
        # Posts share most of their words, and nine in ten n-grams are those inside a word.
        self._remembered = lru_cache(_WORDS_REMEMBERED)(self._within)

    def decision(self, text: Text) -> NDArray[np.float64]:
        """Uncalibrated decision values, shape (labels,)."""
        columns, values = self.features(text)
        if not len(columns):
            return self._intercepts
        decision: NDArray[np.float64] = values @ self._coefficients.take(columns, axis=0) + self._intercepts
        return decision

    def features(self, text: Text) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Columns of the n-grams that the vocabulary knows, and their TF-IDF values, of length 1 together."""
        words = words_of(text)
        within = (self._remembered(w) if len(w) <= _LONGEST_REMEMBERED else self._within(w) for w in words)
        counts = Counter(chain(self._columns(word_grams(words)), chain.from_iterable(within)))
        columns = np.fromiter(counts.keys(), dtype=np.intp, count=len(counts))
        values = (1.0 + np.log(np.fromiter(counts.values(), dtype=np.float64, count=len(counts)))) * self._idf[columns]
        return columns, values / math.sqrt(float(values @ values)) if len(counts) else values

    def _within(self, word: str) -> tuple[int, ...]:
        return tuple(self._columns(character_grams(word)))

    def _columns(self, found: Iterable[str]) -> list[int]:
        """Positions of the n-grams that the vocabulary knows."""
        return [position for position in map(self._index.get, found) if position is not None]


def vocabulary(arrays: Mapping[str, NDArray[Any]]) -> list[str]:
    """The n-grams in the order of the features."""
    return bytes(arrays["vocabulary"]).decode("utf-8").split("\n")


def stage_of(path: Path, raw: bytes, several: int) -> dict[str, NDArray[Any]]:
    """The arrays of a weights.npz with so many labels. Raises BadModel."""
    shapes: Shapes = {
        "vocabulary": ("bytes",),
        "idf": ("features",),
        "coefficients": ("features", several),
        "intercepts": (several,),
        "platt": (2, several),
    }
    arrays = arrays_of(path, raw, shapes)
    try:
        features = len(vocabulary(arrays))
    except ValueError as error:
        raise BadModel(f"{path} doesn't hold the arrays of this format: {error}") from error
    if len(arrays["idf"]) != features:
        raise BadModel(f"{path} holds arrays of the wrong shape: {len(arrays['idf'])} features for {features} words")
    return arrays
