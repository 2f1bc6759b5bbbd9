"""Extend: a model that knows the labels it lacked and judges by all others exactly as before.

Learning everything anew for the sake of one label moves every head a little, and the thresholds with them. Here the
vocabulary, the encoder, the gate and the columns of the known labels stay as they are, to the last digit; of the drafts
that state a new label, both stages learn a column for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.classifier.features import grams
from app.classifier.model import FORMAT
from app.classifier.ngram import vocabulary
from app.classifier.papers import arrays_of, contents, manifest_of
from app.errors import BadModel, Invalid
from app.training.fit import Fitted, fit
from app.training.heads import Stages, fit_heads
from app.training.rows import Row
from app.training.split import halves

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """The model that is kept."""

    version: str
    labels: tuple[str, ...]
    """the first of LABELS"""
    encoder: str
    """the name of its folder"""
    grams: Arrays
    heads: Arrays

    @property
    def lacking(self) -> tuple[str, ...]:
        return LABELS[len(self.labels) :]


def load_kept(folder: Path) -> Kept:
    """Raises Invalid for a folder that is no whole model with an encoder, or lacks no label at the end of LABELS."""
    try:
        manifest = manifest_of(folder, {"format": FORMAT})
        files = contents(folder, manifest["files"], ["weights.npz", "heads.npz"])
        labels = tuple(manifest["labels"])
        count = len(labels)
        shapes = {"vocabulary": ("bytes",), "idf": ("features",), "coefficients": ("features", count)}
        ends = {"intercepts": (count,), "platt": (2, count)}
        stage = arrays_of(folder / "weights.npz", files["weights.npz"], {**shapes, **ends})
        tops = {"coefficients": (WIDTH + count, count), "gate": (count + 1,), **ends}
        heads = arrays_of(folder / "heads.npz", files["heads.npz"], tops)
        encoder = str(manifest["encoder"]["folder"])
    except (BadModel, KeyError, TypeError) as error:
        raise Invalid(f"{folder.name} can't be kept: {getattr(error, 'detail', error)}") from error
    if not labels or labels == LABELS or labels != LABELS[:count]:
        raise Invalid(f"{folder.name} can't be kept: new labels come after those that it knows, {', '.join(labels)}")
    return Kept(manifest["version"], labels, encoder, stage, heads)


def with_grams(kept: Kept, training: Sequence[Row], *, seed: int) -> tuple[Fitted, Arrays]:
    """What the n-gram stage learns of the labels that are lacking, and its arrays with theirs.

    Raises Invalid for a label of which only one class, or too little, is known.
    """
    words = TfidfVectorizer(analyzer=grams, sublinear_tf=True, vocabulary=vocabulary(kept.grams))
    words.idf_ = kept.grams["idf"].astype(np.float64)
    fitted = fit(training, seed=seed, labels=kept.lacking, vectorizer=words)
    learnt = fitted.arrays()
    joined = {name: np.hstack([kept.grams[name], learnt[name]]) for name in ("coefficients", "intercepts", "platt")}
    return fitted, {**kept.grams, **joined}


def with_heads(
    kept: Kept, stages: Stages, fitted: Fitted, training: Sequence[Row], held_out: Sequence[Row], *, seed: int
) -> Arrays:
    """The arrays of heads.npz. `stages` with the n-grams of `with_grams`; calibrated on half of what was held out.

    The drafts that teach a new label should be new themselves: what the kept n-grams decide on a draft that they have
    learnt is surer than it will ever be again.
    """
    known = len(kept.labels)
    seen = stages.see(training, np.hstack([stages.decisions(training)[:, :known], fitted.decisions]))
    calibration = stages.see([held_out[index] for index in halves(held_out, seed=seed)[0]])
    found = fit_heads(seen, calibration, labels=kept.lacking)
    none = np.zeros((len(kept.lacking), known))
    return {
        "coefficients": np.hstack([np.vstack([kept.heads["coefficients"], none]), found["coefficients"]]),
        "intercepts": np.hstack([kept.heads["intercepts"], found["intercepts"]]),
        "platt": np.hstack([kept.heads["platt"], found["platt"]]),
        "gate": np.insert(kept.heads["gate"], known, np.zeros(len(kept.lacking))),
    }


def stating(rows: Sequence[Row], labels: Sequence[str]) -> list[Row]:
    """The rows that state all of the labels."""
    return [row for row in rows if all(label in row.labels for label in labels)]
