"""What is served is what scikit-learn would say: the same arrays, reckoned by our own few lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from app.classifier import LABELS
from app.classifier.model import FORMAT, Model
from app.domain import Text
from app.text import read
from app.training.fit import Fitted, fit
from app.training.rows import Row

TEXTS = (
    "",
    "Our new boots are here: 20 % off until Sunday! https://example.com #bootsale",
    "so hungover, why is everybody such an idiot today",
    "Our thoughts are with the families of those who died this morning.",
    "@sam reports are coming in that 12 people were hurt; we can't confirm this yet 💔",
    "ไม่มีอะไร",
    "buy buy buy " * 200,
)


@pytest.fixture(scope="module")
def fitted(few: list[dict]) -> Fitted:
    rows = [Row(row["text"], row["labels"], row["family"], "own") for row in few]
    return fit(rows, seed=1)


@pytest.fixture(scope="module")
def texts(few: list[dict]) -> list[Text]:
    return [read(text, language="en") for text in (*TEXTS, *(row["text"] for row in few[:100]))]


def _served(arrays: dict[str, np.ndarray], texts: list[Text]) -> np.ndarray:
    model = Model({"version": "here", "labels": LABELS, "format": FORMAT}, arrays, Path())
    return np.array([[scores.strengths[label] for label in LABELS] for scores in model.score(texts)])


def _scikit_learn(fitted: Fitted, texts: list[Text]) -> np.ndarray:
    """The vectoriser's matrix, each head's decision, and Platt's sigmoid as scikit-learn draws it."""
    matrix = fitted.vectorizer.transform(texts)
    columns = []
    for column, label in enumerate(LABELS):
        sigmoid = LogisticRegression()
        sigmoid.classes_, (a, b) = np.array([0, 1]), fitted.platt[:, column]
        sigmoid.coef_, sigmoid.intercept_ = np.array([[-a]]), np.array([-b])
        columns.append(sigmoid.predict_proba(fitted.heads[label].decision_function(matrix)[:, None])[:, 1])
    return np.stack(columns, axis=1)


def test_what_is_shipped_differs_from_scikit_learn_by_rounding_only(fitted: Fitted, texts: list[Text]) -> None:
    """Half-precision coefficients move a probability by less than a thousandth."""
    assert np.abs(_served(fitted.arrays(), texts) - _scikit_learn(fitted, texts)).max() < 1e-3


def test_with_the_same_numbers_both_agree_to_the_last_digits(fitted: Fitted, texts: list[Text]) -> None:
    """So the code that serves has no error of its own."""
    arrays = fitted.arrays()
    served = _served(arrays, texts)

    vectorizer, heads = fitted.vectorizer, fitted.heads
    kept = vectorizer.idf_.copy(), {label: head.coef_.copy() for label, head in heads.items()}
    vectorizer.idf_ = arrays["idf"].astype(np.float64)
    for column, label in enumerate(LABELS):
        heads[label].coef_ = arrays["coefficients"][:, column].astype(np.float64)[None, :]
    expected = _scikit_learn(fitted, texts)
    vectorizer.idf_ = kept[0]
    for label, head in heads.items():
        head.coef_ = kept[1][label]

    np.testing.assert_allclose(served, expected, rtol=0, atol=1e-9)


def test_a_probability_is_calibrated_out_of_fold(fitted: Fitted) -> None:
    """A higher decision means a higher probability, for every label: Platt's a is negative."""
    assert (fitted.platt[0] < 0).all()
