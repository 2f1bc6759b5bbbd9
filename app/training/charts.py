"""Charts of a comparison as inline SVG: receiver operating characteristic, precision and recall, reliability."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_SIZE, _EDGE = 180, 22
_BINS = 10
Points = Sequence[tuple[float, float]]
DIAGONAL: Points = ((0.0, 0.0), (1.0, 1.0))


def roc(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Share of zeros and of ones at or above each probability, from none to all."""
    order = np.argsort(-probability, kind="stable")
    ones, zeros = np.cumsum(truth[order]), np.cumsum(1 - truth[order])
    last = np.append(np.diff(probability[order]) != 0, True)  # equal probabilities are one step
    return [(0.0, 0.0), *zip((zeros / zeros[-1])[last].tolist(), (ones / ones[-1])[last].tolist(), strict=True)]


def precision_recall(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Recall and precision at each probability that catches more ones, as steps.

    In steps because precision doesn't run straight between two of them (Davis and Goadrich, "The Relationship Between
    Precision-Recall and ROC Curves", 2006); the area below is the average precision.
    """
    order = np.argsort(-probability, kind="stable")
    last = np.append(np.diff(probability[order]) != 0, True)  # equal probabilities are one step
    caught = np.cumsum(truth[order])[last]
    precision = caught / (np.flatnonzero(last) + 1)
    more = np.diff(caught, prepend=0) > 0
    recall = (caught[more] / caught[-1]).tolist()
    steps = zip([0.0, *recall], recall, precision[more].tolist(), strict=False)
    return [point for start, end, height in steps for point in ((start, height), (end, height))]


def reliability(truth: NDArray[np.int64], probability: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Stated probability and true share in bins of equally many drafts."""
    order = np.argsort(probability, kind="stable")
    parts = [part for part in np.array_split(order, _BINS) if len(part)]
    return [(float(probability[part].mean()), float(truth[part].mean())) for part in parts]


def chart(
    of: str, kind: str, axes: tuple[str, str], old: Points, new: Points, *, even: Points = DIAGONAL, dots: bool = False
) -> str:
    """Two curves over the unit square. Titles are ours: nothing here needs escaping.

    `even`: the line behind them, which a model that knows nothing, or for reliability one without fault, would draw.
    """
    side, (across, up) = _SIZE - 2 * _EDGE, axes
    middle, bottom = _SIZE / 2, _SIZE - 7
    parts = [
        f'<svg viewBox="0 0 {_SIZE} {_SIZE}" role="img" aria-label="{of}: {kind}"><title>{of}: {kind}</title>',
        f'<rect class="frame" x="{_EDGE}" y="{_EDGE}" width="{side}" height="{side}"/>',
        f'<polyline class="even" points="{_placed(even)}"/>',
        f'<text x="{middle}" y="15">{kind}</text>',
        f'<text x="{middle}" y="{bottom}">{across}</text>',
        f'<text x="13" y="{middle}" transform="rotate(-90 13 {middle})">{up}</text>',
        f'<text x="{_EDGE}" y="{bottom}">0</text><text x="{_SIZE - _EDGE}" y="{bottom}">1</text>',
        f'<text x="13" y="{_EDGE + 4}">1</text>',
    ]
    # The dashed one last: where both run the same way, both are seen.
    for name, points in (("new", new), ("old", old)):
        parts.append(f'<polyline class="{name}" points="{_placed(points)}"/>')
        if dots:
            parts += [f'<circle class="{name}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in map(_place, points)]
    return "".join(parts) + "</svg>"


def _placed(points: Points) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, points))


def _place(point: tuple[float, float]) -> tuple[float, float]:
    side = _SIZE - 2 * _EDGE
    return _EDGE + point[0] * side, _SIZE - _EDGE - point[1] * side
