"""Which words moved a score: its head is linear and the features are a mean, so it parts into the tokens' shares.

Exact for the head; what a token means was mixed in from its neighbours by the layers below (Abnar and Zuidema,
"Quantifying Attention Flow in Transformers", 2020, on why that matters). Checked against annotated spans by
`python -m bench.explanations`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.classifier.encoder import Encoded
from app.classifier.wording import raw_places
from app.domain import Text

Places = tuple[tuple[int, int], ...]
"""start and end in the raw field, in order"""
_LEAST = 0.5
"""share of the strongest word's that a word must have"""
_MOST = 3
"""words; with more, agreement with annotated spans falls"""


def moving_words(text: Text, encoded: Encoded, shares: NDArray[np.float64]) -> Places:
    """The places of the words that spoke for a label most, given each token's share, shape (tokens,)."""
    known = [(start, end, float(share)) for (start, end), share in zip(encoded.places, shares, strict=True) if end]
    words: list[list[float]] = []
    for start, end, share in known:
        if words and words[-1][1] == start:  # a piece of the same word
            words[-1] = [words[-1][0], end, max(words[-1][2], share)]
        else:
            words.append([start, end, share])
    strongest = max((word[2] for word in words), default=0.0)
    if strongest <= 0.0:
        return ()
    chosen = sorted((w for w in words if w[2] >= _LEAST * strongest), key=lambda word: -word[2])[:_MOST]
    places = raw_places(text)
    return tuple(sorted({(places[int(start)][0], places[int(end) - 1][1]) for start, end, _ in chosen}))
