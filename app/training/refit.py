"""Refit: a model that has learnt corrections and is otherwise the one it was, without the corpora that it came from.

Each head is a maximum-a-posteriori estimate whose prior's mean is the shipped head. Drafts that it has learnt already,
and ordinary posts whose features are shipped with it, are no evidence: they hold it where it is (Li and Hoiem,
"Learning without Forgetting", 2017). Heads over the encoder hold by decisions (`_pushed`), n-grams alone by
probabilities (`estimate`). Calibration stays as it was measured.
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

CORRECTION = 60.0
"""what a correction counts beside a row that only holds the head where it is"""
MARGIN = 1.8
"""how far above its label's threshold a correction to 1 is wanted, in decision units, so that its like get there
too; one to 0 has only to lie below"""
NEAR = 4.0
"""how far below the bar a decision counts as near, in decision units"""
LOOSE = 0.2
"""how much a draft holds that has the label itself: it may well move with the corrections"""
UNSTATED = 0.05
"""the same of one that doesn't state the label: a file of drafts about another matter would freeze the head"""
PRIOR_HEADS = 30.0
"""penalty on each squared change of a coefficient over standardised features"""
PRIOR_GRAMS = 0.5
"""the same over n-grams: the inverse of fit.C"""
PRIOR_GATE = 50.0
"""the same over the weights of the gate: with less, it forgets what was hard before"""
GATED = 5.0
"""what a correction counts for the gate; all harmless texts together count as much as all corrections"""
ASIDE = 0.1
"""share of the texts a word away from a correction that may stay easy: the easiest of hundreds would send half of all
ordinary posts more to the encoder"""
_STEPS, _SHORTEST, _SETTLED = 60, 1e-4, 1e-6
"""of Newton's method: how many, the shortest, and the relative gain at which it stops"""


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
    ordinary: Seen | None,
    lessons: Mapping[str, Lesson],
    bars: Head,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The heads over the encoder's features and the n-gram decisions, refitted over standardised inputs.

    `ordinary`: what the stages see of ordinary posts, which hold the heads beside the drafts outside the lesson.
    """
    inputs = seen.inputs if ordinary is None else np.vstack([seen.inputs, ordinary.inputs])
    centre, spread = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    inputs = np.hstack([(inputs - centre) / spread, np.ones((len(inputs), 1))])
    coefficients, intercepts = coefficients.copy(), intercepts.copy()
    for column, label in enumerate(LABELS):
        if len(lessons[label].rows):
            towards = coefficients[:, column]
            head = np.append(towards * spread, intercepts[column] + towards @ centre)
            holds = np.ones(len(inputs))
            holds[[at for at, row in enumerate(seen.rows) if row.labels.get(label) == 1]] = LOOSE
            holds[[at for at, row in enumerate(seen.rows) if label not in row.labels]] = UNSTATED
            found = _pushed(head, inputs, replace(lessons[label], bar=float(bars[column])), holds)
            coefficients[:, column] = found[:-1] / spread
            intercepts[column] = found[-1] - found[:-1] @ (centre / spread)
    return coefficients, intercepts


def _pushed(head: Head, inputs: NDArray[np.float64], learnt: Lesson, holds: NDArray[np.float64]) -> Head:
    """The head that puts the lesson beyond its bar and moves the other decisions as little as it can; Newton's method.

    Another row counts what it `holds`, by how near its decision lies to the bar: far below it may move freely, since
    nobody sees it.
    """
    rows, side = inputs[learnt.rows], 2.0 * learnt.target - 1
    others = np.delete(inputs, learnt.rows, axis=0)
    near = np.delete(holds, learnt.rows) / (1 + np.exp(np.clip(learnt.bar - NEAR - others @ head, -500, 500)))
    stiff = others.T @ (others * near[:, None]) + PRIOR_HEADS * np.eye(len(head))
    bars = learnt.bar + MARGIN * learnt.target

    def loss(found: Head) -> float:
        short, change = side * (rows @ found - bars), found - head
        return float(learnt.weights @ np.logaddexp(0.0, -short) + change @ stiff @ change / 2)

    found, value = head, loss(head)
    for _ in range(_STEPS):
        unlearnt = 1 / (1 + np.exp(np.clip(side * (rows @ found - bars), -500, 500)))
        slope = stiff @ (found - head) - rows.T @ (learnt.weights * side * unlearnt)
        bend = stiff + rows.T @ (rows * (learnt.weights * unlearnt * (1 - unlearnt))[:, None])
        step, length = np.linalg.solve(bend, slope), 1.0
        while loss(found - length * step) > value and length > _SHORTEST:
            length /= 2
        found = found - length * step
        before, value = value, loss(found)
        if before - value <= _SETTLED * max(1.0, abs(value)):
            break
    return found


def _refit(head: Head, inputs: Any, learnt: Lesson, *, prior: float) -> Head:
    """Rows outside the lesson get the head's own probability as their target."""
    decisions = inputs @ head[:-1] + head[-1]
    target = 1 / (1 + np.exp(-np.clip(decisions, -500, 500)))
    weights, bars = np.ones(len(target)), np.zeros(len(target))
    target[learnt.rows], weights[learnt.rows] = learnt.target, learnt.weights
    bars[learnt.rows] = learnt.bar + MARGIN * learnt.target
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


def refit_gate(gate: Head, harmless: Head, ordinary: Head, hard: Head, near: Head) -> Head:
    """The gate that lets each correction through which should alarm, and nearly all that is a word away from one.

    All but `gate` are n-gram decisions, shape (texts, labels): of our own harmless drafts, of ordinary posts, of which
    as many stay easy as before, of the corrections, and of those with one word left out.
    """
    if not len(hard):
        return gate
    inputs = np.vstack([harmless, ordinary, hard])
    target = np.repeat([0.0, 1.0], [len(harmless) + len(ordinary), len(hard)])
    weights = np.where(target == 1, GATED, GATED * len(hard) / (len(target) - len(hard)))
    towards = estimate(gate, inputs, target, weights, 0.0, prior=PRIOR_GATE)[:-1]
    usual = -float(np.quantile(ordinary @ towards, float((ordinary @ gate[:-1] + gate[-1] < 0).mean())))
    beside = float(np.quantile(near @ towards, ASIDE, method="lower")) if len(near) else np.inf
    least = -min(float((hard @ towards).min()), beside)
    return np.append(towards, max(usual, least))


def bars(platt: Head, thresholds: Mapping[str, float]) -> Head:
    """The decisions at which each label's calibrated probability reaches its threshold, shape (labels,)."""
    wanted = np.clip([thresholds[label] for label in LABELS], 1e-6, 1 - 1e-6)
    found: Head = (np.log((1 - wanted) / wanted) - platt[1]) / platt[0]
    return found


def alarming(labels: Mapping[str, int]) -> bool:
    """Whether a rule may alarm on a text with these labels."""
    return any(labels.get(label) == 1 for label in ALARMING)
