"""A model that isn't what its manifest says is refused, and the refusal names the file."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import weakref
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.model import FORMAT, load, load_current
from app.errors import BadModel
from app.text import read
from app.training.promote import encoder_entry, write_weights
from tests.tiny_models import ENCODER, expected, heads, onnx, write_encoder, write_tiny

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


def test_arrays_of_the_same_features_have_the_same_length(rewrite: Rewrite, arrays: dict[str, np.ndarray]) -> None:
    """The features of one word would meet the coefficients of another; and no features at all score nothing."""
    longer = np.vstack([arrays["coefficients"]] * 2)
    assert "weights.npz" in _refusal(rewrite(weights=_npz(arrays, coefficients=longer)))

    nothing = {"vocabulary": arrays["vocabulary"][:0], "idf": arrays["idf"][:0]}
    empty = _npz(arrays, **nothing, coefficients=arrays["coefficients"][:0])
    assert "weights.npz" in _refusal(rewrite(weights=empty))


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


@pytest.fixture
def cascade(models: Path) -> Path:
    """A model with an encoder and a curve, beside `tiny`."""
    write_encoder(models)
    return write_tiny(models, "cascade", encoder=ENCODER, thresholds=0.5)


def _replace(folder: Path, name: str, raw: bytes) -> None:
    """A file that the manifest vouches for, whatever it holds."""
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / name).write_bytes(raw)
    manifest["files"][name] = hashlib.sha256(raw).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


def _replace_encoder(folder: Path, name: str, raw: bytes) -> None:
    (folder.parent / ENCODER / name).write_bytes(raw)
    _rename_encoder(folder, encoder_entry(folder.parent / ENCODER))


def _rename_encoder(folder: Path, entry: Any) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"encoder": entry}))


def test_a_whole_model_with_an_encoder_loads_and_runs(cascade: Path) -> None:
    """The way the others below are measured by."""
    model = load(cascade)
    model.warm()

    assert model.score([read("our boots", language="en")])[0].strengths["insult"] == expected(0.0)
    assert model.threshold("insult", 2) == pytest.approx(0.5)


def test_heads_that_are_missing_are_refused(cascade: Path) -> None:
    """Whether the file is gone or the manifest doesn't list it."""
    manifest = json.loads((cascade / "manifest.json").read_text())
    (cascade / "heads.npz").unlink()
    assert str(cascade / "heads.npz") in _refusal(cascade)

    del manifest["files"]["heads.npz"]
    (cascade / "manifest.json").write_text(json.dumps(manifest))
    assert "lists no heads.npz" in _refusal(cascade)


@pytest.mark.parametrize("name", ["coefficients", "intercepts", "platt", "gate"])
def test_heads_that_lack_an_array_or_hold_another_are_refused(cascade: Path, name: str) -> None:
    """Missing, of another shape, not finite, or of objects, which would have to be unpickled."""
    whole = heads()
    changed = whole | {name: np.full_like(whole[name], np.nan)}
    objects = _saved(np.savez, **{**whole, name: np.array([{"a": 1}], dtype=object)})
    wrong = [
        write_weights({key: value for key, value in whole.items() if key != name}),
        write_weights(whole | {name: whole[name][:-1]}),
        write_weights(whole | {name: np.array(0.5)}),
        write_weights(changed),
        objects,
        b"not an archive",
    ]
    for raw in wrong:
        _replace(cascade, "heads.npz", raw)
        assert str(cascade / "heads.npz") in _refusal(cascade)


_RATES = [10.0, 1.0]


@pytest.mark.parametrize(
    "curve",
    [
        None,
        [],
        {},
        {"per_1000": _RATES},
        {"per_1000": _RATES, "thresholds": {}},
        {"per_1000": _RATES, "thresholds": {key: [0.5, 0.6] for key in LABELS[:-1]}},
        {"per_1000": _RATES, "thresholds": {key: [0.5] for key in LABELS}},
        {"per_1000": _RATES, "thresholds": {key: [0.5, 1.5] for key in LABELS}},
        {"per_1000": _RATES, "thresholds": {key: [0.5, float("nan")] for key in LABELS}},
        {"per_1000": _RATES, "thresholds": {key: ["a", "b"] for key in LABELS}},
        {"per_1000": _RATES, "thresholds": {key: [0.6, 0.5] for key in LABELS}},
        {"per_1000": [10**400, 1.0], "thresholds": {key: [0.5, 0.6] for key in LABELS}},
        {"per_1000": [1.0, 10.0], "thresholds": {key: [0.5, 0.6] for key in LABELS}},
        {"per_1000": [1.0, 0.0], "thresholds": {key: [0.5, 0.6] for key in LABELS}},
        {"per_1000": [], "thresholds": {key: [] for key in LABELS}},
    ],
)
def test_a_curve_that_is_none_is_refused(cascade: Path, curve: Any) -> None:
    """A threshold out of nowhere would silence a rule, or make it cry at everything."""
    if isinstance(curve, dict) and "thresholds" in curve:
        whole = {key: [0.5, 0.6] for key in LABELS}
        curve = {
            "per_1000": curve["per_1000"],
            "posts": {"thresholds": whole},
            "replies": {"thresholds": whole},
            "personal": {"thresholds": curve["thresholds"]},
        }
    _replace(cascade, "curve.json", json.dumps(curve).encode())

    assert str(cascade / "curve.json") in _refusal(cascade)


def test_a_curve_that_is_cut_off_is_refused(cascade: Path) -> None:
    """Half a file, and bytes that are no text."""
    for raw in (b'{"per_1000": [', b"", b"\xff\xfe"):
        _replace(cascade, "curve.json", raw)
        assert str(cascade / "curve.json") in _refusal(cascade)


@pytest.mark.parametrize(
    "entry",
    [
        {"folder": "../outside"},
        {"folder": ".."},
        {"folder": "."},
        {"folder": ""},
        {"folder": "/etc"},
        {"folder": "encoder-tiny/../../outside"},
        {"files": {"../../outside/encoder.onnx": "0", "tokenizer.json": "0"}},
        {"files": {"/etc/hostname": "0"}},
        {"files": []},
        {"files": {}},
        {"files": {"encoder.onnx": None, "tokenizer.json": None}},
        {"files": None},
        {"folder": "encoder-other"},
        {"folder": "encoder\x00"},
    ],
)
def test_an_encoder_elsewhere_is_refused(cascade: Path, entry: dict[str, Any]) -> None:
    """Only a folder beside the model's own, and only its verified files."""
    whole = encoder_entry(write_encoder(cascade.parent.parent, "outside"))
    _rename_encoder(cascade, {**whole, "folder": ENCODER, **entry})

    detail = _refusal(cascade)
    assert "outside the models folder" in detail or "encoder" in detail


@pytest.mark.parametrize("entry", [[], {}, 0, "", 7, "encoder-tiny", {"folder": "encoder-tiny"}])
def test_an_encoder_entry_of_another_form_is_refused(cascade: Path, entry: Any) -> None:
    """An empty one too: it is no model without an encoder."""
    _rename_encoder(cascade, entry)

    assert "names no encoder" in _refusal(cascade)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_an_encoder_file_that_is_missing_or_changed_is_refused(cascade: Path, name: str) -> None:
    """The manifest of the model vouches for the encoder's bytes."""
    path = cascade.parent / ENCODER / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert f"{path} is not the file" in _refusal(cascade)

    path.unlink()
    assert f"{path} is missing" in _refusal(cascade)


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
@pytest.mark.parametrize("raw", [b"", b"garbage", b"{}", b"\xff\xfe\x00"])
def test_an_encoder_that_is_none_is_refused(cascade: Path, name: str, raw: bytes) -> None:
    """Even where the manifest vouches for it."""
    _replace_encoder(cascade, name, raw)

    detail = _refusal(cascade)
    assert str(cascade.parent / ENCODER) in detail
    assert name in detail


def test_an_encoder_of_another_width_is_found_out_before_a_draft_meets_it(cascade: Path) -> None:
    """It loads, but no head fits what it gives."""
    _replace_encoder(cascade, "encoder.onnx", onnx(width=8))
    model = load(cascade)

    with pytest.raises((BadModel, ValueError)):
        model.warm()


def test_the_same_encoder_is_shared_and_another_is_not(cascade: Path) -> None:
    """Two models in memory for the moment of a swap; the larger part of them once."""
    first = load(cascade)
    same = load(write_tiny(cascade.parent, "same", bias=1.0, encoder=ENCODER), held=first)
    write_encoder(cascade.parent, "encoder-moved")
    moved = load(write_tiny(cascade.parent, "moved", encoder="encoder-moved"), held=load(cascade.parent / "tiny"))

    assert same.encoder is first.encoder
    assert moved.encoder is not None
    assert moved.encoder is not first.encoder


def test_a_shared_encoder_is_verified_all_the_same(cascade: Path) -> None:
    """What could not be loaded after a restart is not taken now."""
    held = load(cascade)
    path = cascade.parent / ENCODER / "encoder.onnx"
    path.write_bytes(path.read_bytes() + b"\x00")

    with pytest.raises(BadModel, match="sha256 differs"):
        load(cascade, held=held)


def test_a_model_that_nobody_holds_is_freed_at_once(cascade: Path) -> None:
    """The collector never looks at what was loaded at start; a swap a day would fill the memory."""
    model = load(cascade)
    model.warm()
    parts = [weakref.ref(part) for part in (model, model.grams, model.encoder)]
    gc.disable()
    try:
        del model
        assert [part() for part in parts] == [None] * 3
    finally:
        gc.enable()


def test_the_shipped_model_is_whole() -> None:
    """What the repository holds is what its manifest says."""
    model = load_current(Path(__file__).parents[2] / "models")

    assert json.loads(model.paper("metrics.json"))["labels"].keys() == set(LABELS)
    assert model.version in model.paper("card.md")


_MAPS = {label: {"slope": 0.5, "intercept": -2.0} for label in LABELS}


def _calibration(**changed: Any) -> dict[str, Any]:
    return {among: {"maps": _MAPS} for among in ("posts", "replies", "personal")} | changed


@pytest.mark.parametrize(
    "calibration",
    [
        None,
        [],
        {},
        {"posts": {"maps": _MAPS}},
        _calibration(replies={"maps": {}}),
        _calibration(personal={"maps": {label: _MAPS[label] for label in LABELS[1:]}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": 0.5}}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": 0.0, "intercept": 1.0}}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": float("nan"), "intercept": 1.0}}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": "steep", "intercept": 1.0}}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": 10**400, "intercept": 1.0}}}),
        _calibration(posts={"maps": _MAPS | {"insult": {"slope": 1.0, "intercept": 1000.0}}}),
    ],
)
def test_a_calibration_that_is_none_is_refused(cascade: Path, calibration: Any) -> None:
    """A slope of 0 or less would tell people the opposite of what the words say."""
    _replace(cascade, "calibration.json", json.dumps(calibration).encode())

    assert str(cascade / "calibration.json") in _refusal(cascade)


def test_a_calibration_turns_strengths_into_probabilities_and_leaves_them_be(cascade: Path) -> None:
    """Half the log-odds less two, for replies as they are; rules weigh on what they weighed, thresholds move along."""
    same = {"maps": {label: {"slope": 1.0, "intercept": 0.0} for label in LABELS}}
    _replace(cascade, "calibration.json", json.dumps(_calibration(replies=same)).encode())
    model = load(cascade)

    scores = model.score([read("our boots", language="en")])[0]

    strength = scores.strengths["insult"]
    odds = 0.5 * np.log(strength / (1 - strength)) - 2
    assert strength == expected(0.0)
    assert scores.probabilities["posts"]["insult"] == pytest.approx(1 / (1 + np.exp(-odds)))
    assert scores.probabilities["replies"]["insult"] == pytest.approx(strength)
    assert model.cutoff("insult", 2) == pytest.approx(0.5)
    assert model.threshold("insult", 2) == pytest.approx(1 / (1 + np.exp(2)))
    assert model.threshold("insult", 2, "replies") == pytest.approx(0.5)
