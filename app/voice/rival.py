"""Rival: which of two accounts a draft is, by a classifier of their newest posts against each other.

NB-SVM (Wang and Manning, "Baselines and Bigrams", 2012): each feature that a post has counts the log of how much
oftener one account has it than the other, a post's are scaled to length 1, and logistic regression weighs them. A
profile asks what an account has beside people in general; a rival what sets it apart from this very account.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.voice import GROUPS
from app.voice.features import OFFSETS, Features

MOST = 50
"""newest posts of each that are learnt: with 100 one in a hundred more would be caught, at twice the time and room"""
_FEWEST = 2
"""posts of both that have a feature: single ones are two thirds of the room and time, and catch no more"""
_CLOCK = int(OFFSETS[GROUPS.index("clock")])
"""hours are left out: most drafts have none, and where one account's posts have them they would tell all there is"""
_SMOOTH, _COST, _ROUNDS = 0.5, 10.0, 6
_DIGITS = 4
"""of the bias; as the weights' few, they don't depend on how many threads multiply"""
_SHARED = 1e-6
"""length below which a draft has nothing that tells the two apart"""

Places = NDArray[np.uint32]
"""of a post's features in the table, sorted"""


@dataclass(frozen=True, slots=True, eq=False)
class Rival:
    """Eight bytes a place, 66 KB for most pairs and 100 at most."""

    at: Places
    """features that several of the posts have, sorted"""
    ratios: NDArray[np.float16]
    """log of how much oftener the second account has each than the first"""
    weights: NDArray[np.float16]
    """what each counts, its ratio included"""
    bias: float
    mark: int
    """of the counts it was learnt from"""
    sign: float = 1.0

    def turned(self) -> Rival:
        """The first account against the second: exactly as much against it."""
        return replace(self, sign=-self.sign)

    def odds(self, draft: Features) -> float:
        """How much more the draft is the second account's than the first's, before it is weighed."""
        places = read(draft)
        found = np.searchsorted(self.at, places)
        found = found[found < len(self.at)]
        found = found[self.at[found] == places[: len(found)]]  # both are sorted: those beyond the last are at the end
        ratios = self.ratios[found].astype(np.float32)
        length = math.sqrt(ratios @ ratios)
        told = float(self.weights[found].sum(dtype=np.float32)) / length if length > _SHARED else 0.0
        return self.sign * (told + self.bias)


def read(post: Features) -> Places:
    """What of a post a rival looks at."""
    return post.at[: int(np.searchsorted(post.at, _CLOCK))].astype(np.uint32)


def learnt(first: Sequence[Places], second: Sequence[Places]) -> Rival:
    """From posts oldest first, one or more of each. Raises FloatingPointError where a weight is no number."""
    first, second = first[-MOST:], second[-MOST:]
    posts = [*second, *first]
    truth = np.repeat([1.0, -1.0], [len(second), len(first)])
    at, seen = _table(posts)
    theirs, own = seen[truth > 0].sum(axis=0), seen[truth < 0].sum(axis=0)
    ratios = np.log((theirs + _SMOOTH) / (len(second) + 1)) - np.log((own + _SMOOTH) / (len(first) + 1))
    scaled = seen * ratios
    scaled /= np.maximum(np.linalg.norm(scaled, axis=1, keepdims=True), _SHARED)
    costs = _COST * len(posts) / 2 / np.where(truth > 0, len(second), len(first))
    alpha = _fit(scaled, truth, costs)
    weights, bias = (alpha.astype(np.float32) @ scaled) * ratios, round(float(alpha.sum()), _DIGITS)
    found = Rival(at, ratios.astype(np.float16), weights.astype(np.float16), bias, _mark(at, theirs, own))
    if not (np.isfinite(found.weights).all() and np.isfinite(bias)):
        raise FloatingPointError("a rival's weight is no number")
    return found


def _table(posts: Sequence[Places]) -> tuple[Places, NDArray[np.float32]]:
    """The places that several posts have, and which post has which, shape (posts, places)."""
    at, column, several = np.unique(np.concatenate(posts), return_inverse=True, return_counts=True)
    kept = several >= _FEWEST
    row = np.repeat(np.arange(len(posts)), [len(post) for post in posts])
    seen = np.zeros((len(posts), len(at)), dtype=np.float32)
    seen[row, column] = 1
    return at[kept], seen[:, kept]


def _fit(scaled: NDArray[np.float32], truth: NDArray[np.float64], costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much each post counts: regularised logistic regression in its dual, by Newton's method."""
    kernel = (scaled @ scaled.T + 1).astype(np.float64)  # the one is the bias
    fit, alpha = np.zeros(len(truth)), np.zeros(len(truth))
    for _ in range(_ROUNDS):
        miss = 1 / (1 + np.exp(np.clip(truth * fit, -30, 30)))
        curve = np.maximum(miss * (1 - miss), 1e-6)
        alpha[:] = np.linalg.solve(kernel + np.diag(1 / (costs * curve)), fit + truth * miss / curve)
        fit = kernel @ alpha
    return alpha


def _mark(at: Places, theirs: NDArray[np.float32], own: NDArray[np.float32]) -> int:
    return zlib.crc32(theirs.astype(np.uint8).tobytes() + own.astype(np.uint8).tobytes(), zlib.crc32(at.tobytes()))
