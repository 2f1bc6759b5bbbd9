"""Person: whether a private person or an organisation wrote a post, from how it is written alone.

Logistic regression over the same features as the voices (`python -m bench.persons --fit`), each group divided by the
root of how many features the post has of it, so that a long post is not surer for its length.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.errors import BadModel
from app.voice.features import SIZE, Features

_FILE = "person.npz"


class Person:
    """The weights; loaded once, safe to share between threads."""

    def __init__(self, weights: NDArray[np.float32], intercept: float) -> None:
        self._weights, self._intercept = weights, intercept

    @classmethod
    def load(cls, folder: Path) -> Self:
        """From app/voice/tables. Raises BadModel with the file at fault."""
        try:
            with np.load(folder / _FILE, allow_pickle=False) as file:
                weights, intercept = file["weights"].astype(np.float32), float(file["intercept"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadModel(f"{folder / _FILE} can't be read: {type(error).__name__} {error}") from error
        if weights.shape != (SIZE,) or not np.isfinite(weights).all() or not np.isfinite(intercept):
            raise BadModel(f"{folder / _FILE} is of another version")
        return cls(weights, intercept)

    def save(self, folder: Path) -> None:
        np.savez_compressed(
            folder / _FILE, weights=self._weights.astype(np.float16), intercept=np.float64(self._intercept)
        )

    def log_odds(self, draft: Features) -> float:
        """That a person wrote it, were persons and organisations as many."""
        return float(self._weights[draft.at] @ scale(draft)) + self._intercept


def scale(draft: Features) -> NDArray[np.float32]:
    """What each of the draft's features counts, shape (features,)."""
    found: NDArray[np.float32] = np.repeat(1 / np.sqrt(np.maximum(draft.sizes, 1)), draft.sizes).astype(np.float32)
    return found
