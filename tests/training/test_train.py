"""Training: our own drafts alone are enough, and the same drafts give the same model to the last byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.model import load
from app.errors import Invalid
from app.text import read
from app.training.examine import examine
from app.training.promote import make_current
from app.training.rows import load_sources
from app.training.split import is_held_out
from app.training.train import _digests, train

Write = Callable[..., Path]
Rows = list[dict[str, Any]]


def test_our_own_drafts_alone_make_a_model_with_its_papers(labels: Path, tmp_path: Path) -> None:
    """No corpus is needed: what the repository holds is enough."""
    folder = train(labels=labels, out=tmp_path / "models")

    manifest = json.loads((folder / "manifest.json").read_text())
    metrics = json.loads((folder / "metrics.json").read_text())
    digest = hashlib.sha256((labels / "drafts.jsonl").read_bytes()).hexdigest()
    assert manifest["inputs"] == {"labels/drafts.jsonl": digest}
    assert manifest["files"].keys() == {"weights.npz", "metrics.json", "card.md"}
    assert metrics["labels"].keys() == set(LABELS)
    assert f"# Model {folder.name}" in (folder / "card.md").read_text()
    assert load(folder).score([read("Sale!", language="en")])[0].model == folder.name
    assert str(tmp_path) not in "".join(path.read_text() for path in folder.iterdir() if path.suffix != ".npz")


_CORPORA = """
[rude]
use = "ship"
licence = "CC0"
file = "rude.csv"
text = "text"
column = "label"
rows."1" = { insult = 1 }

[ordinary]
use = "dev"
licence = "none stated"
file = "ordinary.csv"
text = "text"
rows."" = {}

[talk]
use = "evaluation"
licence = "CC0"
file = "talk.csv"
text = "text"
column = "label"
rows."1" = { insult = 1 }
rows."0" = { insult = 0 }
"""


def test_corpora_that_may_not_ship_only_measure(labels: Path, tmp_path: Path) -> None:
    """A licence for research is none to learn from."""
    (tmp_path / "sources.toml").write_text(_CORPORA)
    (tmp_path / "rude.csv").write_text("text,label\nyou utter walnut,1\n")
    (tmp_path / "ordinary.csv").write_text("text\nquizzaciously ours\nquizzaciously yours\nquizzaciously here\n")
    (tmp_path / "talk.csv").write_text("text,label\nquizzaciously bad,1\nquizzaciously good,0\n")

    folder = train(labels=labels, out=tmp_path / "models", sources=tmp_path, table=tmp_path / "sources.toml")

    metrics = json.loads((folder / "metrics.json").read_text())
    card = (folder / "card.md").read_text()
    curve = json.loads((folder / "curve.json").read_text())
    again = examine(models=folder.parent, version=folder.name, labels=labels, sources=None, table=Path("none"))
    assert again.metrics["frozen"]["recall"] == metrics["frozen"]["recall"]  # both at the curve's thresholds
    assert curve["posts"]["n"] + metrics["ordinary_posts"]["n"] == 3  # one half sets the curve, the other judges it
    assert {label: entry["n"] for label, entry in metrics["outside"].items()} == {"insult": 2}
    assert ("| rude | 1 |" in card, "| talk |" in card, "| ordinary |" in card) == (True, False, False)
    assert b"quizz" not in np.load(folder / "weights.npz")["vocabulary"].tobytes()


def test_the_file_of_accounts_is_an_input_like_any_other(labels: Path, tmp_path: Path) -> None:
    """It decides which posts make the alarm curve: who changes it must see that the model was made from another."""
    table = tmp_path / "sources.toml"
    table.write_text(_CORPORA.replace('file = "ordinary.csv"', 'file = "ordinary.csv"\nonly = "accounts.csv"'))
    for name in ("rude.csv", "ordinary.csv", "talk.csv", "accounts.csv"):
        (tmp_path / name).write_text(name)

    found = _digests(labels, tmp_path, table, load_sources(table))

    assert found["only/ordinary"] == hashlib.sha256(b"accounts.csv").hexdigest()
    assert found.keys() == {"labels/drafts.jsonl", "rude.csv", "ordinary.csv", "talk.csv", "only/ordinary"}


def test_the_same_drafts_give_the_same_bytes(labels: Path, tmp_path: Path) -> None:
    """A model can be made again by anybody who has its inputs."""
    first, second = (train(labels=labels, out=tmp_path / name) for name in ("first", "second"))

    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }


def test_a_new_model_serves_only_when_it_is_promoted(labels: Path, tmp_path: Path) -> None:
    """Training leaves CURRENT alone."""
    models = tmp_path / "models"
    folder = train(labels=labels, out=models)
    assert not (models / "CURRENT").exists()

    make_current(models, folder.name)
    assert (models / "CURRENT").read_text() == f"{folder.name}\n"


def test_no_drafts_are_refused(tmp_path: Path) -> None:
    """An empty folder, or none."""
    for folder in (tmp_path / "nothing", tmp_path):
        with pytest.raises(Invalid, match=r"holds no labelled drafts"):
            train(labels=folder, out=tmp_path / "models")


_GOOD = {"text": "Hello", "labels": {"insult": 0}, "family": "a"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not a labelled draft"),
        ("[]", "not a labelled draft"),
        ("7", "not a labelled draft"),
        ('"text"', "not a labelled draft"),
        ('{"text": "Hello", "labels": {}}', "family"),
        ('{"text": "\\ud800", "labels": {}, "family": "a"}', "not a labelled draft"),
        ({**_GOOD, "text": "  "}, "empty"),
        ({**_GOOD, "text": 7}, "wrong type"),
        ({**_GOOD, "labels": []}, "wrong type"),
        ({**_GOOD, "family": None}, "wrong type"),
        ({**_GOOD, "labels": {"rude": 1}}, "unknown label 'rude'"),
        ({**_GOOD, "labels": {"insult": 2}}, "'insult' must be 0 or 1"),
        ({**_GOOD, "labels": {"insult": "1"}}, "'insult' must be 0 or 1"),
        ({**_GOOD, "labels": {"insult": True}}, "'insult' must be 0 or 1"),
        ({**_GOOD, "labels": {"insult": None}}, "'insult' must be 0 or 1"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(write: Write, tmp_path: Path, line: Any, reason: str) -> None:
    """An analyst finds it at once; blank lines and line separators within a draft don't shift the count."""
    folder = write([{**_GOOD, "text": "one\u2028two"}, "", json.dumps(_GOOD, ensure_ascii=False), line], "mine.jsonl")

    with pytest.raises(Invalid, match=r"^mine\.jsonl:4: ") as refused:
        train(labels=folder, out=tmp_path / "models")

    assert reason in refused.value.detail
    assert not (tmp_path / "models").exists()


def test_a_line_separator_within_a_draft_ends_no_line(write: Write, tmp_path: Path) -> None:
    """JSON may hold U+2028 and U+0085 as they are."""
    line = json.dumps({**_GOOD, "text": "one\u2028two\x85three"}, ensure_ascii=False)

    with pytest.raises(Invalid, match=r"label 'profanity'|no vocabulary"):
        train(labels=write([line]), out=tmp_path / "models")


def test_bytes_that_are_no_text_are_refused_with_file_and_line(write: Write, tmp_path: Path) -> None:
    """Latin-1 out of a spreadsheet."""
    folder = write([_GOOD])
    with (folder / "drafts.jsonl").open("ab") as file:
        file.write(b'{"text": "caf\xe9", "labels": {}, "family": "b"}\n')

    with pytest.raises(Invalid, match=r"^drafts\.jsonl:2: "):
        train(labels=folder, out=tmp_path / "models")


def test_a_label_of_which_only_one_side_is_known_is_refused(write: Write, tmp_path: Path, few: Rows) -> None:
    """A head that has never seen a threat would call nothing one, in silence."""
    rows = [{**row, "labels": {k: 0 if k == "threat" else v for k, v in row["labels"].items()}} for row in few]

    with pytest.raises(Invalid, match="label 'threat': both 0 and 1 are needed"):
        train(labels=write(rows), out=tmp_path / "models")


def test_a_label_known_from_one_family_only_is_refused(write: Write, tmp_path: Path, few: Rows) -> None:
    """Calibration out of fold needs it on both sides."""
    family = next(f"fam-{n}" for n in range(100) if not is_held_out(f"own:fam-{n}", seed=20261124))
    rows = [{**row, "family": family} if row["labels"].get("threat") else row for row in few]

    with pytest.raises(Invalid, match="label 'threat'"):
        train(labels=write(rows), out=tmp_path / "models")


def test_drafts_that_share_no_word_are_refused(write: Write, tmp_path: Path) -> None:
    """Nothing can be learnt from a word that was seen once."""
    rows = [{**_GOOD, "text": chr(0x4E00 + n) * 3, "family": str(n)} for n in range(20)]

    with pytest.raises(Invalid, match="no vocabulary"):
        train(labels=write(rows), out=tmp_path / "models")


def test_a_family_falls_on_one_side() -> None:
    """A draft and its harmless twin share a family, so that neither gives the other away."""
    sides = [is_held_out(f"own:{number}", seed=1) for number in range(2_000)]

    assert sides == [is_held_out(f"own:{number}", seed=1) for number in range(2_000)]
    assert 0.12 < sum(sides) / len(sides) < 0.18
