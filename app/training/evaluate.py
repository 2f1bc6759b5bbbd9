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


def evaluate(model: Model, held_out: Sequence[Row], ordinary: Sequence[Row]) -> dict[str, Any]:
    """Metrics per label, over all held-out rows and over our own drafts alone, and the curve on ordinary posts."""
    scores = _scores(model, held_out)
    own = np.array([row.source == "own" for row in held_out], dtype=bool)
    metrics: dict[str, Any] = {"labels": {}, "own_drafts": {}}
    for column, label in enumerate(LABELS):
        known = np.array([label in row.labels for row in held_out], dtype=bool)
        target = np.array([row.labels.get(label, 0) for row in held_out])
        metrics["labels"][label] = _label(target[known], scores[known, column])
        metrics["own_drafts"][label] = _label(target[known & own], scores[known & own, column])
    if ordinary:
        metrics["ordinary_posts"] = _curve(_scores(model, ordinary))
    return metrics


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927)."""
    if not whole:
        return 0.0, 1.0
    p, z = part / whole, 1.96
    centre, spread = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    return (centre - spread) / (1 + z * z / whole), (centre + spread) / (1 + z * z / whole)


def _scores(model: Model, rows: Sequence[Row]) -> NDArray[np.float64]:
    found = model.score([read(row.text, language="en") for row in rows])
    return np.array([[score[label] for label in LABELS] for score in found]).reshape(-1, len(LABELS))


def _label(target: NDArray[Any], score: NDArray[np.float64]) -> dict[str, Any]:
    positives, negatives = int(target.sum()), int(len(target) - target.sum())
    if not positives or not negatives:
        return {"n": len(target), "positives": positives}
    threshold = float(np.quantile(score[target == 0], 0.98))
    caught = int((score[target == 1] > threshold).sum())
    low, high = wilson(caught, positives)
    return {
        "n": len(target),
        "positives": positives,
        "auc": round(float(roc_auc_score(target, score)), 4),
        "average_precision": round(float(average_precision_score(target, score)), 4),
        "brier": round(float(brier_score_loss(target, score)), 4),
        "recall_at_2_percent_alarms": round(caught / positives, 4),
        "recall_interval": [round(low, 4), round(high, 4)],
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
