"""Measure: a model on the frozen drafts, per label and per slice, as its thresholds would have it.

The frozen drafts are those of our own whose families no training sees, so every figure here follows from the repository
alone. Calibration is measured in bins that hold equally many drafts: Nixon et al., "Measuring Calibration in Deep
Learning" (2019), with a percentile bootstrap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from app.checks import CHECKS
from app.classifier import LABELS
from app.classifier.model import Model
from app.domain import Scores
from app.policy import load_policy
from app.text import read
from app.training.evaluate import wilson
from app.training.frozen import Draft

POLICY = Path(__file__).parents[2] / "data" / "policy" / "default.toml"
UNMEASURED = 0.5
"""strength from which a label counts as raised that no rule has a budget for, or of which there is no curve"""
_BINS, _RESAMPLES = 10, 200
_FEWEST = 15
"""drafts that a slice needs to be told of by its own name"""


@cache
def budgets() -> dict[str, float]:
    """For each label that a rule alarms on, the false alarms in a thousand that the default policy accepts."""
    policy = load_policy(POLICY, [check.id for check in CHECKS])
    found: dict[str, float] = {}
    for check in CHECKS:
        budget = policy.rules[check.id].false_alarms_per_1000
        if check.label and budget is not None:
            found[check.label] = max(budget, found.get(check.label, 0.0))
    return found


def threshold_of(model: Model, label: str) -> float:
    """The strength from which the label would alarm."""
    budget = budgets().get(label)
    found = None if budget is None else model.cutoff(label, budget)
    return UNMEASURED if found is None else found


def scores_of(model: Model, drafts: Sequence[Draft]) -> list[Scores]:
    """In the language that training reads them in."""
    return model.score([read(draft.row.text, language="en") for draft in drafts])


def table_of(scores: Sequence[Scores]) -> NDArray[np.float64]:
    """Strengths, shape (drafts, labels)."""
    return np.array([[each.strengths[label] for label in LABELS] for each in scores]).reshape(-1, len(LABELS))


def frozen_metrics(model: Model, drafts: Sequence[Draft], *, seed: int) -> dict[str, Any]:
    """What goes under `frozen` in metrics.json."""
    table = table_of(scores_of(model, drafts))
    thresholds = np.array([threshold_of(model, label) for label in LABELS])
    judged = Judged(drafts, table, thresholds)
    labels = {label: judged.label(label, seed=seed) for label in LABELS}
    everywhere = range(len(drafts))
    return {
        "n": len(drafts),
        "recall": {label: judged.recall(label, everywhere) for label in LABELS},
        "false_alarms": judged.false_alarms(everywhere),
        "labels": labels,
        "slices": {name: judged.slice(of) for name, of in SLICES.items()},
    }


def harmless_alarms(model: Model, drafts: Sequence[Draft]) -> dict[str, Any]:
    """Of drafts on which nothing should alarm: how many some label of a scored rule is raised on, and which labels."""
    table = table_of(scores_of(model, drafts))
    by_label = {label: table[:, LABELS.index(label)] >= threshold_of(model, label) for label in budgets()}
    alarms = int(np.any(list(by_label.values()), axis=0).sum()) if drafts else 0
    return {
        "n": len(drafts),
        "alarms": alarms,
        "labels": {label: int(found.sum()) for label, found in by_label.items()},
    }


class Judged:
    """Drafts with their scores, and the thresholds that they are held against."""

    def __init__(self, drafts: Sequence[Draft], table: NDArray[np.float64], thresholds: NDArray[np.float64]) -> None:
        self.drafts, self.table, self.thresholds = drafts, table, thresholds
        self.raised: NDArray[np.bool_] = table >= thresholds

    def known(self, label: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Truth and probability of the drafts that state the label."""
        rows = [index for index, draft in enumerate(self.drafts) if label in draft.row.labels]
        truth = np.array([self.drafts[index].row.labels[label] for index in rows], dtype=np.int64)
        return truth, self.table[rows, LABELS.index(label)]

    def recall(self, label: str, rows: Iterable[int]) -> dict[str, int]:
        ones = [index for index in rows if self.drafts[index].row.labels.get(label) == 1]
        return {"caught": int(self.raised[ones, LABELS.index(label)].sum()), "positives": len(ones)}

    def false_alarms(self, rows: Iterable[int]) -> dict[str, int]:
        """Of the drafts that have none of the labels a scored rule alarms on: those that one of them is raised on."""
        ruled = [LABELS.index(label) for label in budgets()]
        labels = [self.drafts[index].row.labels for index in rows]
        harmless = [
            index
            for index, said in zip(rows, labels, strict=True)
            if not any(said.get(LABELS[column]) == 1 for column in ruled)
        ]
        alarms = sum(
            any(self.raised[index, column] and LABELS[column] in self.drafts[index].row.labels for column in ruled)
            for index in harmless
        )
        return {"alarms": alarms, "n": len(harmless)}

    def label(self, label: str, *, seed: int) -> dict[str, Any]:
        truth, probability = self.known(label)
        threshold = float(self.thresholds[LABELS.index(label)])
        ones, zeros = int(truth.sum()), int(len(truth) - truth.sum())
        caught = int((probability[truth == 1] >= threshold).sum())
        alarms = int((probability[truth == 0] >= threshold).sum())
        found: dict[str, Any] = {"n": len(truth), "positives": ones, "threshold": round(threshold, 5)}
        found["per_1000"] = budgets().get(label)
        found["recall"] = _share(caught, ones)
        found["false_alarms"] = {"alarms": alarms, "n": zeros, "interval": _interval(alarms, zeros)}
        if ones and zeros:
            found["auc"] = bootstrapped(roc_auc_score, truth, probability, seed=seed)
            found["average_precision"] = round(float(average_precision_score(truth, probability)), 4)
            found["brier"] = round(float(brier_score_loss(truth, probability)), 4)
            found["calibration_error"] = bootstrapped(calibration_error, truth, probability, seed=seed)
        return found

    def slice(self, of: Callable[[Draft], str]) -> dict[str, Any]:
        """By each value that enough drafts have: recall over the labels that rules alarm on, and false alarms."""
        values = [of(draft) for draft in self.drafts]
        usual = {value for value, count in Counter(values).items() if count >= _FEWEST}
        parts: dict[str, list[int]] = {}
        for index, value in enumerate(values):
            parts.setdefault(value if value in usual else "other", []).append(index)
        return {value: self._part(parts[value]) for value in sorted(parts)}

    def _part(self, rows: Sequence[int]) -> dict[str, Any]:
        found = [self.recall(label, rows) for label in budgets()]
        recall = {name: sum(each[name] for each in found) for name in ("caught", "positives")}
        return {"n": len(rows), "recall": recall, "false_alarms": self.false_alarms(rows)}


def _share(part: int, whole: int) -> dict[str, Any]:
    return {"caught": part, "positives": whole, "interval": _interval(part, whole)}


def _interval(part: int, whole: int) -> list[float]:
    return [round(bound, 4) for bound in wilson(part, whole)]


def calibration_error(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> float:
    """Adaptive calibration error: the mean gap of stated and true share over bins of equally many drafts."""
    order = np.argsort(probability, kind="stable")
    bins = [part for part in np.array_split(order, min(_BINS, len(order))) if len(part)]
    return float(np.mean([abs(truth[part].mean() - probability[part].mean()) for part in bins]))


def bootstrapped(
    measure: Callable[[NDArray[np.int64], NDArray[np.float64]], float],
    truth: NDArray[np.int64],
    probability: NDArray[np.float64],
    *,
    seed: int,
) -> dict[str, Any]:
    """The value, and its 95 % percentile interval over resampled drafts."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(_RESAMPLES):
        rows = rng.integers(0, len(truth), len(truth))
        if 0 < truth[rows].sum() < len(rows):
            found.append(float(measure(truth[rows], probability[rows])))
    low, high = np.quantile(found, [0.025, 0.975])
    return {"value": round(float(measure(truth, probability)), 4), "interval": [round(low, 4), round(high, 4)]}


def _length(draft: Draft) -> str:
    words = len(draft.row.text.split())
    return "under 12 words" if words < 12 else "12 to 30 words" if words <= 30 else "over 30 words"


SLICES: Mapping[str, Callable[[Draft], str]] = {
    "account kind": lambda draft: draft.account_kind,
    "platform": lambda draft: draft.platform,
    "language": lambda draft: read(draft.row.text).language,
    "length": _length,
    "emoji": lambda draft: "emoji" if any(e.kind == "emoji" for e in read(draft.row.text).entities) else "no emoji",
}
"""how the drafts are parted; the language is the one that is detected"""
