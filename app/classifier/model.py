"""The model: a cheap stage for the plainly easy texts, the encoder for the rest, and calibrated heads over both.

A model folder holds weights.npz (the n-gram stage: vocabulary as one UTF-8 blob, idf weights, a column of coefficients
per label, intercepts, Platt's a and b) and, where it has an encoder, heads.npz (the same over the encoder's features
and the n-gram decisions, and the gate). The encoder lies in a folder of its own that many models share; the manifest
names it and the sha256 of its files. A model without an encoder answers everything from its n-grams. curve.json and
calibration.json hold what was measured on texts as they come.
"""

from __future__ import annotations

import json
import math
import weakref
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.encoder import WIDTH, Encoded, Encoder
from app.classifier.explain import Places, moving_words
from app.classifier.ngram import NGrams, stage_of
from app.classifier.odds import logit
from app.classifier.papers import arrays_of, contents, manifest_of
from app.domain import Among, Scores, Text
from app.errors import BadModel
from app.text import read

FORMAT = "prepost-cascade-1"
CALIBRATION = "calibration.json"
"""in a model folder: how strengths become probabilities of texts as they come"""
ENCODER_FORMAT = "prepost-encoder-1"
ENCODER_FILES = ("encoder.onnx", "tokenizer.json")
_LARGEST_EXPONENT = 700.0
"""exp() of more overflows; the probability is 0 to 300 places there"""
_EXPLAINED = 0.05
"""strength from which a label's words are told: no rule looks at less"""
_POPULATIONS: tuple[Among, ...] = get_args(Among)
_AS_THEY_ARE = np.stack([np.ones((len(_POPULATIONS), len(LABELS))), np.zeros((len(_POPULATIONS), len(LABELS)))])
"""slopes and intercepts on the log-odds of strengths, for a model without calibration.json"""


class Heads:
    """Logistic heads over the encoder's features and the n-gram decisions, and the gate in front of the encoder.

    Calibrated by Platt's method: "Probabilistic outputs for support vector machines" (1999).
    """

    SHAPES: Mapping[str, tuple[int | str, ...]] = {
        "coefficients": (WIDTH + len(LABELS), len(LABELS)),
        "intercepts": (len(LABELS),),
        "platt": (2, len(LABELS)),
        "gate": (len(LABELS) + 1,),
    }

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.coefficients: NDArray[np.float64] = arrays["coefficients"].astype(np.float64)
        self.intercepts: NDArray[np.float64] = arrays["intercepts"].astype(np.float64)
        self.platt: NDArray[np.float64] = arrays["platt"].astype(np.float64)
        self.gate: NDArray[np.float64] = arrays["gate"].astype(np.float64)

    def is_easy(self, grams: NDArray[np.float64]) -> bool:
        """Whether the n-gram decisions alone tell that no head would alarm."""
        return bool(grams @ self.gate[:-1] + self.gate[-1] < 0)

    def decision(self, features: NDArray[np.float32], grams: NDArray[np.float64]) -> NDArray[np.float64]:
        """Uncalibrated decision values, shape (labels,)."""
        found: NDArray[np.float64] = np.concatenate([features, grams]) @ self.coefficients + self.intercepts
        return found


class Model:
    """What serving asks for scores."""

    def __init__(
        self,
        manifest: Mapping[str, Any],
        grams: Mapping[str, NDArray[Any]],
        folder: Path,
        *,
        heads: Heads | None = None,
        encoder: Encoder | None = None,
        curve: Mapping[str, Any] | None = None,
        calibration: NDArray[np.float64] | None = None,
    ) -> None:
        self.manifest, self.folder, self.arrays = manifest, folder, grams
        self.version: str = manifest["version"]
        self.labels: tuple[str, ...] = tuple(manifest["labels"])
        self.grams, self.heads, self.encoder = NGrams(grams), heads, encoder
        self._platt: NDArray[np.float64] = grams["platt"].astype(np.float64)
        self._curve = curve or {}
        self._slopes, self._shifts = _AS_THEY_ARE if calibration is None else calibration
        # The n-grams remember words by a method of their own, a cycle that counting references would never free; and
        # what was loaded at start is frozen, out of the collector's sight.
        weakref.finalize(self, vars(self.grams).clear).atexit = False

    def warm(self) -> None:
        """Run each stage once: what can't run is found, and set up, before a draft meets it. Raises BadModel."""
        text = read("Our new boots are on sale 🎉", language="en")
        self.score([text])
        if self.encoder is not None:
            features = self.encoder.encode(text).features
            if features.shape != (WIDTH,) or not np.isfinite(features).all():
                raise BadModel(f"the encoder of {self.folder} gives no features of this format: {features.shape}")

    def threshold(self, label: str, per_1000: float, among: Among = "posts") -> float | None:
        """The probability that so many in a thousand such ordinary texts exceed; None where that is unknown."""
        found = self.cutoff(label, per_1000, among)
        if found is None:
            return None
        strengths = np.full(len(self.labels), found)
        return float(self._natural(strengths)[_POPULATIONS.index(among), self.labels.index(label)])

    def cutoff(self, label: str, per_1000: float, among: Among = "posts") -> float | None:
        """The same as a strength."""
        if not self._curve:
            return None
        rates = np.log(self._curve["per_1000"])[::-1]  # falling in the file; interpolation wants them to rise
        logits = logit(self._curve[among]["thresholds"][label])[::-1]
        found = float(np.interp(np.log(per_1000), rates, logits))
        return 1 / (1 + math.exp(-found))

    def score(self, texts: Sequence[Text]) -> list[Scores]:
        """One Scores per text, in order; the same alone and in company."""
        return [self._score(text) for text in texts]

    def _score(self, text: Text) -> Scores:
        grams = self.grams.decision(text)
        if self.heads is None or self.encoder is None or self.heads.is_easy(grams):
            return self._scores(grams, self._platt, {})
        encoded = self.encoder.encode(text)
        decision = self.heads.decision(encoded.features, grams)
        because = self._because(text, encoded, _calibrated(decision, self.heads.platt))
        return self._scores(decision, self.heads.platt, because)

    def _because(self, text: Text, encoded: Encoded, strengths: NDArray[np.float64]) -> Mapping[str, Places]:
        assert self.heads is not None
        high = np.flatnonzero(strengths >= _EXPLAINED)
        if not len(high):
            return {}
        shares = encoded.tokens @ self.heads.coefficients[:WIDTH, high]
        return {self.labels[label]: moving_words(text, encoded, shares[:, at]) for at, label in enumerate(high)}

    def _scores(
        self, decision: NDArray[np.float64], platt: NDArray[np.float64], because: Mapping[str, Places]
    ) -> Scores:
        strengths = _calibrated(decision, platt)
        if not np.isfinite(strengths).all():  # it would lie below every threshold: a silent pass
            raise FloatingPointError("a score is no number")
        return Scores(self._by_label(strengths), _Natural(self, strengths), self.version, because)

    def recall(self, strengths: Mapping[str, float], because: Mapping[str, Places]) -> Scores:
        """The Scores that this model gave before, made of what was kept of them. Raises KeyError without a label."""
        array = np.array([strengths[label] for label in self.labels])
        return Scores(self._by_label(array), _Natural(self, array), self.version, because)

    def natural(self, strengths: NDArray[np.float64], among: Among) -> dict[str, float]:
        """Probabilities on texts as they come, by label."""
        return self._by_label(self._natural(strengths)[_POPULATIONS.index(among)])

    def _by_label(self, values: NDArray[np.float64]) -> dict[str, float]:
        return dict(zip(self.labels, values.tolist(), strict=True))

    def _natural(self, strengths: NDArray[np.float64]) -> NDArray[np.float64]:
        """Probabilities on texts as they come, shape (populations, labels)."""
        exponents = self._slopes * logit(strengths) + self._shifts
        found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-exponents))
        return found

    def decision(self, text: Text) -> NDArray[np.float64]:
        """The n-gram stage's uncalibrated decision values, shape (labels,)."""
        return self.grams.decision(text)

    def paper(self, name: str) -> str:
        """A file of the model folder that is for people: metrics.json or card.md."""
        return (self.folder / name).read_text(encoding="utf-8")


def _calibrated(decision: NDArray[np.float64], platt: NDArray[np.float64]) -> NDArray[np.float64]:
    exponents = np.minimum(platt[0] * decision + platt[1], _LARGEST_EXPONENT)
    probabilities: NDArray[np.float64] = 1.0 / (1.0 + np.exp(exponents))
    return probabilities


class _Natural(Mapping[Among, Mapping[str, float]]):
    """Probabilities by whose texts they are of, reckoned when somebody asks: most drafts draw no such warning."""

    __slots__ = ("_model", "_strengths")

    def __init__(self, model: Model, strengths: NDArray[np.float64]) -> None:
        self._model, self._strengths = model, strengths

    def __getitem__(self, among: Among) -> Mapping[str, float]:
        return self._model.natural(self._strengths, among)

    def __iter__(self) -> Iterator[Among]:
        return iter(_POPULATIONS)

    def __len__(self) -> int:
        return len(_POPULATIONS)


def load_current(models: Path, *, held: Model | None = None) -> Model:
    """The model that models/CURRENT names. Raises BadModel with the file at fault."""
    return load(models / current(models), held=held)


def current(models: Path) -> str:
    """The name of the model that serving loads."""
    try:
        name = (models / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadModel(f"{models / 'CURRENT'} can't be read: {type(error).__name__}") from error
    if not is_model_name(name):
        raise BadModel(f"{models / 'CURRENT'} names no model folder")
    return name


def is_model_name(name: object) -> bool:
    """Whether it can name a folder beside CURRENT, and nothing elsewhere."""
    return isinstance(name, str) and name != "" and Path(name).name == name and not name.startswith(".")


def load(folder: Path, *, held: Model | None = None) -> Model:
    """Verify a model folder against its manifest, then load it. Raises BadModel with the file at fault.

    `held`: a model already in memory, whose encoder is shared where the new one names the same bytes.
    """
    manifest = manifest_of(folder, {"format": FORMAT, "labels": list(LABELS)})
    named = manifest.get("encoder")
    files = contents(folder, manifest["files"], ["weights.npz", *(["heads.npz"] if named is not None else [])])
    grams = stage_of(folder / "weights.npz", files["weights.npz"], len(LABELS))
    curve = _curve(folder / "curve.json", files["curve.json"]) if "curve.json" in files else None
    calibration = _calibration(folder / CALIBRATION, files[CALIBRATION]) if CALIBRATION in files else None
    if named is None:
        return Model(manifest, grams, folder, curve=curve, calibration=calibration)
    heads = Heads(arrays_of(folder / "heads.npz", files["heads.npz"], Heads.SHAPES))
    encoder = load_encoder(folder.parent, named, held=held)
    return Model(manifest, grams, folder, heads=heads, encoder=encoder, curve=curve, calibration=calibration)


def load_encoder(models: Path, named: Any, *, held: Model | None = None) -> Encoder:
    """The encoder that a manifest names: `{"folder": …, "files": {name: sha256}}`, beside the model's own folder."""
    try:
        folder, files = models / str(named["folder"]), dict(named["files"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadModel(f"the manifest names no encoder: {type(error).__name__}") from error
    if folder.parent != models or folder.name.startswith(".") or any(Path(name).name != name for name in files):
        raise BadModel("the manifest names an encoder outside the models folder")
    found = contents(folder, files, ENCODER_FILES)
    if held is not None and held.encoder is not None and _digests(held.manifest["encoder"]) == _digests(named):
        return held.encoder
    try:
        return Encoder(folder / ENCODER_FILES[0], found[ENCODER_FILES[1]])
    except BadModel as error:
        raise BadModel(f"{folder / ' or '.join(ENCODER_FILES)} is of no use: {error.detail}") from error


def _digests(named: Mapping[str, Any]) -> list[str]:
    return [named["files"][name] for name in ENCODER_FILES]


def _curve(path: Path, raw: bytes) -> dict[str, Any]:
    try:
        curve: dict[str, Any] = json.loads(raw)
        rates = curve["per_1000"]
        whole = rates == sorted(rates, reverse=True) and all(0 < rate <= 1000 for rate in rates)
        for thresholds in (curve[among]["thresholds"] for among in get_args(Among)):
            whole = whole and all(
                len(thresholds[label]) == len(rates)
                and all(0 <= value <= 1 for value in thresholds[label])
                and thresholds[label] == sorted(thresholds[label])  # the rarer alarm asks for more
                for label in LABELS
            )
    except (ValueError, KeyError, TypeError) as error:
        raise BadModel(f"{path} holds no alarm curve: {type(error).__name__}") from error
    if not whole or not rates:
        raise BadModel(f"{path} holds no alarm curve for each label")
    return curve


def _calibration(path: Path, raw: bytes) -> NDArray[np.float64]:
    """Slopes and intercepts, shape (2, populations, labels)."""
    try:
        maps = [json.loads(raw)[among]["maps"] for among in _POPULATIONS]
        found = np.array(
            [[[float(each[label][part]) for label in LABELS] for each in maps] for part in ("slope", "intercept")]
        )
    except (ValueError, KeyError, TypeError, OverflowError) as error:
        raise BadModel(f"{path} holds no calibration: {type(error).__name__}") from error
    if not all(_bounded(slope, intercept) for slope, intercept in found.reshape(2, -1).T):
        raise BadModel(f"{path} holds no calibration: a slope must lie in (0, 100], an intercept in [-100, 100]")
    return found


def _bounded(slope: float, intercept: float) -> bool:
    """Whether a map keeps the order of strengths, and its exponent within what exp() can hold; no NaN does."""
    return 0 < slope <= 100 and abs(intercept) <= 100
