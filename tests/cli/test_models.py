"""prepost promote, rollback and models."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.classifier import LABELS
from app.training.promote import make_current
from tests.tiny_models import ENCODER, write_encoder, write_tiny

Run = Callable[..., Any]


def _metrics(caught: int) -> dict[str, Any]:
    recall = {"insult": {"caught": caught, "positives": 40}}
    return {"frozen": {"n": 90, "recall": recall, "false_alarms": {"alarms": 0, "n": 50}}}


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`old` serves, `good` is as good, `bad` is not, `bare` has no card."""
    folder = tmp_path / "models"
    write_encoder(folder)
    write_tiny(folder, "old", metrics=_metrics(30))
    write_tiny(folder, "good", encoder=ENCODER, metrics=_metrics(31))
    write_tiny(folder, "bad", metrics=_metrics(20))
    write_tiny(folder, "bare", card=None)
    make_current(folder, "old")
    monkeypatch.setenv("PREPOST_MODELS_DIR", str(folder))
    return folder


def test_promote_names_both_models_and_rollback_goes_back(prepost: Run, models: Path) -> None:
    """By name, or by the path that a shell completes."""
    assert prepost("promote", "models/good/").out == "good is now the current model, in place of old\n"
    assert (models / "CURRENT").read_text() == "good\n"

    done = prepost("rollback", "--because", "too many alarms")
    assert (done.code, done.out) == (0, "old is the current model again, in place of good\n")
    [_, entry] = [json.loads(line) for line in (models / "PROMOTIONS.jsonl").read_text().splitlines()]
    assert (entry["action"], entry["because"]) == ("rollback", "too many alarms")


def test_a_worse_model_is_refused_in_one_line_per_reason(prepost: Run, models: Path) -> None:
    """And promoted for a reason, which is kept."""
    done = prepost("promote", "bad")
    assert (done.code, done.out) == (65, "")
    assert [line.partition(" drops")[0] for line in done.err.splitlines()] == [
        "prepost: recall over all labels",
        "prepost: recall of insult",
        "prepost: if it should serve all the same, say why with --because",
    ]
    assert (models / "CURRENT").read_text() == "old\n"

    assert prepost("promote", "bad", "--because", "fewer alarms matter more").code == 0
    assert len(json.loads((models / "PROMOTIONS.jsonl").read_text())["refused"]) == 2


def test_no_reason_promotes_a_model_without_a_card(refused: Run) -> None:
    """No card, no promotion."""
    assert refused(65, "promote", "bare", "--because", "now") == "prepost: bare has no card.md\n"


def test_an_empty_reason_is_none(refused: Run) -> None:
    """A wrong argument."""
    assert "needs a reason" in refused(64, "promote", "bad", "--because", "  ")


def test_what_is_not_there_is_refused(refused: Run) -> None:
    """A name that is none, and a way back that is none."""
    assert "there is no model 'other'" in refused(65, "promote", "other")
    assert "there is no model '/tmp'" in refused(65, "promote", "/tmp")
    assert "knows no model before old" in refused(65, "rollback")


def test_models_lists_each_with_the_current_one_marked(prepost: Run, models: Path) -> None:
    """Encoders are no models, nor is a folder that is being written; what this version can't read is said."""
    write_tiny(models, ".good.7.new")
    (models / ENCODER / "manifest.json").write_text(json.dumps({"format": "prepost-encoder-1"}))
    (models / "ancient").mkdir()
    (models / "ancient" / "manifest.json").write_text(json.dumps({"format": "prepost-ngram-1", "labels": []}))
    (models / "torn").mkdir()
    (models / "torn" / "manifest.json").write_text("{")

    done = prepost("models")

    rows = [line.split("\t") for line in done.out.splitlines()]
    assert done.code == 0
    assert [(mark, name, *rest) for mark, name, _, *rest in rows] == [
        (" ", "ancient", "not of this version's format"),
        (" ", "bad", f"{len(LABELS)} labels", "no encoder"),
        (" ", "bare", f"{len(LABELS)} labels", "no encoder"),
        (" ", "good", f"{len(LABELS)} labels", ENCODER),
        ("*", "old", f"{len(LABELS)} labels", "no encoder"),
        (" ", "torn", "not of this version's format"),
    ]
    assert all(len(made) == len("2026-11-26") for _, _, made, *_ in rows)
