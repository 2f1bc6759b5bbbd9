"""What the sentences of an apology say: n-grams and one logistic regression per head, as the classifier's first stage.

A word list knows the excuses that somebody thought of; these heads have learnt from sentences, and see others like
them. The folder `models/apology` holds weights.npz and its papers, verified as any model's.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier.ngram import NGrams, stage_of
from app.classifier.papers import contents, manifest_of
from app.domain import Sentence, Span, Text
from app.text import read
from app.text.sentences import sentences

FORMAT = "prepost-apology-1"
FOLDER = "apology"
"""in the folder of models"""
HEADS = ("conditional", "excuse", "blame", "hacked", "arguing", "boardroom", "play", "sell", "named", "action")
"""what makes an apology poor, and last what it must not lack: what was wrong or is right, and what is done"""
_MOST = 200
"""sentences that are read; a text of more is no apology"""
_LARGEST_EXPONENT = 700.0


class ApologyModel:
    """Safe to share between threads."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]], version: str) -> None:
        self.version = version
        self._grams = NGrams(arrays)
        self._platt: NDArray[np.float64] = arrays["platt"].astype(np.float64)
        weakref.finalize(self, vars(self._grams).clear).atexit = False  # a cycle, as in `Model`

    @classmethod
    def load(cls, models: Path) -> ApologyModel | None:
        """None where there is none. Raises BadModel with the file at fault."""
        folder = models / FOLDER
        if not folder.exists():
            return None
        manifest = manifest_of(folder, {"format": FORMAT, "labels": list(HEADS)})
        raw = contents(folder, manifest["files"], ["weights.npz"])["weights.npz"]
        digest = manifest["files"]["weights.npz"]
        return _shared(folder / "weights.npz", digest, raw, manifest["version"])

    def read(self, text: Text) -> tuple[Sentence, ...]:
        """Each sentence of the text with the probability of each head."""
        found = []
        for start, end in list(sentences(text.raw))[:_MOST]:
            decision = self._grams.decision(read(text.raw[start:end], text.field, language="en"))
            exponents = np.minimum(self._platt[0] * decision + self._platt[1], _LARGEST_EXPONENT)
            strengths = 1.0 / (1.0 + np.exp(exponents))
            if not np.isfinite(strengths).all():  # it would lie below every threshold: a silent pass
                raise FloatingPointError("a score is no number")
            found.append(Sentence(Span(start, end, text.field), dict(zip(HEADS, strengths.tolist(), strict=True))))
        return tuple(found)


_LOADED: weakref.WeakValueDictionary[tuple[str, str], ApologyModel] = weakref.WeakValueDictionary()
"""by the digest of the weights and the version: several services of one process share a model"""


def _shared(path: Path, digest: str, raw: bytes, version: str) -> ApologyModel:
    model = _LOADED.get((digest, version))
    if model is None:
        model = _LOADED[digest, version] = ApologyModel(stage_of(path, raw, len(HEADS)), version)
    return model
