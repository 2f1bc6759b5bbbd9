"""Log-odds: the scale of decisions, wherever probabilities are moved or interpolated."""

from __future__ import annotations

import numpy as np
import pytest

from app.classifier.odds import logit


def test_log_odds_are_those_of_the_probability_and_finite_at_the_ends() -> None:
    """A strength that rounds to 1 would make every threshold beside it infinite."""
    odds = logit([0.0, 0.25, 0.5, 1.0])

    assert odds[1:3] == pytest.approx([np.log(1 / 3), 0.0])
    assert np.isfinite(odds).all()
    assert odds[0] == pytest.approx(-odds[3])
