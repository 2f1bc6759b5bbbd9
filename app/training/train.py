"""Train: the steps in order, from labelled rows to a model folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.classifier import LABELS
from app.classifier.model import CALIBRATION, Model, load, load_encoder
from app.classifier.ngram import NGrams
from app.domain import Among
from app.training.calibration import judged, log_odds, maps, populations
from app.training.card import write_card
from app.training.curve import alarm_curve
from app.training.evaluate import evaluate
from app.training.extend import Kept, load_kept, stating, with_grams, with_heads
from app.training.fit import Fitted, fit
from app.training.frozen import frozen, load_drafts
from app.training.heads import Stages, heads
from app.training.measure import frozen_metrics
from app.training.natural import Known, load_known, natural_rows
from app.training.promote import encoder_entry, replaced, write_model, write_weights
from app.training.rows import USES, Row, Source, load_labels, load_sources, merge, read_source
from app.training.sample import sample_alarms, sample_file
from app.training.split import halves, split

SEED = 20261124
NATURAL = Path("natural") / "labels.csv"
"""beside the table of corpora; without it, strengths stay as they are"""


def train(
    *,
    labels: Path,
    out: Path,
    sources: Path | None = None,
    table: Path | None = None,
    encoder: str | None = None,
    keep: str | None = None,
    cache: Path | None = None,
    seed: int = SEED,
    say: Callable[[str], None] = lambda line: None,
) -> Path:
    """Train on our own drafts and, with `sources`, on the corpora of `table` that may ship. Gives the model folder.

    `encoder` names a folder of `out` with an encoder: then heads over its features are learnt too; `cache` keeps those.
    `keep` names a model of `out`: then only the labels that it lacks are learnt, and all else is its own.
    The folder's name is the hash of its weights: the same inputs and seed give the same folder. Raises Invalid for a
    file, row or label at fault; nothing is written then.
    """
    kept = load_kept(out / keep) if keep else None
    corpora = load_sources(table) if sources is not None and table is not None else []
    rows = _rows(labels, sources, corpora, seed=seed)
    training, held_out = split(merge(rows["ship"]), seed=seed)
    ordinary = _ordinary(rows["dev"], held_out, corpora)
    say(f"{len(training):,} rows to learn from, {len(held_out):,} held out")
    at = _Training(out, training, held_out, ordinary["posts"], cache, say, seed)
    fitted, weights, named = _extended(at, kept) if kept else _learnt(at, encoder)
    inputs = _digests(labels, sources, table, corpora) | _kept_digest(out, keep)
    name = f"{'cascade' if named else 'ngram'}-{name_of(weights)}"
    papers: dict[str, str] = {}
    with replaced(out / name) as folder:

        def write() -> Model:
            write_model(folder, version=name, weights=weights, papers=papers, inputs=inputs, encoder=named)
            return load(folder)

        model = write()
        papers |= _curve_paper(model, ordinary, seed=seed)
        metrics: dict[str, Any] = {}
        if sources is not None and table is not None and (table.parent / NATURAL).exists():
            known = load_known(table.parent / NATURAL)
            metrics, papers[CALIBRATION] = _calibrated(model, known, corpora, sources, seed)
        model = write()  # only now it has the curve that its thresholds follow from
        metrics = (
            _evaluated(model, fitted, training, held_out, ordinary["posts"], rows["evaluation"], seed=seed) | metrics
        )
        metrics["sample"] = sample_alarms(model)
        metrics["frozen"] = frozen_metrics(model, frozen(load_drafts(labels), seed=seed), seed=seed)
        command = "make train SOURCES=<folder of corpora>" if sources is not None else "make train"
        card = write_card(
            version=name,
            command=f"{command} KEEP={keep}" if kept else command,
            seed=seed,
            rows=training,
            sources=corpora,
            metrics=metrics,
            encoder=named["folder"] if named else None,
            kept=(kept.version, kept.lacking) if kept else None,
        )
        papers |= {"metrics.json": json.dumps(metrics, indent=2) + "\n", "card.md": card}
        write()
    say(f"wrote {out / name}")
    return out / name


@dataclass(frozen=True, slots=True)
class _Training:
    """What both ways to learn need."""

    out: Path
    training: Sequence[Row]
    held_out: Sequence[Row]
    posts: Sequence[Row]
    cache: Path | None
    say: Callable[[str], None]
    seed: int

    def stages(self, named: Mapping[str, Any], grams: Mapping[str, Any]) -> Stages:
        encoder = load_encoder(self.out, named)
        return Stages(encoder, NGrams(grams), named["files"]["encoder.onnx"], self.cache, self.say)


_Learnt = tuple[Fitted, dict[str, bytes], dict[str, Any] | None]
"""the n-gram stage, the files of the model, and what the manifest says of its encoder"""


def _learnt(at: _Training, encoder: str | None) -> _Learnt:
    """All labels, from all rows."""
    fitted = fit(at.training, seed=at.seed)
    weights = {"weights.npz": write_weights(fitted.arrays())}
    named = encoder_entry(at.out / encoder) if encoder else None
    if named is not None:
        stages = at.stages(named, fitted.arrays())
        weights["heads.npz"] = write_weights(heads(stages, fitted, at.training, at.held_out, at.posts, seed=at.seed))
        weights |= sample_file(stages, at.held_out, seed=at.seed)
    return fitted, weights, named


def _extended(at: _Training, kept: Kept) -> _Learnt:
    """The labels that the kept model lacks, from the rows that state them."""
    training, held_out = (stating(rows, kept.lacking) for rows in (at.training, at.held_out))
    at.say(f"{len(training):,} of them state {' and '.join(kept.lacking)}, and {len(held_out):,} that are held out")
    fitted, grams = with_grams(kept, training, seed=at.seed)
    named = encoder_entry(at.out / kept.encoder)
    stages = at.stages(named, grams)
    learnt = with_heads(kept, stages, fitted, training, held_out, seed=at.seed)
    weights = {"weights.npz": write_weights(grams), "heads.npz": write_weights(learnt)}
    return fitted, weights | sample_file(stages, at.held_out, seed=at.seed), named


def _evaluated(
    model: Model,
    fitted: Fitted,
    training: Sequence[Row],
    held_out: Sequence[Row],
    posts: Sequence[Row],
    outside: Sequence[Row],
    *,
    seed: int,
) -> dict[str, Any]:
    """Figures on what was held out; beneath an encoder on the half that calibration has not seen."""
    rest = halves(held_out, seed=seed)[1] if model.heads else range(len(held_out))
    return evaluate(
        model,
        held_out=[held_out[index] for index in rest],
        out_of_fold=([], np.zeros((0, len(LABELS)))) if model.heads else (training, fitted.out_of_fold),
        ordinary=[posts[index] for index in halves(posts, seed=seed)[1]],
        outside=outside,
    )


def _ordinary(measuring: Sequence[Row], held_out: Sequence[Row], corpora: Sequence[Source]) -> dict[Among, list[Row]]:
    """Ordinary texts that no head has learnt from, by what they are."""
    among = {source.name: source.among for source in corpora}
    return {
        "posts": [row for row in measuring if among[row.source] == "posts"],
        "replies": [row for row in measuring if among[row.source] == "replies"],
        "personal": [r for r in held_out if among.get(r.source) == "personal" and r.labels.get("personal_voice")],
    }


def _curve_paper(model: Model, ordinary: Mapping[Among, Sequence[Row]], *, seed: int) -> dict[str, str]:
    """curve.json, measured on the first half of the accounts; the other half is left to judge it by."""
    measured = {among: [rows[index] for index in halves(rows, seed=seed)[0]] for among, rows in ordinary.items()}
    curve = alarm_curve(model, measured)
    return {"curve.json": json.dumps(curve, indent=1) + "\n"} if curve else {}


def _calibrated(
    model: Model, known: Known, corpora: Sequence[Source], sources: Path, seed: int
) -> tuple[dict[str, Any], str]:
    """How well strengths are calibrated on natural texts, for metrics.json, and calibration.json."""
    rows = natural_rows(known, corpora, sources, seed=seed)
    odds = log_odds(model, rows)
    figures: dict[str, Any] = {}
    fitted: dict[str, Any] = {}
    for among, at in populations(rows, corpora).items():
        own, own_odds = [rows[index] for index in at], odds[at]
        figures[among] = {label: judged(own, own_odds, label, seed=seed) for label in LABELS}
        fitted[among] = maps(own, own_odds)
    return {"natural": figures}, json.dumps(fitted, indent=1) + "\n"


def name_of(weights: Mapping[str, bytes]) -> str:
    """The part of a folder's name that follows from its weights."""
    return hashlib.sha256(b"".join(weights[name] for name in sorted(weights))).hexdigest()[:10]


def _kept_digest(out: Path, keep: str | None) -> dict[str, str]:
    path = out / keep / "manifest.json" if keep else None
    return {f"kept/{keep}": hashlib.sha256(path.read_bytes()).hexdigest()} if path else {}


def tuning_rows(*, labels: Path, sources: Path, table: Path, seed: int = SEED) -> list[Row]:
    """What an encoder may be tuned on: what `train` learns from, nothing that is held out."""
    rows = _rows(labels, sources, load_sources(table), seed=seed)
    return split(merge(rows["ship"]), seed=seed)[0]


def _rows(labels: Path, sources: Path | None, corpora: list[Source], *, seed: int) -> dict[str, list[Row]]:
    """Rows by use: our own are learnt from, as are the corpora marked `ship`; the others only measure."""
    rows: dict[str, list[Row]] = {use: [] for use in USES} | {"ship": load_labels(labels)}
    for source in corpora if sources is not None else ():
        rows[source.use] += read_source(source, sources, seed=seed)  # type: ignore[arg-type]
    return rows


def _digests(labels: Path, sources: Path | None, table: Path | None, corpora: list[Source]) -> dict[str, Any]:
    """sha256 of each training input, by a name that holds no path of this machine."""
    files = {f"labels/{path.name}": path for path in sorted(labels.glob("*.jsonl"))}
    if sources is not None and table is not None:
        files |= {source.file: sources / source.file for source in corpora}
        files |= {f"only/{source.name}": source.only for source in corpora if source.only}
        files |= {str(NATURAL): table.parent / NATURAL for path in [table.parent / NATURAL] if path.exists()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
