"""The curves of a comparison: reckoned rightly, also where probabilities are equal."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from app.training.charts import chart, precision_recall


def test_precision_runs_in_steps_from_one_caught_to_the_next() -> None:
    """Equal probabilities are raised together: no order among them may look better than it is."""
    truth, probability = np.array([0, 1, 0, 1]), np.array([0.1, 0.9, 0.5, 0.5])

    assert precision_recall(truth, probability) == [(0.0, 1.0), (0.5, 1.0), (0.5, 2 / 3), (1.0, 2 / 3)]


@pytest.mark.parametrize("seed", range(5))
def test_the_area_below_is_the_average_precision(seed: int) -> None:
    """Prevents a page whose curve and figure tell two tales."""
    rng = np.random.default_rng(seed)
    truth, probability = np.append(rng.integers(0, 2, 40), 1), rng.integers(0, 9, 41) / 9

    recall, precision = np.array(precision_recall(truth, probability)).T

    assert np.trapezoid(precision, recall) == pytest.approx(average_precision_score(truth, probability))


def test_a_chart_says_what_it_shows_and_draws_the_line_of_who_knows_nothing() -> None:
    """For precision that is the share of ones, no diagonal."""
    curve = [(0.0, 1.0), (1.0, 0.5)]
    drawn = chart("threat", "precision and recall", ("recall", "precision"), curve, curve, even=((0, 0.5), (1, 0.5)))

    assert 'aria-label="threat: precision and recall"' in drawn
    assert '<polyline class="even" points="22.0,90.0 158.0,90.0"/>' in drawn
    assert drawn.index('class="new"') < drawn.index('class="old"')
