"""Extend: a label more, and nothing else of what the model says has changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.encoder import WIDTH
from app.errors import Invalid
from app.training.extend import Kept, load_kept, stating, with_grams, with_heads
from app.training.fit import fit
from app.training.heads import Seen, Stages
from app.training.promote import write_model, write_weights
from app.training.rows import Row

KNOWN = LABELS[:-1]
ENCODER = {"folder": "encoder-x", "files": {}}


@pytest.fixture(scope="module")
def rows(few: list[dict[str, Any]]) -> list[Row]:
    return [Row(row["text"], row["labels"], row["family"], "own") for row in few]


@pytest.fixture(scope="module")
def kept(rows: list[Row]) -> Kept:
    """A model of all labels but the last."""
    grams = fit(rows, seed=1, labels=KNOWN).arrays()
    count, rng = len(KNOWN), np.random.default_rng(1)
    heads = {
        "coefficients": rng.normal(size=(WIDTH + count, count)),
        "intercepts": np.zeros(count),
        "platt": np.stack([-np.ones(count), np.zeros(count)]),
        "gate": rng.normal(size=count + 1),
    }
    return Kept("cascade-old", KNOWN, "encoder-x", grams, heads)


class _Told(Stages):
    """Features by the text's length; the n-gram decisions of the arrays given."""

    def see(self, rows: Any, grams: Any = None) -> Seen:
        features = np.array([[len(row.text)] * WIDTH for row in rows], dtype=np.float32)
        return Seen(rows, features, self.decisions(rows) if grams is None else grams)

    def decisions(self, rows: Any) -> Any:
        return np.array([[len(row.text) % 7 - column for column in range(len(LABELS))] for row in rows], dtype=float)


def test_the_known_columns_stay_to_the_last_digit(kept: Kept, rows: list[Row]) -> None:
    """Prevents a new label that moves the thresholds of all others."""
    fitted, grams = with_grams(kept, stating(rows, kept.lacking), seed=1)
    known = len(KNOWN)

    assert grams["coefficients"].shape[1] == len(LABELS)
    for name in ("vocabulary", "idf"):
        assert grams[name].tobytes() == kept.grams[name].tobytes()
    for name in ("coefficients", "platt"):
        assert grams[name][:, :known].tobytes() == kept.grams[name].tobytes()
    assert list(fitted.heads) == list(LABELS[known:])


def test_the_known_heads_do_not_look_at_the_new_decisions(kept: Kept, rows: list[Row]) -> None:
    """Their rows for the new n-gram decisions are zero, in the gate as well."""
    told = _Told(None, None, "", None, print)  # type: ignore[arg-type]
    own = stating(rows, kept.lacking)
    fitted, _ = with_grams(kept, own, seed=1)
    known = len(KNOWN)

    found = with_heads(kept, told, fitted, own, own, seed=1)

    assert found["coefficients"].shape == (WIDTH + len(LABELS), len(LABELS))
    np.testing.assert_array_equal(found["coefficients"][: WIDTH + known, :known], kept.heads["coefficients"])
    assert not found["coefficients"][WIDTH + known :, :known].any()
    np.testing.assert_array_equal(np.delete(found["gate"], [known]), kept.heads["gate"])
    assert not found["gate"][known : known + 1].any()


def test_only_drafts_that_state_each_new_label_teach_it() -> None:
    """A draft that is silent says nothing, not 0."""
    rows = [Row("a", {"check_worthy": 0, "quotation": 1}, "a", "own"), Row("b", {"quotation": 1}, "b", "own")]
    assert stating(rows, ("check_worthy", "quotation")) == rows[:1]


def _written(kept: Kept, folder: Path, labels: tuple[str, ...]) -> Path:
    weights = {"weights.npz": write_weights(kept.grams), "heads.npz": write_weights(kept.heads)}
    write_model(folder, weights=weights, papers={}, inputs={}, encoder=ENCODER)
    manifest = json.loads((folder / "manifest.json").read_text()) | {"labels": labels}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_model_is_kept_as_it_was_written(kept: Kept, tmp_path: Path) -> None:
    """With its name, its encoder and the labels that it lacks."""
    found = load_kept(_written(kept, tmp_path / "cascade-old", KNOWN))

    assert (found.version, found.encoder, found.lacking) == ("cascade-old", "encoder-x", LABELS[-1:])
    np.testing.assert_array_equal(found.heads["gate"], kept.heads["gate"])


def test_what_cannot_be_kept_is_refused(kept: Kept, tmp_path: Path) -> None:
    """A changed byte, no model at all, and labels in another order: each with its reason, before anything is learnt."""
    other = _written(kept, tmp_path / "other", (*KNOWN[1:], KNOWN[0]))
    changed = shutil.copytree(other, tmp_path / "changed")
    (changed / "heads.npz").write_bytes(b"no")

    with pytest.raises(Invalid, match="new labels come after"):
        load_kept(other)
    with pytest.raises(Invalid, match=r"changed can't be kept: .*sha256 differs"):
        load_kept(changed)
    with pytest.raises(Invalid, match="nothing can't be kept"):
        load_kept(tmp_path / "nothing")
