"""The loop: from wrong verdicts to a model that has them right, and like ones too, with nothing else lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.classifier import LABELS
from app.classifier.model import Model, current, load
from app.text import read
from app.training.frozen import Draft, load_corrections, load_drafts
from app.training.measure import budgets, scores_of, threshold_of
from app.training.retrain import Retrained, retrain
from app.training.train import SEED

ROOT = Path(__file__).parents[2]
MODELS = Path(os.environ.get("PREPOST_TEST_MODELS", ROOT / "models"))
"""the shipped ones; another folder for who tries out an encoder"""
LOOP = Path(__file__).parent / "loop"
LABELLED = ROOT / "data" / "labels"
JUDGED = ("levity", *budgets())
"""labels that a rule alarms on"""
TOLERANCE = 0.03
"""of AUC and of what is caught that may be lost, and of harmless drafts on which a false alarm may come new"""

pytestmark = pytest.mark.skipif(
    not any(json.loads(path.read_text()).get("encoder") for path in [MODELS / current(MODELS) / "manifest.json"]),
    reason="the current model has no encoder: corrections then teach n-grams, which no paraphrase shares",
)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, since a model is written into it."""
    folder = tmp_path_factory.mktemp("loop") / "models"
    name = current(MODELS)
    encoder = json.loads((MODELS / name / "manifest.json").read_text())["encoder"]["folder"]
    for each in (name, encoder):
        shutil.copytree(MODELS / each, folder / each)
    shutil.copy(MODELS / "CURRENT", folder / "CURRENT")
    return folder


@pytest.fixture(scope="module")
def done(models: Path) -> Retrained:
    return retrain(models=models, labels=LABELLED, corrections=[LOOP / "corrections.jsonl"])


@pytest.fixture(scope="module")
def after(done: Retrained) -> Model:
    return load(done.folder)


def _texts(name: str) -> list[Draft]:
    return load_corrections([LOOP / name], load_drafts(LABELLED), seed=SEED)


def _right(model: Model, drafts: Sequence[Draft]) -> list[str]:
    """The places of the drafts whose labels all lie on the right side of their thresholds."""
    return [
        draft.where
        for draft, scores in zip(drafts, scores_of(model, drafts), strict=True)
        if all(
            (scores[label] >= threshold_of(model, label)) == bool(draft.row.labels[label])
            for label in JUDGED
            if label in draft.row.labels
        )
    ]


def test_what_was_corrected_is_right(after: Model) -> None:
    """Prevents the analyst who corrects the same draft twice."""
    corrections = _texts("corrections.jsonl")

    assert _right(after, corrections) == [draft.where for draft in corrections]


def test_most_of_what_is_like_it_is_right_too(models: Path, after: Model) -> None:
    """Prevents a loop that learns by heart."""
    paraphrases = _texts("paraphrases.jsonl")
    before = load(models / current(models))

    assert len(_right(after, paraphrases)) >= 14
    assert len(_right(after, paraphrases)) > len(_right(before, paraphrases))


def test_nothing_that_should_alarm_and_was_corrected_is_easy(after: Model) -> None:
    """Prevents a correction that the encoder, which has learnt it, never reads."""
    alarming = [draft for draft in _texts("corrections.jsonl") if any(draft.row.labels.get(x) for x in JUDGED)]

    assert after.heads is not None
    read_in_full = [not after.heads.is_easy(after.decision(read(d.row.text, language="en"))) for d in alarming]
    assert all(read_in_full)


@pytest.mark.parametrize("label", LABELS)
def test_no_label_is_told_apart_worse_on_the_frozen_drafts(done: Retrained, label: str) -> None:
    """Prevents a correction that is paid for with other drafts."""
    before, now = (each["labels"][label]["auc"]["value"] for each in (done.before, done.after))

    assert now >= before - TOLERANCE


def test_as_many_frozen_drafts_are_caught(done: Retrained) -> None:
    """Prevents the same with thresholds as they stand."""
    before, now = (sum(each["recall"][label]["caught"] for label in JUDGED) for each in (done.before, done.after))

    assert now >= before * (1 - TOLERANCE)


def test_no_harmless_frozen_draft_pays(done: Retrained) -> None:
    """Prevents a checker that is switched off because it has become noisy."""
    before, now = (each["false_alarms"] for each in (done.before, done.after))

    assert now["alarms"] <= before["alarms"] + TOLERANCE * before["n"]
