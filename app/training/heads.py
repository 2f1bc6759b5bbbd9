"""Heads: one logistic regression per label over the encoder's features and the n-gram decisions, then calibrated.

Stacking (Wolpert, "Stacked Generalization", 1992): the n-gram decisions of a row come from heads that never saw its
family. Calibration is Platt's, on families that neither the encoder nor the heads have seen.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from app.classifier import LABELS
from app.classifier.encoder import WIDTH, Encoder
from app.classifier.ngram import NGrams
from app.errors import Invalid
from app.text import read
from app.training.embed import embed
from app.training.fit import Fitted
from app.training.rows import Row
from app.training.split import halves

ALARMING = (
    "profanity", "insult", "identity_attack", "threat", "sexual", "levity", "hearsay", "personal_voice", "canned_reply",
    "apology",
)  # fmt: skip
"""labels that a rule may alarm on"""
ENCODED = 0.45
"""share of ordinary posts that the encoder reads: below a half, so that the median check does not wait for it"""
MOST_ROWS = 40_000
"""rows of the corpora that the heads learn from: the encoder has read them all, and more rows move no figure"""
STRENGTHS = (1e-4, 1e-3, 1e-2)
"""inverse strengths of the penalty to choose from, by the calibration rows: the encoder has seen the others, so that on
them a weak penalty always looks best"""
_ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """Rows as the heads see them."""

    rows: Sequence[Row]
    features: NDArray[np.float32]
    """shape (rows, 384)"""
    grams: NDArray[np.float64]
    """shape (rows, labels): decisions of the n-gram stage"""

    @property
    def inputs(self) -> NDArray[np.float64]:
        return np.hstack([self.features.astype(np.float64), self.grams])

    def known(self, label: str) -> NDArray[np.intp]:
        return np.array([index for index, row in enumerate(self.rows) if label in row.labels], dtype=np.intp)

    def targets(self, label: str) -> NDArray[np.int64]:
        return np.array([row.labels[label] for row in self.rows if label in row.labels])


@dataclass(frozen=True, slots=True)
class Stages:
    """What turns rows into what the heads see."""

    encoder: Encoder
    grams: NGrams
    digest: str
    """of the encoder's weights"""
    cache: Path | None
    say: Callable[[str], None]

    def see(self, rows: Sequence[Row], grams: NDArray[np.float64] | None = None) -> Seen:
        """`grams`: decisions of heads that never saw the rows, where the n-gram stage has learnt from them."""
        features = embed(rows, self.encoder, digest=self.digest, cache=self.cache, say=self.say)
        return Seen(rows, features, self.decisions(rows) if grams is None else grams)

    def decisions(self, rows: Sequence[Row]) -> NDArray[np.float64]:
        """Of the n-gram stage, shape (rows, labels)."""
        found = [self.grams.decision(read(row.text, language="en")) for row in rows]
        return np.array(found).reshape(-1, len(LABELS))


def heads(
    stages: Stages,
    fitted: Fitted,
    training: Sequence[Row],
    held_out: Sequence[Row],
    ordinary: Sequence[Row],
    *,
    seed: int,
) -> dict[str, NDArray[np.float64]]:
    """The arrays of heads.npz. Of what was held out one half calibrates; the other is left to judge by."""
    held = stages.see(held_out)
    first = halves(held_out, seed=seed)[0]
    calibration = Seen([held_out[index] for index in first], held.features[first], held.grams[first])
    chosen = _chosen(training, seed=seed)
    arrays = fit_heads(stages.see([training[index] for index in chosen], fitted.decisions[chosen]), calibration)
    return arrays | {"gate": _gate(stages, fitted, training, ordinary, seed=seed)}


def _chosen(rows: Sequence[Row], *, seed: int) -> list[int]:
    """Indices of all our own drafts and of a sample of the other rows."""
    others = [index for index, row in enumerate(rows) if row.source != "own"]
    kept = set(random.Random(seed).sample(others, min(MOST_ROWS, len(others))))
    return [index for index, row in enumerate(rows) if row.source == "own" or index in kept]


def _gate(
    stages: Stages, fitted: Fitted, training: Sequence[Row], ordinary: Sequence[Row], *, seed: int
) -> NDArray[np.float64]:
    """Learnt from our own drafts, out of fold, and the half of the ordinary posts whose accounts are not judged by."""
    own = [index for index, row in enumerate(training) if row.source == "own"]
    hard = [any(training[index].labels.get(label) for label in ALARMING) for index in own]
    usual = [ordinary[index] for index in halves(ordinary, seed=seed)[0]]
    grams = np.vstack([fitted.decisions[own], stages.decisions(usual)])
    return fit_gate(grams, np.array(hard + [False] * len(usual)), grams[len(own) :] if usual else grams, share=ENCODED)


def fit_heads(training: Seen, calibration: Seen, *, labels: Sequence[str] = LABELS) -> dict[str, NDArray[np.float64]]:
    """The arrays of heads.npz but for the gate, a column for each of `labels`.

    Raises Invalid for a label of which only one class is known.
    """
    inputs, asked = training.inputs, calibration.inputs
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    coefficients, intercepts = np.zeros((WIDTH + len(LABELS), len(labels))), np.zeros(len(labels))
    for column, label in enumerate(labels):
        known, target = training.known(label), training.targets(label)
        if len(set(target)) < 2:
            raise Invalid(f"label {label!r}: both 0 and 1 are needed among the drafts to learn from")
        weights = np.array([training.rows[index].weight for index in known])
        scaled = (inputs[known] - centre) / spread
        best = -np.inf
        for strength in STRENGTHS:
            head = LogisticRegression(C=strength, max_iter=300).fit(scaled, target, sample_weight=weights)
            found = head.coef_[0] / spread
            worth = _worth(calibration, label, asked @ found)
            if worth > best:
                best, coefficients[:, column] = worth, found
                intercepts[column] = head.intercept_[0] - float(found @ centre)
    decisions = asked @ coefficients + intercepts
    return {"coefficients": coefficients, "intercepts": intercepts, "platt": platt(calibration, decisions, labels)}


def _worth(seen: Seen, label: str, decisions: NDArray[np.float64]) -> float:
    """AUC on our own drafts where they hold enough ones, else on all rows."""
    known = seen.known(label)
    own = [index for index in known if seen.rows[index].source == "own"]
    for chosen in (own, list(known)):
        target = [seen.rows[index].labels[label] for index in chosen]
        if _ENOUGH <= sum(target) < len(target):
            return float(roc_auc_score(target, decisions[chosen]))
    return 0.0


def platt(seen: Seen, decisions: NDArray[np.float64], labels: Sequence[str] = LABELS) -> NDArray[np.float64]:
    """Platt's a and b per label, shape (2, labels). No row counts more than one, whatever it counts in training.

    With Platt's targets, which lie short of 0 and 1, the fewer the rows the more: a dozen rows that a head happens to
    part would make it certain of any other text.
    """
    found = np.zeros((2, len(labels)))
    for column, label in enumerate(labels):
        known, target = seen.known(label), seen.targets(label)
        weights = np.minimum([seen.rows[index].weight for index in known], 1.0)
        ones, zeros = weights[target == 1].sum(), weights[target == 0].sum()
        wanted = np.where(target == 1, (ones + 1) / (ones + 2), 1 / (zeros + 2))
        sigmoid = LogisticRegression(C=1e6).fit(
            np.tile(decisions[known, column], 2)[:, None],
            np.repeat([1, 0], len(known)),
            sample_weight=np.concatenate([weights * wanted, weights * (1 - wanted)]),
        )
        found[:, column] = -float(sigmoid.coef_[0, 0]), -float(sigmoid.intercept_[0])
    return found


def fit_gate(
    grams: NDArray[np.float64], hard: NDArray[np.bool_], ordinary: NDArray[np.float64], *, share: float
) -> NDArray[np.float64]:
    """The gate: weights of the n-gram decisions and a constant; below zero the text is easy.

    `hard` says of each text of `grams` whether it has an alarm label. The constant sends `share` of the ordinary texts
    to the encoder.
    """
    gate = LogisticRegression(C=0.1, class_weight="balanced", max_iter=500).fit(grams, hard)
    towards = gate.coef_[0]
    return np.append(towards, -float(np.quantile(ordinary @ towards, 1 - share)))
