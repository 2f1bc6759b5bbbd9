"""Retrain: from the current model and corrections to a new model, in seconds and without any corpus."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.classifier.model import CALIBRATION, Model, current, load
from app.classifier.ngram import NGrams
from app.domain import Text
from app.errors import Invalid
from app.text import read
from app.training.card import write_retrained_card
from app.training.curve import shifted
from app.training.frozen import Draft, frozen, load_corrections, load_drafts
from app.training.heads import Seen, Stages
from app.training.measure import frozen_metrics, threshold_of
from app.training.promote import replaced, write_model, write_weights
from app.training.record import amend
from app.training.refit import (
    CORRECTION,
    Lesson,
    alarming,
    bars,
    lesson,
    refit_gate,
    refit_grams,
    refit_heads,
)
from app.training.sample import HOLDING, SAMPLE, load_sample, sample_alarms, strengths
from app.training.train import SEED, name_of

_DRAFT = 1.0
"""what a draft counts that the parent has not learnt"""


@dataclass(frozen=True, slots=True)
class Retrained:
    """Where the new model lies, and the frozen figures of its parent and of itself."""

    folder: Path
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def retrain(
    *,
    models: Path,
    labels: Path,
    corrections: Sequence[Path] = (),
    cache: Path | None = None,
    seed: int = SEED,
    say: Callable[[str], None] = lambda line: None,
) -> Retrained:
    """Refit the model that CURRENT names; writes a new folder named by the hash of its weights, and promotes nothing.

    The folder comes into being whole, once everything is measured.
    Raises Invalid with file and line for what can't be learnt, and BadModel for a parent with a changed byte; nothing
    is written then.
    """
    parent = load(models / current(models))
    drafts = load_drafts(labels)
    corrected = load_corrections(corrections, drafts, seed=seed)
    kept = frozen(drafts, seed=seed)
    held = {draft.row.family for draft in kept}
    learnt = [draft for draft in drafts if draft.row.family not in held] + corrected
    inputs = _digests(labels, corrections)
    counts = _counts(learnt, inputs, parent.manifest["inputs"])
    if not any(counts):
        raise Invalid("there is nothing to learn: no correction or draft that the current model has not learnt already")
    say(f"{sum(map(bool, counts)):,} new rows, {len(counts) - sum(map(bool, counts)):,} that hold {parent.version}")
    arrays = _refitted(parent, learnt, _lessons(learnt, counts), cache=cache, say=say)
    weights = _carried(parent, ("weights.npz", SAMPLE)) | {name: write_weights(found) for name, found in arrays.items()}
    papers = {name: raw.decode() for name, raw in _carried(parent, ("curve.json", CALIBRATION)).items()}
    name = f"{'cascade' if parent.heads else 'ngram'}-{name_of(weights)}"
    with replaced(models / name) as folder:

        def write() -> Model:
            encoder = parent.manifest.get("encoder")
            write_model(folder, version=name, weights=weights, papers=papers, inputs=inputs, encoder=encoder)
            amend(folder, parent=parent.version, curve_of=curve_of(parent))
            return load(folder, held=parent)

        model = write()
        if "curve.json" in papers and (ordinary := load_sample(parent, HOLDING)) is not None:
            curve = shifted(json.loads(papers["curve.json"]), strengths(parent, ordinary), strengths(model, ordinary))
            papers["curve.json"] = json.dumps(curve, indent=1) + "\n"
            model = write()
        before, after = (frozen_metrics(each, kept, seed=seed) for each in (parent, model))
        metrics = {"parent": parent.version, "parent_frozen": before, "frozen": after, "curve_of": curve_of(parent)}
        metrics |= {"parent_sample": sample_alarms(parent), "sample": sample_alarms(model)}
        card = write_retrained_card(
            version=name,
            parent=parent.version,
            seed=seed,
            corrected=[draft.row.labels for draft in corrected],
            counts=counts,
            metrics=metrics,
        )
        papers |= {"metrics.json": json.dumps(metrics, indent=2) + "\n", "card.md": card}
        write()
    say(f"wrote {models / name}")
    return Retrained(models / name, before, after)


def _carried(parent: Model, names: Iterable[str]) -> dict[str, bytes]:
    """Files that the new model takes over, of those that the parent has."""
    return {name: (parent.folder / name).read_bytes() for name in names if name in parent.manifest["files"]}


def curve_of(model: Model) -> str | None:
    """The version whose ordinary posts the alarm curve was measured with; None where there is no curve."""
    named = model.manifest.get("curve_of") or model.version
    return str(named) if "curve.json" in model.manifest["files"] else None


def _digests(labels: Path, corrections: Sequence[Path]) -> dict[str, str]:
    """sha256 of each input, by a name that holds no path of this machine."""
    files = {f"labels/{path.name}": path for path in sorted(labels.glob("*.jsonl"))}
    for path in corrections:
        if files.setdefault(f"corrections/{path.name}", path) is not path:
            raise Invalid(f"two files of corrections are called {path.name}")
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


def _counts(learnt: Sequence[Draft], inputs: Mapping[str, str], known: Mapping[str, str]) -> list[float]:
    """What each row counts: nothing where its file is, byte for byte, one that the parent has learnt."""
    learnt_already = set(known.values())
    counts = []
    for draft in learnt:
        kind, weight = ("corrections", CORRECTION) if draft.row.source == "correction" else ("labels", _DRAFT)
        counts.append(0.0 if inputs[f"{kind}/{draft.file}"] in learnt_already else weight)
    return counts


def _lessons(learnt: Sequence[Draft], counts: Sequence[float]) -> dict[str, Lesson]:
    """What each head learns. Raises Invalid for a label that new rows state and of which only one value is known."""
    lessons = {label: lesson(label, [draft.row.labels for draft in learnt], counts) for label in LABELS}
    for label, found in lessons.items():
        if len(found.rows) and len({draft.row.labels[label] for draft in learnt if label in draft.row.labels}) < 2:
            first = learnt[found.rows[0]]
            raise Invalid(f"{first.where}: label {label!r}: both 0 and 1 are needed among the drafts to learn from")
    return lessons


def _refitted(
    parent: Model,
    learnt: Sequence[Draft],
    lessons: Mapping[str, Lesson],
    *,
    cache: Path | None,
    say: Callable[[str], None],
) -> dict[str, dict[str, NDArray[Any]]]:
    """The arrays of heads.npz where the parent has an encoder, else of weights.npz.

    Beneath an encoder the n-grams stay as they are: the heads and the shipped sample know them by their decisions.
    """
    texts = [read(draft.row.text, language="en") for draft in learnt]
    thresholds = {label: threshold_of(parent, label) for label in LABELS}
    if parent.heads is None or parent.encoder is None:
        return {"weights.npz": refit_grams(parent.arrays, texts, lessons, bars(parent.arrays["platt"], thresholds))}
    digest = parent.manifest["encoder"]["files"]["encoder.onnx"]
    seen = Stages(parent.encoder, parent.grams, digest, cache, say).see([draft.row for draft in learnt])
    ordinary = load_sample(parent, HOLDING)
    wanted, heads = bars(parent.heads.platt, thresholds), parent.heads
    coefficients, intercepts = refit_heads(heads.coefficients, heads.intercepts, seen, ordinary, lessons, wanted)
    gate = _gate(heads.gate, parent.grams, learnt, seen, ordinary)
    arrays = {"coefficients": coefficients, "intercepts": intercepts, "platt": heads.platt, "gate": gate}
    return {"heads.npz": arrays}


def _gate(
    gate: NDArray[np.float64], stage: NGrams, learnt: Sequence[Draft], seen: Seen, ordinary: Seen | None
) -> NDArray[np.float64]:
    corrected = [draft.row.source == "correction" for draft in learnt]
    hard = [at for at, draft in enumerate(learnt) if corrected[at] and alarming(draft.row.labels)]
    harmless = [at for at, d in enumerate(learnt) if not corrected[at] and d.row.labels and not alarming(d.row.labels)]
    near = [read(text, language="en") for at in hard for text in word_less(learnt[at].row.text)]
    return refit_gate(
        gate,
        harmless=seen.grams[harmless],
        ordinary=seen.grams[harmless] if ordinary is None else ordinary.grams,
        hard=seen.grams[hard],
        near=_decisions(stage, near),
    )


def word_less(text: str) -> list[str]:
    """The text with one word left out, each in turn."""
    words = text.split()
    return [" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))] if len(words) > 1 else []


def _decisions(stage: NGrams, texts: Sequence[Text]) -> NDArray[np.float64]:
    return np.array([stage.decision(text) for text in texts]).reshape(-1, len(LABELS))
