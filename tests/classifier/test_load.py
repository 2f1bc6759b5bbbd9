"""A model that isn't what its manifest says is refused, and the refusal names the file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.model import FORMAT, load, load_current
from app.errors import BadModel
from app.training.promote import write_weights

Rewrite = Callable[..., Path]


def _refusal(folder: Path) -> str:
    with pytest.raises(BadModel) as refused:
        load(folder)
    assert "\n" not in refused.value.detail
    return refused.value.detail


def test_a_whole_model_loads(models: Path) -> None:
    """The way all others are measured by."""
    model = load_current(models)

    assert (model.version, model.labels) == ("tiny", LABELS)
    assert model.paper("metrics.json") == "{}"


def test_a_changed_byte_is_refused(models: Path) -> None:
    """Whichever file it is in."""
    for name in ("weights.npz", "metrics.json"):
        path = models / "tiny" / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert str(path) in _refusal(models / "tiny")
        path.write_bytes(whole)


@pytest.mark.parametrize("name", ["weights.npz", "metrics.json", "manifest.json"])
def test_a_missing_file_is_refused(models: Path, name: str) -> None:
    """It is named."""
    (models / "tiny" / name).unlink()

    assert name in _refusal(models / "tiny")


@pytest.mark.parametrize(
    "entries",
    [
        {"format": "prepost-ngram-0"},
        {"format": None},
        {"labels": LABELS[:-1]},
        {"labels": None},
        {"labels": list(reversed(LABELS))},
        {"version": ""},
        {"version": 7},
        {"files": []},
        {"files": {}},
        {"files": None},
        {"files": {"weights.npz": None}},
        {"files": {"../CURRENT": "0"}},
        {"files": {"/etc/hostname": "0"}},
        {"files": {"weights.npz\x00": "0"}},
    ],
)
def test_a_manifest_of_another_form_is_refused(rewrite: Rewrite, entries: dict[str, Any]) -> None:
    """Before any file that it names is used."""
    detail = _refusal(rewrite(**entries))

    assert "manifest.json" in detail or "weights.npz" in detail


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b'{"format": "' + FORMAT.encode() + b'"}']
)
def test_a_manifest_that_is_none_is_refused(models: Path, raw: bytes) -> None:
    """Empty, cut off, or something else altogether."""
    (models / "tiny" / "manifest.json").write_bytes(raw)

    assert "manifest.json" in _refusal(models / "tiny")


def _npz(arrays: dict[str, np.ndarray], **changes: np.ndarray) -> bytes:
    return write_weights({**arrays, **changes})


def _saved(save: Callable[..., None], *values: Any, **named: Any) -> bytes:
    buffer = io.BytesIO()
    save(buffer, *values, **named)
    return buffer.getvalue()


def test_a_pickled_array_is_refused(rewrite: Rewrite, arrays: dict[str, np.ndarray]) -> None:
    """Even where the manifest vouches for it: unpickling runs whatever the file says."""
    objects = {**arrays, "platt": np.array([{"a": 1}], dtype=object)}
    weights = _saved(np.savez, **objects)

    assert "weights.npz" in _refusal(rewrite(weights=weights))


def test_a_file_that_is_no_archive_is_refused(rewrite: Rewrite, arrays: dict[str, np.ndarray]) -> None:
    """A single array, a pickle, half an archive, an empty file."""
    whole = write_weights(arrays)
    for weights in (_saved(np.save, arrays["idf"]), b"\x80\x04N.", whole[: len(whole) // 2], b""):
        assert "weights.npz" in _refusal(rewrite(weights=weights))


def test_an_archive_with_a_spoilt_entry_is_refused(rewrite: Rewrite, arrays: dict[str, np.ndarray]) -> None:
    """Well packed, but no array."""
    for content in (b"", b"not an array", b"\x93NUMPY\x01\x00"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in arrays:
                archive.writestr(f"{name}.npy", content)
        assert "weights.npz" in _refusal(rewrite(weights=buffer.getvalue()))


@pytest.mark.parametrize("name", ["vocabulary", "idf", "coefficients", "intercepts", "platt"])
def test_a_missing_or_misshapen_array_is_refused(rewrite: Rewrite, arrays: dict[str, np.ndarray], name: str) -> None:
    """A model that fits its words by luck would score nonsense."""
    for wrong in (None, arrays[name][:1], np.array(0.5)):
        changed = {key: value for key, value in arrays.items() if key != name}
        if wrong is not None:
            changed[name] = wrong
        assert "weights.npz" in _refusal(rewrite(weights=write_weights(changed)))


@pytest.mark.parametrize("value", [np.nan, np.inf])
@pytest.mark.parametrize("name", ["idf", "coefficients", "intercepts", "platt"])
def test_a_value_that_is_no_finite_number_is_refused(
    rewrite: Rewrite, arrays: dict[str, np.ndarray], name: str, value: float
) -> None:
    """No score would reach any threshold: every draft would pass in silence."""
    arrays[name].flat[0] = value

    assert name in _refusal(rewrite(weights=write_weights(arrays)))


def test_words_that_are_no_text_are_refused(rewrite: Rewrite, arrays: dict[str, np.ndarray]) -> None:
    """The vocabulary is one UTF-8 blob."""
    broken = arrays["vocabulary"].copy()
    broken[0] = 0xFF

    assert "weights.npz" in _refusal(rewrite(weights=_npz(arrays, vocabulary=broken)))


@pytest.mark.parametrize("name", ["", "..", ".", "../tiny", "/tiny", "tiny/../tiny", "other", "tiny\x00", "x" * 5_000])
def test_current_must_name_a_folder_of_models(models: Path, name: str) -> None:
    """Nothing outside, nothing missing."""
    (models / "CURRENT").write_text(name)

    with pytest.raises(BadModel):
        load_current(models)


def test_without_current_there_is_no_model(models: Path) -> None:
    """The refusal names what is missing."""
    (models / "CURRENT").unlink()
    with pytest.raises(BadModel, match="CURRENT"):
        load_current(models)

    (models / "CURRENT").write_bytes(b"\xff\xfe")
    with pytest.raises(BadModel, match="CURRENT"):
        load_current(models)


def test_the_shipped_model_is_whole() -> None:
    """What the repository holds is what its manifest says."""
    model = load_current(Path(__file__).parents[2] / "models")

    assert json.loads(model.paper("metrics.json"))["labels"].keys() == set(LABELS)
    assert model.version in model.paper("card.md")
