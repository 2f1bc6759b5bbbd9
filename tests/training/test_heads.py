"""Heads: what calibration makes of a label of which few rows are known."""

from __future__ import annotations

import numpy as np

from app.checks import CHECKS
from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.training.heads import Seen, platt
from app.training.rows import Row


def _seen(target: list[int]) -> Seen:
    rows = [Row(str(n), dict.fromkeys(LABELS, value), str(n), "own") for n, value in enumerate(target)]
    return Seen(rows, np.zeros((len(rows), WIDTH), dtype=np.float32), np.zeros((len(rows), len(LABELS))))


def _strengths(target: list[int], decisions: list[float]) -> np.ndarray:
    table = np.repeat(np.array(decisions)[:, None], len(LABELS), axis=1)
    a, b = platt(_seen(target), table)
    return np.asarray(1 / (1 + np.exp(a[0] * np.array(decisions) + b[0])))


def test_a_dozen_rows_that_are_parted_by_chance_make_no_certainty() -> None:
    """Prevents a strength of 1.000 for every tenth ordinary post: a new label has few drafts to calibrate on."""
    strengths = _strengths([0] * 8 + [1] * 4, [-1.0] * 8 + [1.0] * 4)

    assert 0.08 < strengths[0] < 0.12  # 1 / (8 + 2)
    assert 0.8 < strengths[-1] < 0.86  # (4 + 1) / (4 + 2)


def test_many_rows_are_calibrated_to_their_shares() -> None:
    """Platt's targets give way to the data: of the rows with this decision, three in four have the label."""
    strengths = _strengths(([0] * 3 + [1]) * 100 + ([1] * 3 + [0]) * 100, [-1.0] * 400 + [1.0] * 400)

    assert abs(strengths[0] - 0.25) < 0.01
    assert abs(strengths[-1] - 0.75) < 0.01


def test_no_rule_has_a_threshold_on_a_claim_alone() -> None:
    """Prevents an alarm on every third official post: claims, worth checking or quoted, are what such accounts post."""
    assert not {check.id for check in CHECKS if check.label in ("factual_claim", "check_worthy", "quotation")}
