"""The alarm curve: for each label, the score that a given share of ordinary official posts exceeds.

A policy says how many false alarms in a thousand it accepts, and the threshold follows from the curve. Few posts lie in
the far tail, so beyond the highest hundredth it is taken as exponential in the decision (peaks over threshold:
Pickands, "Statistical Inference Using Extreme Order Statistics", 1975). Accounts differ more than posts do, so each
threshold is the upper bound of a bootstrap over accounts: other accounts should keep the budget, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import Model
from app.classifier.odds import logit
from app.domain import Among
from app.text import read
from app.training.rows import Row

PER_1000 = (100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
CONFIDENCE = 0.9
"""with which a threshold keeps its rate among other accounts"""
_TAIL = 0.01
_LEAST, _DIGITS = 1e-6, 9
"""how near a threshold may come to 0 and 1, and its decimals"""
_RESAMPLES, _SEED = 100, 20261124


def alarm_curve(model: Model, ordinary: Mapping[Among, Sequence[Row]]) -> dict[str, Any]:
    """`{"per_1000": rates, "posts": {"n", "thresholds": {label: strengths}}, "replies": …, "personal": …}`.

    Empty without posts; where there are no replies or no private persons' posts, the curve of posts serves for them.
    """
    if not ordinary.get("posts"):
        return {}
    measured = {among: _measured(model, rows) for among, rows in ordinary.items() if rows}
    return {"per_1000": list(PER_1000)} | {among: measured.get(among, measured["posts"]) for among in get_args(Among)}


def shifted(curve: Mapping[str, Any], before: NDArray[np.float64], after: NDArray[np.float64]) -> dict[str, Any]:
    """The curve of a retrained model: higher by as much as the strengths of the same ordinary posts rose, at each rate.

    Strengths of shape (posts, labels). Never lower: the posts of a sample are not those that the curve was measured on.
    """
    moved = {
        label: np.maximum(0.0, _odds_at_rates(after[:, at]) - _odds_at_rates(before[:, at]))
        for at, label in enumerate(LABELS)
    }

    def raised(measured: Mapping[str, Any]) -> dict[str, Any]:
        thresholds = {label: _written(logit(found) + moved[label]) for label, found in measured["thresholds"].items()}
        return {**measured, "thresholds": thresholds}

    return {**curve} | {among: raised(curve[among]) for among in get_args(Among)}


def _written(odds: NDArray[np.float64]) -> list[float]:
    """Thresholds for curve.json, from log-odds at falling rates.

    They never fall, since the rarer alarm asks for more; and they keep clear of 0 and 1, with digits enough to come
    back as the same log-odds: next to 1 the fifth decimal is worth several.
    """
    rising = 1 / (1 + np.exp(-np.maximum.accumulate(odds)))
    found: list[float] = np.clip(rising, _LEAST, 1 - _LEAST).round(_DIGITS).tolist()
    return found


def _measured(model: Model, ordinary: Sequence[Row]) -> dict[str, Any]:
    scores = model.score([read(row.text, language="en") for row in ordinary])
    strengths = np.array([[score.strengths[label] for label in LABELS] for score in scores])
    rng = np.random.default_rng(_SEED)
    accounts = np.unique([row.family for row in ordinary], return_inverse=True)[1]
    rows_of = [np.flatnonzero(accounts == account) for account in range(accounts.max() + 1)]
    drawn = [
        np.concatenate([rows_of[account] for account in rng.integers(0, len(rows_of), len(rows_of))])
        for _ in range(_RESAMPLES)
    ]
    thresholds = {}
    for at, label in enumerate(LABELS):
        resampled = np.array([_odds_at_rates(strengths[rows, at]) for rows in drawn])
        thresholds[label] = _written(np.quantile(resampled, CONFIDENCE, axis=0))
    return {"n": len(ordinary), "accounts": len(rows_of), "thresholds": thresholds}


def _odds_at_rates(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The log-odds that each rate of `PER_1000` of these probabilities exceeds."""
    decisions = logit(probabilities)
    start = float(np.quantile(decisions, 1 - _TAIL))
    above = decisions[decisions > start]
    excess = float((above - start).mean()) if len(above) else 0.0
    rates = [per_1000 / 1000 for per_1000 in PER_1000]
    return np.array(
        [np.quantile(decisions, 1 - rate) if rate >= _TAIL else start + excess * np.log(_TAIL / rate) for rate in rates]
    )
