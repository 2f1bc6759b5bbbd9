"""Examine: a written model on the frozen drafts and, where the corpora are at hand, on what is kept for evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.classifier.model import current
from app.service.serving import load_and_run
from app.training.evaluate import outside_metrics
from app.training.frozen import Draft, load_frozen
from app.training.measure import frozen_metrics, harmless_alarms
from app.training.record import add_metrics
from app.training.rows import Row, Source, load_sources, read_source
from app.training.sample import sample_alarms
from app.training.train import SEED

IDENTITY_WORDS = Source(
    name="identity words",
    use="evaluation",
    licence="Apache-2.0",
    file="unintended_bias/bias_madlibs_77k.csv",
    text="Text",
    column="Label",
    rows={"NOT_BAD": {}},
)
"""sentences from templates with a word for a group in each (Dixon et al., "Measuring and Mitigating Unintended Bias in
Text Classification", 2018); of those that are not bad none should alarm"""
_EACH = 20
"""every so many of its 77,000 lines is enough"""


@dataclass(frozen=True, slots=True)
class Examined:
    version: str
    metrics: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Outside:
    """What the corpora give to measure on."""

    rows: Sequence[Row]
    identity: Sequence[Draft]


def examine(
    *, models: Path, version: str | None, labels: Path, sources: Path | None, table: Path, seed: int = SEED
) -> Examined:
    """Measure, and put it into the model's metrics.json.

    Raises BadModel, and Invalid for files at fault: before anything is measured, which takes a minute.
    """
    model = load_and_run(models / (version or current(models)))
    drafts = load_frozen(labels, seed=seed)
    outside = None if sources is None else _outside(sources, table, seed=seed)
    found: dict[str, Any] = {"frozen": frozen_metrics(model, drafts, seed=seed), "sample": sample_alarms(model)}
    if outside is not None:
        found["identity_words"] = harmless_alarms(model, outside.identity)
        found["evaluation_corpora"] = outside_metrics(model, outside.rows)
    add_metrics(model.folder, found)
    return Examined(model.version, found)


def _outside(sources: Path, table: Path, *, seed: int) -> _Outside:
    corpora = [source for source in load_sources(table) if source.use == "evaluation"]
    rows = [row for source in corpora for row in read_source(source, sources, seed=seed)]
    harmless = read_source(IDENTITY_WORDS, sources, seed=seed)[::_EACH]
    return _Outside(rows, [Draft(row, IDENTITY_WORDS.file, IDENTITY_WORDS.file) for row in harmless])
