"""Scores: reckoned as the arrays say, the same alone and in company, for any text at all."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.classifier import LABELS
from app.classifier.model import Model, load_current
from app.text import read


@pytest.fixture
def model(models: Path) -> Model:
    return load_current(models)


def test_a_score_is_what_one_reckons_by_hand(model: Model) -> None:
    """Sublinear counts times idf, scaled to length 1, times coefficients, through Platt's sigmoid."""
    # "sale our boots": w:boots, w:sale, "w:our boots" and "c: boo" once each
    values = np.array([1.0, 2.0, 1.5, 1.25])
    values /= math.sqrt(float(values @ values))
    decision = float(values @ np.array([0.5, -1.0, 0.25, 2.0])) - 0.25
    expected = 1 / (1 + math.exp(-1.5 * decision + 0.5))

    scores = model.score([read("Sale! Our boots", language="en")])[0]

    assert scores.strengths[LABELS[0]] == pytest.approx(expected, abs=1e-12)
    assert scores.model == "tiny"


def test_a_repeated_word_counts_by_the_logarithm_of_its_number(model: Model) -> None:
    """As the vectoriser does in training."""
    # "sale sale sale" has w:sale three times and nothing else that is known, so its length is 1 whatever the count
    once, thrice = (model.decision(read(text, language="en")) for text in ("sale", "sale sale sale"))
    both = model.decision(read("sale, sale: boots", language="en"))
    values = np.array([1.0, 2.0 * (1 + math.log(2)), 0.0, 1.25])
    values /= math.sqrt(float(values @ values))

    assert once.tolist() == thrice.tolist()
    assert both[0] == pytest.approx(float(values @ np.array([0.5, -1.0, 0.25, 2.0])) - 0.25, abs=1e-12)


def test_a_text_without_known_words_gets_the_intercepts(model: Model) -> None:
    """Nothing known is no reason to fail."""
    for text in ("", "zzz", "💐", "ไม่มี"):
        assert model.decision(read(text, language="en")).tolist() == [-(n + 1) / 4 for n in range(len(LABELS))]


def test_the_same_text_scores_the_same_alone_and_in_a_batch(model: Model) -> None:
    """To the last bit: an audit must be able to replay a verdict."""
    texts = [read(text, language="en") for text in ("sale", "our boots", "", "our boots on sale, our boots")]

    assert model.score(texts) == [model.score([text])[0] for text in texts]


def test_a_decision_beyond_what_exp_can_hold_is_still_a_probability(model: Model) -> None:
    """An overflow would be a warning at best."""
    model._platt[:] = [[-5_000.0] * len(LABELS), [5_000.0] * len(LABELS)]

    strengths = model.score([read("boots", language="en")])[0].strengths

    assert {round(strength, 12) for strength in strengths.values()} <= {0.0, 1.0}


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=300))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gets_probabilities(model: Model, text: str) -> None:
    """Lone surrogates, controls and unassigned code points included."""
    for probability in model.score([read(text)])[0].probabilities["posts"].values():
        assert 0.0 <= probability <= 1.0


def test_a_long_draft_is_read_only_so_far(model: Model) -> None:
    """Cost stays bounded at 100,000 code points: what comes late changes nothing."""
    text = "boots " * 1_000

    assert model.score([read(text, language="en")]) == model.score([read(text + "sale " * 15_000, language="en")])


def test_a_score_that_is_no_number_is_a_failure(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lies below every threshold: each rule on scores would pass in silence."""
    monkeypatch.setattr(model.grams, "decision", lambda text: np.full(len(LABELS), np.nan))

    with pytest.raises(FloatingPointError):
        model.score([read("boots", language="en")])
