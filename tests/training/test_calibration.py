"""Calibration: probabilities of texts as they come, by a map that few ones can't throw off."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.classifier import LABELS
from app.errors import Invalid
from app.training.calibration import brier_skill, fit_map, judged
from app.training.natural import load_known, natural_rows
from app.training.rows import Row, digest, load_sources
from app.training.split import halves

RNG = np.random.default_rng(5)
INSULT = LABELS.index("insult")


def _texts(count: int, slope: float, shift: float) -> tuple[list[Row], np.ndarray]:
    """Rows whose label is drawn with the probability that the map would give."""
    odds = np.zeros((count, len(LABELS)))
    odds[:, INSULT] = RNG.normal(0, 3, count)
    drawn = RNG.random(count) < 1 / (1 + np.exp(-(slope * odds[:, INSULT] + shift)))
    rows = [Row(f"text {at}", {"insult": int(one)}, f"text:{at}", "t") for at, one in enumerate(drawn)]
    return rows, odds


def test_the_map_that_drew_the_labels_is_found() -> None:
    """Slope and intercept, to the noise of four thousand texts."""
    rows, odds = _texts(4_000, 0.8, -2.0)

    slope, intercept = fit_map(odds[:, INSULT], np.array([row.labels["insult"] for row in rows]))

    assert slope == pytest.approx(0.8, abs=0.08)
    assert intercept == pytest.approx(-2.0, abs=0.15)


@pytest.mark.parametrize("ones", [0, 1])
def test_few_ones_give_a_low_probability_and_a_slope_near_one(ones: int) -> None:
    """A label that hardly occurs must not become certain, nor its order turn round."""
    truth = np.zeros(500, dtype=np.int64)
    truth[:ones] = 1

    slope, intercept = fit_map(RNG.normal(0, 2, 500), truth)
    assert 0.3 < slope < 1.7
    assert 1 / (1 + np.exp(-intercept)) < 0.01


def test_what_is_judged_was_not_fitted_on() -> None:
    """A map judged on its own texts would look skilful: here what one half teaches is the opposite of the other."""
    rows, odds = _texts(200, 0.0, 0.0)
    first = set(halves(rows, seed=1)[0])
    told = [int((odds[at, INSULT] > 0) == (at in first)) for at in range(len(rows))]
    rows = [replace(row, labels={"insult": one}) for row, one in zip(rows, told, strict=True)]

    found = judged(rows, odds, "insult", seed=1)

    assert found["n"] == 200
    assert found["brier_skill"]["value"] < -0.3
    assert sum(len(each) for each in found["bins"]) == 20


def test_calibrated_probabilities_have_a_small_error_and_skill() -> None:
    """Crosswise, with intervals that hold the value."""
    found = judged(*_texts(3_000, 1.3, -2.5), "insult", seed=1)

    assert found["calibration_error"]["value"] < 0.03
    low, high = found["brier_skill"]["interval"]
    assert 0 < low <= found["brier_skill"]["value"] <= high


def test_brier_skill_is_what_one_reckons_by_hand() -> None:
    """Base rate one half, squared error 0.25; stated 0.9 and 0.1, squared error 0.01."""
    assert brier_skill(np.array([1, 0]), np.array([0.9, 0.1])) == pytest.approx(0.96)


_TABLE = """
[posts]
use = "dev"
licence = "none"
file = "posts.csv"
text = "text"
family = "account"
only = "accounts.csv"
rows.{} = {{}}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """A table with one corpus of three posts by two accounts, and the labels file given."""

    def write(*lines: str) -> Path:
        (tmp_path / "t.toml").write_text(_TABLE.format('""'))
        (tmp_path / "accounts.csv").write_text("account,kind\nacme,organisation\njo,person\n")
        (tmp_path / "posts.csv").write_text("account,text\nacme,Open at ten.\njo,Tired.\nacme,Closed today.\n")
        (tmp_path / "labels.csv").write_text("id,source,labels,unsure\n" + "".join(f"{line}\n" for line in lines))
        return tmp_path / "labels.csv"

    return write


def test_natural_texts_are_found_by_their_hash_whoever_wrote_them(corpus: Callable[..., Path]) -> None:
    """The curve reads organisations alone, calibration whatever came; what the reader was unsure of stays unknown."""
    path = corpus(f"{digest('Tired.')},posts,personal_voice,levity", f"{digest('Open at ten.')},posts,,")

    rows = natural_rows(load_known(path), load_sources(path.parent / "t.toml"), path.parent, seed=1)

    said = {row.text: row.labels for row in rows}
    assert said["Tired."]["personal_voice"] == 1
    assert "levity" not in said["Tired."]
    assert set(said["Open at ten."].values()) == {0}
    assert len(said) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("0" * 16 + ",posts,,", "1 texts are in no corpus"),
        (digest("Tired.") + ",posts,fury,", r"labels\.csv:2: unknown label 'fury'"),
        (digest("Tired.") + ",elsewhere,,", "a corpus 'elsewhere' that is not in the table"),
        ("no comma", "labels.csv"),
    ],
)
def test_natural_labels_at_fault_are_refused(corpus: Callable[..., Path], line: str, reason: str) -> None:
    """With file and line: a label that matches nothing would calibrate nothing, in silence."""
    path = corpus(line)

    with pytest.raises(Invalid, match=reason):
        natural_rows(load_known(path), load_sources(path.parent / "t.toml"), path.parent, seed=1)


def test_the_shipped_labels_hold_no_text() -> None:
    """Corpora stay where they are: a hash, names of labels, nothing else."""
    folder = Path(__file__).parents[2] / "data" / "natural"
    lines = list(csv.DictReader((folder / "labels.csv").read_text(encoding="utf-8").splitlines()))

    assert len({line["id"] for line in lines}) == len(lines) > 6_000
    assert all(len(line["id"]) == 16 and set(line["id"]) <= set("0123456789abcdef") for line in lines)
    assert {label for line in lines for label in line["labels"].split()} == set(LABELS)
