"""The sample: what the stages see of ordinary posts, shipped with a model, read only where it can be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.classifier.model import Model, load
from app.errors import BadModel
from app.training.promote import write_weights
from app.training.sample import SAMPLE, load_sample, sample_alarms
from tests.tiny_models import ENCODER, write_encoder, write_tiny

Sampled = Callable[..., Model]


@pytest.fixture
def sampled(tmp_path: Path) -> Sampled:
    """A model with the sample given, whose manifest vouches for it."""

    def make(features: Any, grams: Any, *, encoder: str | None = ENCODER, thresholds: float = 0.5) -> Model:
        if encoder is not None:
            write_encoder(tmp_path, encoder)
        folder = write_tiny(tmp_path, "tiny", encoder=encoder, thresholds=thresholds)
        raw = write_weights({"features": np.asarray(features), "grams": np.asarray(grams)})
        (folder / SAMPLE).write_bytes(raw)
        manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text())
        files = {**manifest["files"], SAMPLE: hashlib.sha256(raw).hexdigest()}
        (folder / "manifest.json").write_text(json.dumps({**manifest, "files": files}))
        return load(folder)

    return make


@pytest.mark.parametrize(("features", "grams"), [(3, 2), (0, 0)])
def test_a_sample_whose_rows_do_not_match_is_refused(sampled: Sampled, features: int, grams: int) -> None:
    """One post's features beside another's decisions would hold the heads at nonsense; no rows hold nothing."""
    model = sampled(np.zeros((features, WIDTH)), np.zeros((grams, len(LABELS))))

    with pytest.raises(BadModel, match=r"sample\.npz holds arrays of the wrong shape"):
        load_sample(model)


def test_a_sample_of_a_model_without_heads_is_left_alone(sampled: Sampled) -> None:
    """It can't be scored without an encoder's heads: retraining such a model must not end in an assertion."""
    model = sampled(np.zeros((2, WIDTH)), np.zeros((2, len(LABELS))), encoder=None)

    assert load_sample(model) is None
    assert sample_alarms(model) is None
