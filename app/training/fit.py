"""Fit: one vocabulary over all rows, one masked logistic regression per label, Platt's calibration out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from app.classifier import LABELS
from app.classifier.features import grams
from app.errors import Invalid
from app.text import read
from app.training.rows import Row

MAX_FEATURES = 70_000
C = 2.0
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Fitted:
    """The exported arrays, and scikit-learn's own parts for the test that both agree."""

    vectorizer: TfidfVectorizer
    heads: dict[str, LogisticRegression]
    """by label, in the order of the columns below"""
    platt: NDArray[np.float64]
    """shape (2, labels): a and b of 1 / (1 + exp(a * decision + b))"""
    decisions: NDArray[np.float64]
    """shape (rows, labels): of a head that never saw the row's family, or, where the label is unknown, never the row"""

    @property
    def out_of_fold(self) -> NDArray[np.float64]:
        """`decisions` as probabilities."""
        probabilities: NDArray[np.float64] = 1 / (1 + np.exp(self.platt[0] * self.decisions + self.platt[1]))
        return probabilities

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What weights.npz holds."""
        words = self.vectorizer.get_feature_names_out()
        return {
            "vocabulary": np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
            "idf": self.vectorizer.idf_.astype(np.float32),
            "coefficients": np.stack([head.coef_[0] for head in self.heads.values()], axis=1).astype(np.float16),
            "intercepts": np.array([head.intercept_[0] for head in self.heads.values()]),
            "platt": self.platt,
        }


def fit(
    rows: Sequence[Row],
    *,
    seed: int,
    labels: Sequence[str] = LABELS,
    vectorizer: TfidfVectorizer | None = None,
    c: float = C,
) -> Fitted:
    """Fit the heads of `labels`, with the vocabulary of `rows` or, where it is given, of a fitted `vectorizer`.

    `c`: the inverse of the penalty's strength. Raises Invalid for a label of which only one class, or too little, is
    known.
    """
    vectorizer, matrix = _features(rows, vectorizer)
    heads: dict[str, LogisticRegression] = {}
    platt, decisions = np.zeros((2, len(labels))), np.zeros((len(rows), len(labels)))
    for column, label in enumerate(labels):
        known = np.array([index for index, row in enumerate(rows) if label in row.labels])
        target = np.array([rows[index].labels[label] for index in known])
        families = np.array([rows[index].family for index in known])
        if any(len(set(families[target == value])) < FOLDS for value in (0, 1)):
            raise Invalid(_TOO_LITTLE.format(label=label))
        part = _Part(matrix[known], target, np.array([rows[index].weight for index in known]), c)
        heads[label] = part.head(seed=seed)
        decisions[:, column] = heads[label].decision_function(matrix)
        decisions[known, column] = _out_of_fold(part, families, label, seed=seed)
        platt[:, column] = _platt(part, decisions[known, column])
    return Fitted(vectorizer, heads, platt, decisions)


_TOO_LITTLE = f"label {{label!r}}: both 0 and 1 are needed among the drafts to learn from, in {FOLDS} families each"


def _features(rows: Sequence[Row], known: TfidfVectorizer | None) -> tuple[TfidfVectorizer, csr_matrix]:
    """The vocabulary, of all rows if none is known, and features. Raises Invalid where no two drafts share a word."""
    texts = [read(row.text, language="en") for row in rows]
    if known is not None:
        return known, csr_matrix(known.transform(texts))
    vectorizer = TfidfVectorizer(
        analyzer=grams, sublinear_tf=True, min_df=3 if len(rows) > 5_000 else 2, max_features=MAX_FEATURES
    )
    try:
        matrix = vectorizer.fit_transform(texts)
    except ValueError as error:
        raise Invalid(f"these drafts give no vocabulary: {error}") from error
    return vectorizer, csr_matrix(matrix)


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that say something about one label."""

    matrix: csr_matrix
    target: NDArray[np.int64]
    weight: NDArray[np.float64]
    c: float

    def head(self, chosen: NDArray[np.intp] | None = None, *, seed: int) -> LogisticRegression:
        rows = np.arange(len(self.target)) if chosen is None else chosen
        head = LogisticRegression(C=self.c, solver="liblinear", random_state=seed, max_iter=200)
        return head.fit(self.matrix[rows], self.target[rows], sample_weight=self.weight[rows])


def _out_of_fold(part: _Part, families: NDArray[Any], label: str, *, seed: int) -> NDArray[np.float64]:
    decisions = np.zeros(len(part.target))
    folds = StratifiedGroupKFold(n_splits=FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(part.matrix, part.target, groups=families):
        if len(set(part.target[train])) < 2:
            raise Invalid(_TOO_LITTLE.format(label=label))
        decisions[test] = part.head(train, seed=seed).decision_function(part.matrix[test])
    return decisions


def _platt(part: _Part, decisions: NDArray[np.float64]) -> tuple[float, float]:
    """Platt's a and b from out-of-fold decisions (Platt 1999).

    No row counts more than one: half of our own drafts are ones by design, and their weight would raise every score.
    """
    weight = np.minimum(part.weight, 1.0)
    sigmoid = LogisticRegression(C=1e6).fit(decisions[:, None], part.target, sample_weight=weight)
    return -float(sigmoid.coef_[0, 0]), -float(sigmoid.intercept_[0])
