"""Train: the steps in order, from labelled rows to a model folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.classifier.model import load
from app.training.card import write_card
from app.training.evaluate import evaluate
from app.training.fit import fit
from app.training.promote import write_model, write_weights
from app.training.rows import USES, Row, Source, load_labels, load_sources, merge, read_source
from app.training.split import split

SEED = 20261124


def train(
    *,
    labels: Path,
    out: Path,
    sources: Path | None = None,
    table: Path | None = None,
    seed: int = SEED,
    say: Callable[[str], None] = lambda line: None,
) -> Path:
    """Train on our own drafts and, with `sources`, on the corpora of `table` that may ship. Gives the model folder.

    The folder's name is the hash of its weights: the same inputs and seed give the same folder. Raises Invalid for a
    file, row or label at fault; nothing is written then.
    """
    corpora = load_sources(table) if sources is not None and table is not None else []
    rows = _rows(labels, sources, corpora, seed=seed)
    training, held_out = split(merge(rows["ship"]), seed=seed)
    say(f"{len(training):,} rows to learn from, {len(held_out):,} held out")
    fitted = fit(training, seed=seed)
    weights = write_weights(fitted.arrays())
    folder = out / f"ngram-{hashlib.sha256(weights).hexdigest()[:10]}"
    inputs = _digests(labels, sources, corpora)
    write_model(folder, weights=weights, papers={}, inputs=inputs)
    metrics = evaluate(
        load(folder),
        held_out=held_out,
        out_of_fold=(training, fitted.out_of_fold),
        ordinary=rows["dev"],
        outside=rows["evaluation"],
    )
    command = "make train SOURCES=<folder of corpora>" if sources is not None else "make train"
    card = write_card(version=folder.name, command=command, seed=seed, rows=training, sources=corpora, metrics=metrics)
    papers = {"metrics.json": json.dumps(metrics, indent=2) + "\n", "card.md": card}
    write_model(folder, weights=weights, papers=papers, inputs=inputs)
    say(f"wrote {folder}")
    return folder


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
