"""The alarm curve: for each label, the score that a given share of ordinary official posts exceeds.

A policy says how many false alarms in a thousand it accepts, and the threshold follows from the curve. Few posts lie in
the far tail, so beyond the highest hundredth it is taken as exponential in the decision (peaks over threshold:
Pickands, "Statistical Inference Using Extreme Order Statistics", 1975).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import Model
from app.text import read
from app.training.rows import Row

PER_1000 = (100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
_TAIL = 0.01


def alarm_curve(model: Model, posts: Sequence[Row], *, replies: Sequence[Row] = ()) -> dict[str, Any]:
    """`{"per_1000": rates, "posts": {"n", "thresholds": {label: probabilities}}, "replies": …}`; empty without posts.

    Without replies of their own, the curve of posts serves for them.
    """
    if not posts:
        return {}
    curve: dict[str, Any] = {"per_1000": list(PER_1000), "posts": _measured(model, posts)}
    return curve | {"replies": _measured(model, replies) if replies else curve["posts"]}


def _measured(model: Model, ordinary: Sequence[Row]) -> dict[str, Any]:
    scores = model.score([read(row.text, language="en") for row in ordinary])
    thresholds = {label: _thresholds(np.array([score[label] for score in scores])) for label in LABELS}
    return {"n": len(ordinary), "thresholds": thresholds}


def _thresholds(probabilities: NDArray[np.float64]) -> list[float]:
    clipped = np.clip(probabilities, 1e-9, 1 - 1e-9)
    decisions = np.log(clipped / (1 - clipped))
    start = float(np.quantile(decisions, 1 - _TAIL))
    above = decisions[decisions > start]
    excess = float((above - start).mean()) if len(above) else 0.0
    found = []
    for rate in (per_1000 / 1000 for per_1000 in PER_1000):
        decision = np.quantile(decisions, 1 - rate) if rate >= _TAIL else start + excess * np.log(_TAIL / rate)
        found.append(round(float(1 / (1 + np.exp(-decision))), 5))
    return found
