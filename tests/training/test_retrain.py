"""Retraining: the current model learns corrections, and what can't be learnt is refused with its place."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.classifier.model import load
from app.errors import BadModel, Invalid
from app.text import read
from app.training.card import _thresholds
from app.training.examine import examine
from app.training.promote import make_current, replaced
from app.training.refit import estimate, refit_gate
from app.training.retrain import retrain, word_less
from app.training.split import is_held_out
from app.training.train import SEED, train

_TEXT = "Our teapot thinks your nephew would do well as a doorstop."


@pytest.fixture(scope="module")
def trained(few: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A current model of n-grams, learnt once: it takes seconds, and each test gets a copy."""
    drafts = tmp_path_factory.mktemp("labels")
    (drafts / "drafts.jsonl").write_text("\n".join(map(json.dumps, few)) + "\n", encoding="utf-8")
    folder = tmp_path_factory.mktemp("trained") / "models"
    make_current(folder, train(labels=drafts, out=folder).name)
    return folder


@pytest.fixture
def models(trained: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(trained, tmp_path / "models"))


@pytest.fixture
def correct(tmp_path: Path) -> Callable[..., Path]:
    """A file of corrections with the lines given."""

    def _correct(*lines: Any, name: str = "june.jsonl") -> Path:
        written = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        (tmp_path / name).write_text("\n".join(written) + "\n", encoding="utf-8")
        return tmp_path / name

    return _correct


def _listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_correction_is_learnt_and_the_papers_say_from_what(
    labels: Path, models: Path, correct: Callable[..., Path]
) -> None:
    """The manifest names parent and inputs, so that a model's descent can be told."""
    parent = (models / "CURRENT").read_text().strip()
    path = correct({"text": _TEXT, "labels": {"insult": 1}})

    done = retrain(models=models, labels=labels, corrections=[path])

    manifest = json.loads((done.folder / "manifest.json").read_text())
    text = read(_TEXT, language="en")
    before, after = (load(models / name).score([text])[0].strengths["insult"] for name in (parent, done.folder.name))
    assert before < 0.5 < after
    assert manifest["parent"] == parent
    assert manifest["version"] == done.folder.name
    assert manifest["inputs"]["corrections/june.jsonl"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert manifest["inputs"].keys() == {"corrections/june.jsonl", "labels/drafts.jsonl"}
    assert parent in (done.folder / "card.md").read_text()
    assert (models / "CURRENT").read_text().strip() == parent


def test_the_same_corrections_give_the_same_bytes(labels: Path, models: Path, correct: Callable[..., Path]) -> None:
    """And heads that no correction speaks of stay what they were."""
    path = correct({"text": _TEXT, "labels": {"insult": 1}})

    first = retrain(models=models, labels=labels, corrections=[path]).folder
    written = _listing(first)
    again = retrain(models=models, labels=labels, corrections=[path]).folder

    assert (again, _listing(again)) == (first, written)
    parent = np.load(models / (models / "CURRENT").read_text().strip() / "weights.npz")
    changed = np.abs(np.load(first / "weights.npz")["intercepts"] - parent["intercepts"]) > 0
    assert changed.tolist() == [
        label == "insult" for label in json.loads((first / "manifest.json").read_text())["labels"]
    ]


def test_a_retraining_that_is_cut_off_leaves_nothing(
    labels: Path, models: Path, correct: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prevents half a model, written before it was measured, that loads and lacks its papers."""
    before = _listing(models)

    def cut_off(*_: Any, **__: Any) -> None:
        assert _listing(models) != before
        raise KeyboardInterrupt

    monkeypatch.setattr("app.training.retrain.frozen_metrics", cut_off)
    with pytest.raises(KeyboardInterrupt):
        retrain(models=models, labels=labels, corrections=[correct({"text": _TEXT, "labels": {"insult": 1}})])

    assert _listing(models) == before
    assert [path for path in models.iterdir() if path.name.startswith(".")] == []


def test_a_folder_of_that_name_is_left_alone_or_exchanged_as_a_whole(tmp_path: Path) -> None:
    """It may be the one that serves: a file of it must never be of one model and the next of another."""
    folder = tmp_path / "cascade-1"

    def write(text: str) -> None:
        with replaced(folder) as fresh:
            (fresh / "card.md").write_text(text)
            assert not folder.exists() or (folder / "card.md").read_text() == "one"

    write("one")
    made = folder.stat().st_ino
    write("one")
    assert folder.stat().st_ino == made
    (folder / "left over").touch()
    write("two")

    assert {path.name: path.read_text() for path in folder.iterdir()} == {"card.md": "two"}
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the model that serves is gone at the next restart."""
    folder, rename = tmp_path / "cascade-1", Path.rename
    folder.mkdir()
    (folder / "card.md").write_text("one")

    def failing(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="no"), replaced(folder) as fresh:
        (fresh / "card.md").write_text("two")

    assert (folder / "card.md").read_text() == "one"
    assert list(tmp_path.iterdir()) == [folder]


def test_what_the_current_model_has_learnt_is_nothing_new(
    labels: Path, models: Path, correct: Callable[..., Path]
) -> None:
    """Prevents a correction that counts twice because the command was given twice."""
    path = correct({"text": _TEXT, "labels": {"insult": 1}})
    make_current(models, retrain(models=models, labels=labels, corrections=[path]).folder.name)

    with pytest.raises(Invalid, match="nothing to learn"):
        retrain(models=models, labels=labels, corrections=[path])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["{"], "june.jsonl:1: not a labelled draft"),
        ([{"text": "a", "labels": {"rude": 1}}], "june.jsonl:1: unknown label 'rude'"),
        ([{"text": "a", "labels": {}}], "june.jsonl:1: a correction must state a label"),
        (
            [{"text": "So it goes", "labels": {"insult": 1}}, {"text": "so  it goes", "labels": {"insult": 0}}],
            "june.jsonl:2: 'insult' is 0 here and 1 for the same text, june.jsonl:1",
        ),
    ],
)
def test_a_bad_correction_is_refused_and_nothing_is_written(
    labels: Path, models: Path, correct: Callable[..., Path], lines: list[Any], reason: str
) -> None:
    """The analyst reads the place; a contradiction names both."""
    before = _listing(models)

    with pytest.raises(Invalid) as refused:
        retrain(models=models, labels=labels, corrections=[correct(*lines)])

    assert reason in refused.value.detail
    assert _listing(models) == before


def test_a_correction_that_contradicts_our_own_draft_names_both(
    labels: Path, models: Path, correct: Callable[..., Path], few: list[dict[str, Any]]
) -> None:
    """Otherwise the two would be learnt against each other."""
    number, draft = next(
        (n, row)
        for n, row in enumerate(few, 1)
        if "insult" in row["labels"] and not is_held_out(f"own:{row['family']}", seed=SEED)
    )
    path = correct({"text": draft["text"], "labels": {"insult": 1 - draft["labels"]["insult"]}})

    with pytest.raises(Invalid, match=rf"june\.jsonl:1: 'insult' .*drafts\.jsonl:{number}$"):
        retrain(models=models, labels=labels, corrections=[path])


def test_a_frozen_draft_is_no_correction(
    labels: Path, models: Path, correct: Callable[..., Path], few: list[dict[str, Any]]
) -> None:
    """Prevents a model that is measured on what it has learnt."""
    draft = next(row for row in few if is_held_out(f"own:{row['family']}", seed=SEED))

    with pytest.raises(Invalid, match=r"june\.jsonl:1: this text is frozen"):
        retrain(models=models, labels=labels, corrections=[correct({"text": draft["text"], "labels": {"insult": 1}})])


def test_a_label_of_which_one_side_is_known_is_refused(
    models: Path, correct: Callable[..., Path], write: Callable[..., Path], few: list[dict[str, Any]]
) -> None:
    """A head that is told of threats alone would call everything one."""
    rows = [{**row, "labels": {k: v for k, v in row["labels"].items() if k != "threat"}} for row in few]

    with pytest.raises(Invalid, match=r"june\.jsonl:1: label 'threat': both 0 and 1"):
        retrain(models=models, labels=write(rows), corrections=[correct({"text": _TEXT, "labels": {"threat": 1}})])


def test_a_parent_with_a_changed_byte_is_refused(labels: Path, models: Path, correct: Callable[..., Path]) -> None:
    """Nobody knows what such a model would hand on."""
    weights = models / (models / "CURRENT").read_text().strip() / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    before = _listing(models)

    with pytest.raises(BadModel, match=r"weights\.npz"):
        retrain(models=models, labels=labels, corrections=[correct({"text": _TEXT, "labels": {"insult": 1}})])

    assert _listing(models) == before


def test_evaluation_goes_into_the_papers_and_the_manifest_stays_true(labels: Path, models: Path) -> None:
    """The model still loads, and the figures are those that training wrote itself."""
    name = (models / "CURRENT").read_text().strip()
    written = _listing(models / name)

    found = examine(models=models, version=None, labels=labels, sources=None, table=Path("none"))

    assert load(models / name).version == name == found.version
    assert _listing(models / name) == written
    assert found.metrics["frozen"]["recall"].keys() == found.metrics["frozen"]["labels"].keys()


def test_a_refitted_head_stays_near_the_one_it_was_and_nearer_the_stiffer_the_prior() -> None:
    """The prior's mean is the shipped head: without evidence nothing moves."""
    inputs, head = np.eye(2), np.array([1.0, -1.0, 0.0])
    moved = [
        float(np.abs(estimate(head, inputs, np.array([0.0, 1.0]), np.ones(2), np.zeros(2), prior=prior) - head).sum())
        for prior in (0.1, 1.0, 100.0)
    ]

    assert moved == sorted(moved, reverse=True)
    np.testing.assert_allclose(
        estimate(head, inputs, np.array([0.0, 1.0]), np.zeros(2), np.zeros(2), prior=1.0), head, atol=1e-6
    )


def test_the_gate_lets_corrected_texts_through_and_what_is_near_them() -> None:
    """Otherwise the encoder would never read what it was corrected on."""
    rng = np.random.default_rng(2)
    easy, hard = rng.normal(-2, 1, (200, 14)), rng.normal(-2, 1, (5, 14))
    gate = np.append(np.ones(14), 10.0)

    found = refit_gate(gate, harmless=easy, ordinary=easy, hard=hard, near=hard - 0.1)

    for texts in (hard, hard - 0.1):
        assert (texts @ found[:-1] + found[-1] >= -1e-9).all()


def test_one_odd_neighbour_does_not_open_the_gate_to_everything() -> None:
    """A correction without its one telling word is like any post: were it let through, so were half of them."""
    rng = np.random.default_rng(2)
    easy, hard = rng.normal(-2, 1, (200, 14)), rng.normal(-1, 0.2, (5, 14))
    gate, near = np.append(np.ones(14), 10.0), np.repeat(hard - 0.1, 4, axis=0)
    odd = np.full((1, 14), -9.0)

    found = refit_gate(gate, harmless=easy, ordinary=easy, hard=hard, near=np.vstack([near, odd]))

    assert (hard @ found[:-1] + found[-1] >= -1e-9).all()
    assert (near @ found[:-1] + found[-1] >= -1e-9).mean() >= 0.8
    assert (odd @ found[:-1] + found[-1] < 0).all()
    assert (easy @ found[:-1] + found[-1] < 0).mean() > 0.5


def test_the_card_of_a_model_without_a_sample_says_so() -> None:
    """It claimed that thresholds were raised by what "rose (there is none)"."""
    sample = {"n": 1_000, "alarms": 12, "encoded": 480}

    without = _thresholds({"curve_of": "cascade-1", "sample": None, "parent_sample": None})
    with_one = _thresholds({"curve_of": "cascade-1", "sample": sample, "parent_sample": {**sample, "encoded": 450}})

    assert "ships no sample" in without
    assert "raised" not in without
    assert "12 alarm now" in with_one
    assert "reads 480 of them, 450 before" in with_one
    assert "no alarm curve" in _thresholds({"curve_of": None, "sample": None, "parent_sample": None})


def test_word_less_leaves_out_each_word_once() -> None:
    """A text of one word has no neighbours."""
    assert word_less("one two three") == ["two three", "one three", "one two"]
    assert word_less("one") == []
