"""The encoder: a small transformer as int8 ONNX, run on one thread, one text at a time.

One at a time because its activations are quantised by the range of what is in the run: in a batch, a text's scores
would depend on its neighbours.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.classifier.wording import wording
from app.domain import Text
from app.errors import BadModel

WINDOW = 96
"""tokens of a text that are read: what a post is about shows before that, and the cost stays bounded"""
WIDTH = 384
_UNFUSED = ["SkipLayerNormFusion"]
"""optimisers left out: with the fused kernel a post costs a sixth more than with an addition and a norm"""


class Encoded(NamedTuple):
    """A text as the heads see it."""

    tokens: NDArray[np.float32]
    """shape (tokens, 384); the features are their mean, so that a head's score parts into the tokens' shares"""
    places: list[tuple[int, int]]
    """start and end of each token in `wording(text)`; (0, 0) for the marks of beginning and end"""

    @property
    def features(self) -> NDArray[np.float32]:
        """shape (384,)"""
        mean: NDArray[np.float32] = self.tokens.mean(axis=0)
        return mean


class Encoder:
    """Loaded once; safe to share between threads. Raises BadModel where the files are none of an encoder.

    The weights come as a path: given as bytes they would stay in memory twice.
    """

    def __init__(self, weights: Path, tokenizer: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_str(tokenizer.decode("utf-8"))
            self._session = onnxruntime.InferenceSession(
                str(weights), options, providers=["CPUExecutionProvider"], disabled_optimizers=_UNFUSED
            )
        except Exception as error:
            raise BadModel(f"the encoder can't be loaded: {type(error).__name__}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(WINDOW)

    def encode(self, text: Text) -> Encoded:
        encoding = self._tokenizer.encode(wording(text))
        (tokens,) = self._session.run(None, {"ids": np.array([encoding.ids], dtype=np.int64)})
        return Encoded(tokens, encoding.offsets)
