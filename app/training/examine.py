"""Examine: a written model on the frozen drafts and, where the corpora are at hand, on what is kept for evaluation."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.classifier.model import Model, current, load
from app.errors import Invalid
from app.training.evaluate import outside_metrics
from app.training.frozen import Draft, frozen, load_drafts
from app.training.measure import frozen_metrics, harmless_alarms
from app.training.record import add_metrics
from app.training.rows import Row, load_sources, read_source
from app.training.train import SEED

IDENTITY_WORDS = "unintended_bias/bias_madlibs_77k.csv"
"""sentences from templates with a word for a group in each (Dixon et al., "Measuring and Mitigating Unintended Bias in
Text Classification", 2018)"""
_EACH = 20
"""every so many of its 77,000 lines is enough"""


@dataclass(frozen=True, slots=True)
class Examined:
    version: str
    metrics: Mapping[str, Any]


def examine(
    *, models: Path, version: str | None, labels: Path, sources: Path | None, table: Path, seed: int = SEED
) -> Examined:
    """Measure, and put it into the model's metrics.json. Raises BadModel, and Invalid for files at fault."""
    model = load(models / (version or current(models)))
    drafts = frozen(load_drafts(labels), seed=seed)
    if not drafts:
        raise Invalid(f"{labels} holds no draft of a frozen family")
    found: dict[str, Any] = {"frozen": frozen_metrics(model, drafts, seed=seed)}
    if sources is not None:
        found |= _outside(model, sources, table, seed=seed)
    add_metrics(model.folder, found)
    return Examined(model.version, found)


def _outside(model: Model, sources: Path, table: Path, *, seed: int) -> dict[str, Any]:
    corpora = [source for source in load_sources(table) if source.use == "evaluation"]
    rows = [row for source in corpora for row in read_source(source, sources, seed=seed)]
    return {
        "identity_words": harmless_alarms(model, _identity_words(sources / IDENTITY_WORDS)),
        "evaluation_corpora": outside_metrics(model, rows),
    }


def _identity_words(path: Path) -> list[Draft]:
    """Every twentieth sentence that is not bad, as the file says."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            texts = [line["Text"] for line in csv.DictReader(file) if line["Label"] == "NOT_BAD"]
    except (OSError, KeyError, csv.Error) as error:
        raise Invalid(f"{IDENTITY_WORDS}: {type(error).__name__}: {error}") from error
    return [Draft(Row(text, {}, "", "identity"), IDENTITY_WORDS, IDENTITY_WORDS) for text in texts[::_EACH]]
