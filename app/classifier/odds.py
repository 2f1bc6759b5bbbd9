"""Odds: probabilities on the scale that heads decide and curves are interpolated on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def logit(probabilities: ArrayLike) -> NDArray[np.float64]:
    """Log-odds; finite for 0 and 1 too, which floats round to that no head ever means."""
    clipped = np.clip(np.asarray(probabilities, dtype=np.float64), 1e-9, 1 - 1e-9)
    found: NDArray[np.float64] = np.log(clipped / (1 - clipped))
    return found
