"""Refit: a model that has learnt corrections and is otherwise the one it was, without the corpora that it came from.

Each head is a maximum-a-posteriori estimate whose prior's mean is the shipped head (`estimate`). Drafts that it has
learnt already are no evidence a second time: they hold it where it is, their targets being the probabilities that it
gives them (Li and Hoiem, "Learning without Forgetting", 2017). Calibration stays as it was measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from app.classifier import LABELS
from app.classifier.ngram import NGrams
from app.domain import Text
from app.training.heads import ALARMING, Seen

CORRECTION = 50.0
"""what a correction counts beside a draft that only holds the head where it is: of 4, 8, 20 and 50 the least at which
all twenty corrections of tests/training/loop came right"""
MARGIN = 1.5
"""how far beyond its label's threshold a correction is wanted, in decision units: at 0 nine of the twenty paraphrases
came right, at 1.5 twelve, with 8 and 9 false alarms on 321 harmless frozen drafts; 2 and 3 brought no more"""
PRIOR_HEADS = 30.0
"""penalty on each squared change of a coefficient over standardised features"""
PRIOR_GRAMS = 0.5
"""the same over n-grams: the inverse of fit.C"""
PRIOR_GATE = 200.0
"""the same over the weights of the gate: with less, it forgets what was hard before"""


Head = NDArray[np.float64]
"""coefficients and, last, the intercept"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a label's head learns: which rows state it, with which value, and what each counts."""

    rows: NDArray[np.intp]
    target: NDArray[np.int64]
    weights: NDArray[np.float64]
    bar: float = 0.0
    """the decision that a row must lie beyond to be right"""


def lesson(label: str, said: Sequence[Mapping[str, int]], counts: Sequence[float]) -> Lesson:
    """From the labels of each row and what it counts; a row that counts nothing only holds the head."""
    rows = [index for index, labels in enumerate(said) if label in labels and counts[index] > 0]
    target = np.array([said[index][label] for index in rows], dtype=np.int64)
    return Lesson(np.array(rows, dtype=np.intp), target, np.array([counts[index] for index in rows]))


def refit_grams(
    arrays: Mapping[str, NDArray[Any]], texts: Sequence[Text], lessons: Mapping[str, Lesson], bars: Head
) -> dict[str, NDArray[Any]]:
    """weights.npz with the columns of the n-grams that occur in `texts` refitted; in the precision it had."""
    stage = NGrams(arrays)
    matrix = _matrix(stage, texts, len(arrays["idf"]))
    used = np.unique(matrix.indices)
    inputs = matrix[:, used]
    coefficients, intercepts = arrays["coefficients"].copy(), arrays["intercepts"].copy()
    for column, label in enumerate(LABELS):
        if len(lessons[label].rows):
            head = np.append(coefficients[used, column].astype(np.float64), intercepts[column])
            found = _refit(head, inputs, replace(lessons[label], bar=float(bars[column])), prior=PRIOR_GRAMS)
            coefficients[used, column], intercepts[column] = found[:-1].astype(coefficients.dtype), found[-1]
    return {**arrays, "coefficients": coefficients, "intercepts": intercepts}


def _matrix(stage: NGrams, texts: Sequence[Text], width: int) -> csr_matrix:
    features = [stage.features(text) for text in texts]
    ends = np.cumsum([0, *(len(columns) for columns, _ in features)])
    columns = np.concatenate([columns for columns, _ in features])
    values = np.concatenate([values for _, values in features])
    return csr_matrix((values, columns, ends), shape=(len(texts), width))


def refit_heads(
    coefficients: NDArray[np.float64],
    intercepts: NDArray[np.float64],
    seen: Seen,
    lessons: Mapping[str, Lesson],
    bars: Head,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The heads over the encoder's features and the n-gram decisions, refitted over standardised inputs.

    `seen.grams` are decisions of the n-gram stage before its own refit: it has never seen the corrections, so that the
    heads can't lean on what it knows by heart.
    """
    centre, spread = seen.inputs.mean(axis=0), seen.inputs.std(axis=0) + 1e-6
    inputs = (seen.inputs - centre) / spread
    coefficients, intercepts = coefficients.copy(), intercepts.copy()
    for column, label in enumerate(LABELS):
        if len(lessons[label].rows):
            towards = coefficients[:, column]
            head = np.append(towards * spread, intercepts[column] + towards @ centre)
            found = _refit(head, inputs, replace(lessons[label], bar=float(bars[column])), prior=PRIOR_HEADS)
            coefficients[:, column] = found[:-1] / spread
            intercepts[column] = found[-1] - found[:-1] @ (centre / spread)
    return coefficients, intercepts


def _refit(head: Head, inputs: Any, learnt: Lesson, *, prior: float) -> Head:
    """Rows outside the lesson get the head's own probability as their target."""
    decisions = inputs @ head[:-1] + head[-1]
    target = 1 / (1 + np.exp(-np.clip(decisions, -500, 500)))
    weights, bars = np.ones(len(target)), np.zeros(len(target))
    target[learnt.rows], weights[learnt.rows] = learnt.target, learnt.weights
    bars[learnt.rows] = learnt.bar + MARGIN * (2 * learnt.target - 1)
    return estimate(head, inputs, target, weights, bars, prior=prior)


def estimate(
    head: Head, inputs: Any, target: NDArray[np.float64], weights: NDArray[np.float64], bars: Any, *, prior: float
) -> Head:
    """Maximum a posteriori with `head` as the prior's mean: without evidence nothing moves.

    `target` may lie between 0 and 1, and `bars` are the decisions that each row is held against: a correction has to
    lie beyond its label's threshold, not beyond one half.
    """

    def loss(found: Head) -> tuple[float, Head]:
        decisions = inputs @ found[:-1] + found[-1] - bars
        change = found - head
        value = float(weights @ (np.logaddexp(0.0, decisions) - target * decisions)) + prior / 2 * float(
            change @ change
        )
        pull = weights * (1 / (1 + np.exp(-np.clip(decisions, -500, 500))) - target)
        return value, np.append(inputs.T @ pull, pull.sum()) + prior * change

    found: Head = minimize(loss, head, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


@dataclass(frozen=True, slots=True)
class Gated:
    """n-gram decisions, shape (rows, labels), of texts on either side of the gate."""

    harmless: NDArray[np.float64]
    """our own drafts on which nothing should alarm, by the refitted stage"""
    hard: NDArray[np.float64]
    """corrections that should alarm; no rows where there are none"""
    near: NDArray[np.float64]
    """those with one word left out, each in turn"""
    unseen: NDArray[np.float64]
    """drafts that no stage has learnt, which tell how many texts are easy; their labels are not looked at"""
    unseen_were: NDArray[np.float64]
    """the same by the stage as it was"""


def refit_gate(gate: NDArray[np.float64], texts: Gated) -> NDArray[np.float64]:
    """The gate that lets each correction through which should alarm, and whatever is a word away from one.

    Otherwise as many texts are easy as before, counted among the frozen drafts, whose labels play no part in it: among
    drafts that the n-gram stage knows by heart nearly all harmless ones are, whatever the constant.
    """
    if not len(texts.hard):
        return gate
    inputs = np.vstack([texts.harmless, texts.hard])
    target = np.repeat([0.0, 1.0], [len(texts.harmless), len(texts.hard)])
    weights = np.where(target == 1, CORRECTION, 0.0)
    weights[target == 0] = weights.sum() / len(texts.harmless)
    towards = estimate(gate, inputs, target, weights, 0.0, prior=PRIOR_GATE)[:-1]
    easy = float((texts.unseen_were @ gate[:-1] + gate[-1] < 0).mean())
    usual = -float(np.quantile(texts.unseen @ towards, easy))
    least = -float(min((texts.hard @ towards).min(), (texts.near @ towards).min(initial=np.inf)))
    return np.append(towards, max(usual, least))


def bars(platt: Head, thresholds: Mapping[str, float]) -> Head:
    """The decisions at which each label's calibrated probability reaches its threshold, shape (labels,)."""
    wanted = np.clip([thresholds[label] for label in LABELS], 1e-6, 1 - 1e-6)
    found: Head = (np.log((1 - wanted) / wanted) - platt[1]) / platt[0]
    return found


def alarming(labels: Mapping[str, int]) -> bool:
    """Whether a rule may alarm on a text with these labels."""
    return any(labels.get(label) == 1 for label in ALARMING)
