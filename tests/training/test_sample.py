"""The sample: what the stages see of ordinary posts, shipped with a model, read only where it can be."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.classifier.model import Model, load
from app.errors import BadModel
from app.training.heads import Seen
from app.training.measure import budgets
from app.training.promote import write_weights
from app.training.rows import Row
from app.training.sample import COUNTED, HOLDING, MOST, SAMPLE, _is_official, load_sample, sample_alarms, sample_file
from tests.tiny_models import ENCODER, heads, write_encoder, write_tiny

Sampled = Callable[..., Model]


def _vouched(folder: Path, name: str, arrays: Mapping[str, Any]) -> None:
    """A file that the manifest names."""
    raw = write_weights({each: np.asarray(array) for each, array in arrays.items()})
    (folder / name).write_bytes(raw)
    manifest: Mapping[str, Any] = json.loads((folder / "manifest.json").read_text())
    files = {**manifest["files"], name: hashlib.sha256(raw).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": files}))


@pytest.fixture
def sampled(tmp_path: Path) -> Sampled:
    """A model with the sample given, and with other heads."""

    def make(features: Any, grams: Any, *, encoder: str | None = ENCODER, heads: Any = None) -> Model:
        if encoder is not None:
            write_encoder(tmp_path, encoder)
        folder = write_tiny(tmp_path, "tiny", encoder=encoder, thresholds=0.7)
        _vouched(folder, SAMPLE, {"features": features, "grams": grams})
        if heads is not None:
            _vouched(folder, "heads.npz", heads)
        return load(folder)

    return make


@pytest.mark.parametrize(("features", "grams"), [(3, 2), (0, 0)])
def test_a_sample_whose_rows_do_not_match_is_refused(sampled: Sampled, features: int, grams: int) -> None:
    """One post's features beside another's decisions would hold the heads at nonsense; no rows hold nothing."""
    model = sampled(np.zeros((features, WIDTH)), np.zeros((grams, len(LABELS))))

    with pytest.raises(BadModel, match=r"sample\.npz holds arrays of the wrong shape"):
        load_sample(model, HOLDING)


def test_a_sample_of_a_model_without_heads_is_left_alone(sampled: Sampled) -> None:
    """It can't be scored without an encoder's heads: retraining such a model must not end in an assertion."""
    model = sampled(np.zeros((2, WIDTH)), np.zeros((2, len(LABELS))), encoder=None)

    assert load_sample(model, HOLDING) is None
    assert sample_alarms(model) is None


def test_alarms_are_counted_on_the_rows_that_nothing_is_fitted_to(sampled: Sampled) -> None:
    """Each post once, whichever labels alarm, by the stage that would answer it; the even rows hold the heads."""
    one, two = list(budgets())[:2]
    columns = [LABELS.index(one), LABELS.index(two)]
    reading = heads()
    reading["coefficients"][[WIDTH + column for column in columns], columns] = 1.0
    reading["gate"] = np.append(np.eye(len(LABELS))[columns[0]], 1.0)  # easy where the first lies below -1
    odd = [(3, 3), (0, 0), (-2, 3), (-3, 0)]
    grams = np.zeros((8, len(LABELS)))
    grams[::2, columns] = 3
    grams[1::2, columns] = odd
    model = sampled(np.zeros((8, WIDTH)), grams, heads=reading)

    found = sample_alarms(model)

    assert found is not None
    assert found["of"] == model.manifest["files"][SAMPLE]
    assert (found["n"], found["alarms"], found["encoded"]) == (4, 2, 2)
    assert {label: count for label, count in found["labels"].items() if count} == {one: 1, two: 2}


def test_the_parts_share_no_row_and_leave_none_out(sampled: Sampled) -> None:
    """A post that holds the heads and is counted too would flatter the model."""
    grams = np.repeat(np.arange(5.0)[:, None], len(LABELS), axis=1)
    model = sampled(np.zeros((5, WIDTH)), grams)

    parts = [load_sample(model, part) for part in (HOLDING, COUNTED)]

    assert [part.grams[:, 0].tolist() for part in parts if part is not None] == [[0, 2, 4], [1, 3]]


_OFFICIAL = {"personal_voice": 0, "insult": 0}


@pytest.mark.parametrize(
    ("labels", "official"),
    [
        (_OFFICIAL, True),
        ({**_OFFICIAL, "levity": 1}, True),
        ({**_OFFICIAL, "insult": 1}, False),
        ({**_OFFICIAL, "personal_voice": 1}, False),
        ({"personal_voice": 0}, False),
        ({}, False),
    ],
)
def test_a_post_is_official_where_that_is_known(labels: dict[str, int], official: bool) -> None:
    """A corpus that says nothing of a label is full of what the label is for."""
    assert _is_official(Row("a", labels, "f", "brands")) is official


class _Stages:
    """Sees of a row the number that its text tells."""

    def see(self, rows: Sequence[Row]) -> Seen:
        numbers = np.array([float(row.text) for row in rows])
        features = np.repeat(numbers[:, None], WIDTH, axis=1).astype(np.float32)
        return Seen(rows, features, np.repeat(numbers[:, None], len(LABELS), axis=1))


def test_the_sample_is_drawn_from_official_posts_of_others() -> None:
    """Our own drafts are near misses by design, and the heads have learnt from them."""
    official = [Row(str(number), _OFFICIAL, "f", "brands") for number in range(MOST + 1)]
    others = [Row("-1", _OFFICIAL, "f", "own"), Row("-2", {}, "f", "brands")]

    raw = sample_file(_Stages(), official + others, seed=1)[SAMPLE]  # type: ignore[arg-type]

    arrays = np.load(io.BytesIO(raw))
    assert {name: arrays[name].shape for name in arrays} == {
        "features": (MOST, WIDTH), "grams": (MOST, len(LABELS)),
    }  # fmt: skip
    assert arrays["grams"].min() >= 0
    assert len(np.unique(arrays["grams"])) == MOST
    assert raw == sample_file(_Stages(), official + others, seed=1)[SAMPLE]  # type: ignore[arg-type]
    assert sample_file(_Stages(), others, seed=1) == {}  # type: ignore[arg-type]
