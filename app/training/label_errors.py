"""Likely label errors, by confident learning with probabilities from folds that never saw the draft's family.

Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset Labels" (2021). A class's threshold
is the mean probability of that class among the drafts labelled so; a draft that passes the threshold of the other
class, and is likelier to be of it than of its own, is a suspect. The surest come first, by the margin between the two
("normalized margin"). A suspect is a draft to read again, not one to flip: hard cases of a rare label are among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from threadpoolctl import threadpool_limits

from app.classifier import LABELS
from app.training.drafts import Draft

FOLDS = 5
_C = 2.0
_MOST_FEATURES = 8_000
"""of words, and again of letters"""


class Suspect(NamedTuple):
    draft: Draft
    label: str
    given: int
    probability: float
    """of the label being 1, from a fold without the draft's family"""

    @property
    def margin(self) -> float:
        """How much surer the other value is than the one given, 0 to 1."""
        return abs(2 * self.probability - 1)


def suspects(drafts: Sequence[Draft], *, seed: int) -> list[Suspect]:
    """Likely errors among all labels, the surest first. A label with too little of 0 or 1 to learn from has none."""
    matrix = _features([draft.text for draft in drafts])
    # The solver's products are small: on a busy machine threads that wait for each other make it ten times slower.
    with threadpool_limits(1, user_api="blas"):
        found = [suspect for label in LABELS for suspect in _of_label(label, drafts, matrix, seed=seed)]
    return sorted(found, key=lambda suspect: (-suspect.margin, suspect.label, suspect.draft.where))


def _of_label(label: str, drafts: Sequence[Draft], matrix: csr_matrix, *, seed: int) -> list[Suspect]:
    known = np.array([index for index, draft in enumerate(drafts) if label in draft.labels], dtype=np.intp)
    given = np.array([drafts[index].labels[label] for index in known])
    families = np.array([drafts[index].family for index in known])
    if any(len(set(families[given == value])) < FOLDS for value in (0, 1)):
        return []
    probability = _out_of_fold(matrix[known], given, families, seed=seed)
    doubtful = np.flatnonzero(_doubtful(given, probability))
    return [Suspect(drafts[known[at]], label, int(given[at]), float(probability[at])) for at in doubtful]


def _features(texts: Sequence[str]) -> csr_matrix:
    """Words, pairs of words and the characters within them. Learnt from all drafts, for it sees no label."""
    common = {"sublinear_tf": True, "max_features": _MOST_FEATURES}
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"(?u)\w+|[^\w\s]", **common)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), **common)
    return hstack([part.fit_transform([text.casefold() for text in texts]) for part in (words, letters)], format="csr")


def _out_of_fold(
    matrix: csr_matrix, given: NDArray[np.int_], families: NDArray[np.str_], *, seed: int
) -> NDArray[np.float64]:
    probability = np.empty(len(given))
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, rest in folds.split(matrix, given, families):
        if len(set(given[train])) < 2:
            probability[rest] = given[train][0]
            continue
        head = LogisticRegression(C=_C, class_weight="balanced", solver="liblinear", random_state=seed)
        probability[rest] = head.fit(matrix[train], given[train]).predict_proba(matrix[rest])[:, 1]
    return probability


def _doubtful(given: NDArray[np.int_], probability: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where the other value passes its threshold and is the likelier of those that do."""
    own = np.where(given == 1, probability, 1 - probability)
    other = 1 - own
    threshold = {value: float(own[given == value].mean()) for value in (0, 1)}
    needed = np.where(given == 1, threshold[0], threshold[1])
    return (other >= needed) & (other > own)
