"""Train: the steps in order, from labelled rows to a model folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.classifier.model import Model, load, load_encoder
from app.classifier.ngram import NGrams
from app.training.card import write_card
from app.training.curve import alarm_curve
from app.training.evaluate import evaluate
from app.training.fit import fit
from app.training.frozen import frozen, load_drafts
from app.training.heads import Stages, heads
from app.training.measure import frozen_metrics
from app.training.promote import encoder_entry, write_model, write_weights
from app.training.rows import USES, Row, Source, load_labels, load_sources, merge, read_source
from app.training.split import halves, split

SEED = 20261124


def train(
    *,
    labels: Path,
    out: Path,
    sources: Path | None = None,
    table: Path | None = None,
    encoder: str | None = None,
    cache: Path | None = None,
    seed: int = SEED,
    say: Callable[[str], None] = lambda line: None,
) -> Path:
    """Train on our own drafts and, with `sources`, on the corpora of `table` that may ship. Gives the model folder.

    `encoder` names a folder of `out` with an encoder: then heads over its features are learnt too; `cache` keeps those.
    The folder's name is the hash of its weights: the same inputs and seed give the same folder. Raises Invalid for a
    file, row or label at fault; nothing is written then.
    """
    corpora = load_sources(table) if sources is not None and table is not None else []
    rows = _rows(labels, sources, corpora, seed=seed)
    training, held_out = split(merge(rows["ship"]), seed=seed)
    answering = {source.name for source in corpora if source.among == "replies"}
    posts = [row for row in rows["dev"] if row.source not in answering]
    replies = [row for row in rows["dev"] if row.source in answering]
    say(f"{len(training):,} rows to learn from, {len(held_out):,} held out")
    fitted = fit(training, seed=seed)
    weights = {"weights.npz": write_weights(fitted.arrays())}
    named = encoder_entry(out / encoder) if encoder else None
    if named is not None:
        stages = Stages(load_encoder(out, named), NGrams(fitted.arrays()), named["files"]["encoder.onnx"], cache, say)
        weights["heads.npz"] = write_weights(heads(stages, fitted, training, held_out, posts, seed=seed))
    folder = out / f"{'cascade' if named else 'ngram'}-{name_of(weights)}"
    inputs = _digests(labels, sources, corpora)
    write_model(folder, weights=weights, papers={}, inputs=inputs, encoder=named)
    model = load(folder)
    papers = _curve_paper(model, posts, replies, seed=seed)
    judged = halves(held_out, seed=seed)[1] if named else range(len(held_out))
    metrics = evaluate(
        model,
        held_out=[held_out[index] for index in judged],
        out_of_fold=(training, fitted.out_of_fold) if not named else ([], fitted.out_of_fold[:0]),
        ordinary=[posts[index] for index in halves(posts, seed=seed)[1]],
        outside=rows["evaluation"],
    )
    write_model(folder, weights=weights, papers=papers, inputs=inputs, encoder=named)
    # Loaded anew, because only now it has the curve that its thresholds follow from.
    metrics["frozen"] = frozen_metrics(load(folder), frozen(load_drafts(labels), seed=seed), seed=seed)
    command = "make train SOURCES=<folder of corpora>" if sources is not None else "make train"
    card = write_card(
        version=folder.name,
        command=command,
        seed=seed,
        rows=training,
        sources=corpora,
        metrics=metrics,
        encoder=encoder,
    )
    papers |= {"metrics.json": json.dumps(metrics, indent=2) + "\n", "card.md": card}
    write_model(folder, weights=weights, papers=papers, inputs=inputs, encoder=named)
    say(f"wrote {folder}")
    return folder


def _curve_paper(model: Model, posts: Sequence[Row], replies: Sequence[Row], *, seed: int) -> dict[str, str]:
    """curve.json, measured on the first half of the accounts; the other half is left to judge it by."""
    measured = [[rows[index] for index in halves(rows, seed=seed)[0]] for rows in (posts, replies)]
    curve = alarm_curve(model, measured[0], replies=measured[1])
    return {"curve.json": json.dumps(curve, indent=1) + "\n"} if curve else {}


def name_of(weights: Mapping[str, bytes]) -> str:
    """The part of a folder's name that follows from its weights."""
    return hashlib.sha256(b"".join(weights[name] for name in sorted(weights))).hexdigest()[:10]


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


def _digests(labels: Path, sources: Path | None, corpora: list[Source]) -> dict[str, Any]:
    """sha256 of each training input, by a name that holds no path of this machine."""
    files = {f"labels/{path.name}": path for path in sorted(labels.glob("*.jsonl"))}
    if sources is not None:
        files |= {source.file: sources / source.file for source in corpora}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
