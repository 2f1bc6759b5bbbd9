"""Charts of a comparison as inline SVG: receiver operating characteristic and reliability diagram."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SIZE, _EDGE = 180, 22
_BINS = 10
Points = Sequence[tuple[float, float]]


def roc(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Share of zeros and of ones at or above each probability, from none to all."""
    order = np.argsort(-probability, kind="stable")
    ones, zeros = np.cumsum(truth[order]), np.cumsum(1 - truth[order])
    last = np.append(np.diff(probability[order]) != 0, True)  # equal probabilities are one step
    return [(0.0, 0.0), *zip((zeros / zeros[-1])[last].tolist(), (ones / ones[-1])[last].tolist(), strict=True)]


def reliability(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Stated probability and true share in bins of equally many drafts."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, _BINS) if len(part)]
    return [(float(probability[part].mean()), float(truth[part].mean())) for part in parts]


def chart(title: str, across: str, up: str, old: Points, new: Points, *, dots: bool = False) -> str:
    """Two curves over the unit square, the diagonal behind them. Titles are ours: nothing here needs escaping."""
    side = _SIZE - 2 * _EDGE
    parts = [
        f'<svg viewBox="0 0 {_SIZE} {_SIZE}" role="img" aria-label="{title}"><title>{title}</title>',
        f'<rect class="frame" x="{_EDGE}" y="{_EDGE}" width="{side}" height="{side}"/>',
        f'<line class="even" x1="{_EDGE}" y1="{_SIZE - _EDGE}" x2="{_SIZE - _EDGE}" y2="{_EDGE}"/>',
        f'<text x="{_SIZE / 2}" y="14" text-anchor="middle">{title}</text>',
        f'<text x="{_SIZE / 2}" y="{_SIZE - 6}" text-anchor="middle">{across}</text>',
        f'<text x="12" y="{_SIZE / 2}" text-anchor="middle" transform="rotate(-90 12 {_SIZE / 2})">{up}</text>',
    ]
    for name, points in (("old", old), ("new", new)):
        placed = [(_EDGE + x * side, _SIZE - _EDGE - y * side) for x, y in points]
        parts.append(f'<polyline class="{name}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in placed)}"/>')
        if dots:
            parts += [f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in placed]
    return "".join(parts) + "</svg>"
