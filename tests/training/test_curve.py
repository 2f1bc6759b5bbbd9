"""The alarm curve: how many ordinary texts reach a strength, and what a retrained model makes of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.training.curve import PER_1000, shifted

HIGH = LABELS.index("hearsay")


def _curve(strength: float) -> dict[str, Any]:
    measured = {"n": 9, "thresholds": {label: [strength] * len(PER_1000) for label in LABELS}}
    return {"per_1000": list(PER_1000), "posts": measured, "replies": measured, "personal": measured}


def _strengths(rise: float) -> np.ndarray:
    """Of 2,000 posts; those of one label are higher by so much log-odds."""
    odds = np.random.default_rng(8).normal(-4, 1.5, (2_000, len(LABELS)))
    odds[:, HIGH] += rise
    return 1 / (1 + np.exp(-odds))


def test_a_threshold_rises_by_what_ordinary_posts_rose() -> None:
    """At every rate and for whoever's texts: else a retrained model would alarm more than its policy accepts."""
    found = shifted(_curve(0.5), _strengths(0.0), _strengths(1.0))

    for among in ("posts", "replies", "personal"):
        assert found[among]["thresholds"]["hearsay"] == pytest.approx([1 / (1 + np.exp(-1))] * len(PER_1000), abs=1e-3)
        assert found[among]["thresholds"]["insult"] == pytest.approx([0.5] * len(PER_1000), abs=1e-3)
    assert found["per_1000"] == list(PER_1000)


def test_a_threshold_never_falls() -> None:
    """A sample that grew calmer is no proof that other posts did."""
    found = shifted(_curve(0.5), _strengths(0.0), _strengths(-2.0))

    assert found["posts"]["thresholds"]["hearsay"] == [0.5] * len(PER_1000)
