"""Learning to read apologies: from sentences to a folder that loads, and what is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from app.classifier.apology import HEADS, ApologyModel
from app.errors import Invalid
from app.text import read
from app.training import apology

_SAID = {
    "hacked": "Somebody hacked our account, number {}.",
    "excuse": "It was only a joke, said for the {} time.",
    "action": "We have deleted post {} and called her.",
}


def _write(folder: Path, *lines: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "some.jsonl").write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return folder


def _sentences() -> list[dict]:
    rows = []
    for number in range(12):
        for head in HEADS:
            said = _SAID.get(head, f"This is {head} and nothing else, {{}}.").format(number)
            rows.append({"text": said, "labels": {each: int(each == head) for each in HEADS}})
    return rows


def test_what_it_has_learnt_loads_and_reads(tmp_path: Path) -> None:
    """From labelled sentences to the folder that the service reads, with its papers."""
    rows = apology.load_sentences(_write(tmp_path / "data", *_sentences()))
    fitted, metrics = apology.learn(rows, seed=0)
    version = apology.write(tmp_path / "models", fitted, metrics, {"some.jsonl": "0" * 64})
    model = ApologyModel.load(tmp_path / "models")
    assert model is not None
    assert model.version == version
    (said,) = model.read(read("Somebody hacked our account again.", "text", language="en"))
    assert max(said.strengths, key=lambda head: said.strengths[head]) == "hacked"
    assert version in (tmp_path / "models" / "apology" / "card.md").read_text()
    assert set(metrics) == set(HEADS)


def test_the_same_sentences_give_the_same_weights(tmp_path: Path) -> None:
    """To the byte, so that anybody can make the shipped model again."""
    rows = apology.load_sentences(_write(tmp_path / "data", *_sentences()))
    versions = [apology.write(tmp_path / name, *apology.learn(rows, seed=0), {}) for name in ("one", "two")]
    assert versions[0] == versions[1]


def test_the_shipped_model_s_manifest_names_the_sentences_that_lie_here() -> None:
    """Prevents a model that nobody can make again from what is committed."""
    root = Path(__file__).parents[2]
    inputs = json.loads((root / "models" / "apology" / "manifest.json").read_text())["inputs"]
    files = sorted((root / "data" / "apologies").glob("*.jsonl"))
    assert inputs == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "some.jsonl:1: a text and its labels"),
        ({"text": "a"}, "some.jsonl:1: a text and its labels"),
        ({"text": "a", "labels": {"rude": 1}}, "'rude' is no head"),
        ({"text": "a", "labels": {"excuse": 2}}, "2 is no head, or no 0 or 1"),
    ],
)
def test_sentences_with_a_fault_are_refused_by_their_line(tmp_path: Path, line: object, says: str) -> None:
    """Whoever adds a file is told where."""
    with pytest.raises(Invalid) as refusal:
        apology.load_sentences(_write(tmp_path, line))
    assert says in refusal.value.detail


def test_no_sentences_are_refused(tmp_path: Path) -> None:
    """An empty folder is a typing error."""
    with pytest.raises(Invalid, match="holds no sentences"):
        apology.load_sentences(tmp_path)
