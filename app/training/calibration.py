"""Calibration: from strengths, which hold where half the texts alarm, to probabilities of texts as they come.

Per label a slope and an intercept on the log-odds of the strength: Platt's method and targets ("Probabilistic outputs
for support vector machines", 1999), with a prior on the slope, since few ones of some labels are found. Judged by
halves, crosswise, with the adaptive calibration error of Nixon et al., "Measuring Calibration in Deep Learning" (2019),
and the Brier skill against the base rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.classifier import LABELS
from app.classifier.model import Model
from app.classifier.odds import logit
from app.domain import Among
from app.text import read
from app.training.charts import reliability
from app.training.measure import bootstrapped, calibration_error
from app.training.rows import Row, Source
from app.training.split import halves

_SPREAD = 0.3
"""standard deviation of the prior on a slope, around 1"""
_LEAST_SLOPE = 0.05
Map = tuple[float, float]
"""slope and intercept"""


def log_odds(model: Model, rows: Sequence[Row]) -> NDArray[np.float64]:
    """Of the strengths, shape (rows, labels)."""
    scores = model.score([read(row.text, language="en") for row in rows])
    strengths = np.array([[score.strengths[label] for label in LABELS] for score in scores]).reshape(-1, len(LABELS))
    return logit(strengths)


def fit_map(odds: NDArray[np.float64], truth: NDArray[np.int64]) -> Map:
    """The most probable slope and intercept; with no ones, or no zeros, what Platt's targets make of that."""
    ones = int(truth.sum())
    target = np.where(truth == 1, (ones + 1) / (ones + 2), 1 / (len(truth) - ones + 2))

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        decisions = at[0] * odds + at[1]
        pull = 1 / (1 + np.exp(-np.clip(decisions, -500, 500))) - target
        off = (at[0] - 1) / _SPREAD
        value = float(np.sum(np.logaddexp(0.0, decisions) - target * decisions)) + off * off / 2
        return value, np.array([pull @ odds + off / _SPREAD, pull.sum()])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, bounds=[(_LEAST_SLOPE, None), (None, None)]).x
    return float(found[0]), float(found[1])


def populations(rows: Sequence[Row], corpora: Sequence[Source]) -> dict[Among, NDArray[np.intp]]:
    """Indices of the rows by whose texts they are: an organisation's posts, replies, or private persons' posts."""
    by_name = {source.name: source for source in corpora}
    whose = [by_name[row.source].whose(row.family) for row in rows]
    return {among: np.flatnonzero([each == among for each in whose]) for among in get_args(Among)}


def maps(rows: Sequence[Row], odds: NDArray[np.float64]) -> dict[str, Any]:
    """One entry of calibration.json: `{"n", "positives": {label}, "maps": {label: {"slope", "intercept"}}}`."""
    found, positives = {}, {}
    for column, label in enumerate(LABELS):
        known, truth = _known(rows, label)
        slope, intercept = fit_map(odds[known, column], truth)
        found[label] = {"slope": round(slope, 5), "intercept": round(intercept, 5)}
        positives[label] = int(truth.sum())
    return {"n": len(rows), "positives": positives, "maps": found}


def judged(rows: Sequence[Row], odds: NDArray[np.float64], label: str, *, seed: int) -> dict[str, Any]:
    """How well one label is calibrated on each half by a map from the other, split by family (an account, or a text).

    `n`, `positives`, and, where there are both ones and zeros, `calibration_error`, `brier_skill` and `bins`: pairs of
    the mean probability and the share of ones, over equally many texts.
    """
    known, truth = _known(rows, label)
    found: dict[str, Any] = {"n": len(truth), "positives": int(truth.sum())}
    if not 0 < truth.sum() < len(truth):
        return found
    own, column = [rows[index] for index in known], LABELS.index(label)
    probability = np.zeros(len(truth))
    parts = halves(own, seed=seed)
    for fitted, asked in (parts, parts[::-1]):
        slope, intercept = fit_map(odds[known[fitted], column], truth[fitted])
        probability[asked] = 1 / (1 + np.exp(-(slope * odds[known[asked], column] + intercept)))
    found["calibration_error"] = bootstrapped(calibration_error, truth, probability, seed=seed)
    found["brier_skill"] = bootstrapped(brier_skill, truth, probability, seed=seed)
    found["bins"] = [[round(x, 5), round(y, 5)] for x, y in reliability(truth, probability)]
    return found


def brier_skill(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> float:
    """The share of the base rate's squared error that the probabilities save."""
    usual = float(np.mean((truth - truth.mean()) ** 2))
    return 1 - float(np.mean((truth - probability) ** 2)) / usual


def _known(rows: Sequence[Row], label: str) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    known = [index for index, row in enumerate(rows) if label in row.labels]
    return np.array(known, dtype=np.intp), np.array([rows[index].labels[label] for index in known], dtype=np.int64)
