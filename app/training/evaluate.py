"""Evaluate: per label on held-out families, and how often ordinary official posts reach a score."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from app.classifier import LABELS
from app.classifier.model import Model
from app.text import read
from app.training.rows import Row

ALARM_RATES = (0.05, 0.02, 0.01, 0.005, 0.002, 0.001)


def evaluate(
    model: Model,
    *,
    held_out: Sequence[Row],
    out_of_fold: tuple[Sequence[Row], NDArray[np.float64]],
    ordinary: Sequence[Row],
    outside: Sequence[Row],
) -> dict[str, Any]:
    """Metrics per label.

    `labels`: all rows that were held out. `own_drafts`: our own, held out or judged out of fold, because the held-out
    ones are few. `outside`: each label that corpora for evaluation only name. `ordinary_posts`: the curve of alarms.
    """
    scores = _scores(model, held_out)
    training, folds = out_of_fold
    own = [index for index, row in enumerate(training) if row.source == "own"]
    kept = [index for index, row in enumerate(held_out) if row.source == "own"]
    drafts = [training[index] for index in own] + [held_out[index] for index in kept]
    metrics: dict[str, Any] = {
        "labels": _labels(held_out, scores),
        "own_drafts": _labels(drafts, np.concatenate([folds[own], scores[kept]])),
    }
    if outside:
        metrics["outside"] = outside_metrics(model, outside)
    if ordinary:
        metrics["ordinary_posts"] = _curve(_scores(model, ordinary))
    return metrics


def outside_metrics(model: Model, rows: Sequence[Row]) -> dict[str, Any]:
    """Each label that these rows name."""
    return {label: entry for label, entry in _labels(rows, _scores(model, rows)).items() if entry["n"]}


def _labels(rows: Sequence[Row], scores: NDArray[np.float64]) -> dict[str, Any]:
    """Each label on the rows that say something about it; scores of shape (rows, labels)."""
    found = {}
    for column, label in enumerate(LABELS):
        known = np.array([label in row.labels for row in rows], dtype=bool)
        target = np.array([row.labels.get(label, 0) for row in rows])
        found[label] = _label(target[known], scores[known, column])
    return found


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    p, z = part / whole, 1.96
    centre, spread = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    return (centre - spread) / (1 + z * z / whole), (centre + spread) / (1 + z * z / whole)


def _scores(model: Model, rows: Sequence[Row]) -> NDArray[np.float64]:
    found = model.score([read(row.text, language="en") for row in rows])
    return np.array([[score.strengths[label] for label in LABELS] for score in found]).reshape(-1, len(LABELS))


def _label(target: NDArray[Any], score: NDArray[np.float64]) -> dict[str, Any]:
    positives, negatives = int(target.sum()), int(len(target) - target.sum())
    if not positives or not negatives:
        return {"n": len(target), "positives": positives}
    return {
        "n": len(target),
        "positives": positives,
        "auc": round(float(roc_auc_score(target, score)), 4),
        "average_precision": round(float(average_precision_score(target, score)), 4),
        "brier": round(float(brier_score_loss(target, score)), 4),
    } | {f"recall_at_{percent}_percent_alarms": _recall(target, score, percent / 100) for percent in (1, 2)}


def _recall(target: NDArray[Any], score: NDArray[np.float64], rate: float) -> dict[str, Any]:
    """The share of ones above the score that `rate` of the zeros exceed, with its 95 % interval."""
    threshold = float(np.quantile(score[target == 0], 1 - rate))
    caught, positives = int((score[target == 1] > threshold).sum()), int(target.sum())
    return {
        "recall": round(caught / positives, 4),
        "interval": [round(bound, 4) for bound in wilson(caught, positives)],
    }


def _curve(scores: NDArray[np.float64]) -> dict[str, Any]:
    """For each label, the score that a given share of ordinary official posts exceeds."""
    return {
        "n": len(scores),
        "thresholds": {
            label: {str(rate): round(float(np.quantile(scores[:, column], 1 - rate)), 4) for rate in ALARM_RATES}
            for column, label in enumerate(LABELS)
        },
    }
