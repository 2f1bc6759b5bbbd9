"""Compare: two models on the frozen drafts, and the drafts on which they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import Model
from app.domain import Scores
from app.service.serving import load_and_run
from app.training.frozen import Draft, load_frozen
from app.training.measure import budgets, frozen_metrics, scores_of, table_of, threshold_of
from app.training.train import SEED


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two models."""

    version: str
    metrics: Mapping[str, Any]
    """its `frozen` figures"""
    table: NDArray[np.float64]
    """strengths, shape (drafts, labels)"""
    scores: Sequence[Scores]
    thresholds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A draft on which a label is raised by one model alone."""

    text: str
    label: str
    truth: int | None
    """what the draft is; None where it doesn't say"""
    old: float
    new: float
    words: tuple[str, ...]
    """that moved the strength in the model that raises the label"""

    @property
    def is_better(self) -> bool:
        """Whether the new model has it right; a label that isn't stated counts as not raised rightly."""
        return (self.new > self.old) == bool(self.truth)


@dataclass(frozen=True, slots=True)
class Comparison:
    old: Side
    new: Side
    drafts: Sequence[Draft]
    changes: Sequence[Change]
    """largest change first"""


def compare(*, models: Path, old: str, new: str, labels: Path, seed: int = SEED) -> Comparison:
    """Raises BadModel, and Invalid for labels at fault."""
    drafts = load_frozen(labels, seed=seed)
    loaded = [load_and_run(models / name) for name in (old, new)]
    then, now = (_side(model, drafts, seed=seed) for model in loaded)
    changes = sorted(_changes(then, now, drafts), key=lambda change: -abs(change.new - change.old))
    return Comparison(then, now, drafts, changes)


def _side(model: Model, drafts: Sequence[Draft], *, seed: int) -> Side:
    scores = scores_of(model, drafts)
    thresholds = {label: threshold_of(model, label) for label in LABELS}
    return Side(model.version, frozen_metrics(model, drafts, seed=seed), table_of(scores), scores, thresholds)


def _changes(old: Side, new: Side, drafts: Sequence[Draft]) -> list[Change]:
    """Of the labels that a scored rule alarms on, and of levity, which rules weigh with the moment."""
    found = []
    for label in ("levity", *budgets()):
        for draft, then, now in zip(drafts, old.scores, new.scores, strict=True):
            before, after = then.strengths[label], now.strengths[label]
            raised = before >= old.thresholds[label], after >= new.thresholds[label]
            if raised[0] != raised[1]:
                words = _words(draft.row.text, now if raised[1] else then, label)
                truth = draft.row.labels.get(label)
                found.append(Change(draft.row.text, label, truth, before, after, words))
    return found


def _words(text: str, scores: Scores, label: str) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in scores.because.get(label, ()))
