"""Sample: what the stages see of ordinary official posts, shipped with a model so that it can be retrained alone.

Posts of the corpora that may ship, held out from all training. Only features are kept: no text can be read from them.
The even rows hold the heads and raise the thresholds; alarms are counted on the odd rows, which nothing was fitted to.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.classifier.model import Heads, Model
from app.classifier.papers import Shapes, arrays_of
from app.training.heads import Seen, Stages
from app.training.measure import budgets, threshold_of
from app.training.promote import write_weights
from app.training.rows import Row

SAMPLE = "sample.npz"
MOST = 2_000
HOLDING, COUNTED = slice(0, None, 2), slice(1, None, 2)
"""rows that a retrained model is fitted to, and those that it is judged by"""
SHAPES: Shapes = {"features": ("rows", WIDTH), "grams": ("rows", len(LABELS))}


def sample_file(stages: Stages, held_out: Sequence[Row], *, seed: int) -> dict[str, bytes]:
    """sample.npz by its name; nothing where no such posts are at hand."""
    official = [row for row in held_out if row.source != "own" and _is_official(row)]
    if not official:
        return {}
    seen = stages.see(random.Random(seed).sample(official, min(MOST, len(official))))
    arrays = {"features": seen.features.astype(np.float16), "grams": seen.grams.astype(np.float16)}
    return {SAMPLE: write_weights(arrays)}


def _is_official(row: Row) -> bool:
    return row.labels.get("personal_voice") == 0 and row.labels.get("insult") == 0


def load_sample(model: Model, part: slice) -> Seen | None:
    """A part of the sample, as rows without labels; None where the model has none, or no heads to read it with.

    Raises BadModel for a file at fault.
    """
    if SAMPLE not in model.manifest["files"] or model.heads is None:
        return None
    path = model.folder / SAMPLE
    arrays = arrays_of(path, path.read_bytes(), SHAPES)
    features, grams = (arrays[name][part] for name in ("features", "grams"))
    return Seen([Row("", {}, "", SAMPLE)] * len(grams), features.astype(np.float32), grams.astype(np.float64))


def strengths(model: Model, seen: Seen) -> NDArray[np.float64]:
    """As the model would score the rows, shape (rows, labels)."""
    assert model.heads is not None
    inputs, heads, easy = seen.inputs, model.heads, _easy(model.heads, seen)
    decisions = np.where(easy[:, None], seen.grams, inputs @ heads.coefficients + heads.intercepts)
    a, b = (np.where(easy[:, None], model.arrays["platt"][row], heads.platt[row]) for row in (0, 1))
    found: NDArray[np.float64] = 1 / (1 + np.exp(np.clip(a * decisions + b, -700, 700)))
    return found


def _easy(heads: Heads, seen: Seen) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = seen.grams @ heads.gate[:-1] + heads.gate[-1] < 0
    return found


def sample_alarms(model: Model) -> dict[str, Any] | None:
    """How many ordinary posts some label of a scored rule is raised on, and which labels; None without a sample.

    Counted on the rows that no retraining is fitted to. `encoded`: how many of them the encoder reads.
    """
    seen = load_sample(model, COUNTED)
    if seen is None or model.heads is None:
        return None
    table = strengths(model, seen)
    by_label = {label: table[:, LABELS.index(label)] >= threshold_of(model, label) for label in budgets()}
    return {
        "of": model.manifest["files"][SAMPLE],
        "n": len(table),
        "alarms": int(np.any(list(by_label.values()), axis=0).sum()),
        "encoded": int((~_easy(model.heads, seen)).sum()),
        "labels": {label: int(found.sum()) for label, found in by_label.items()},
    }
