"""Whether a private person or an organisation wrote a post."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.errors import BadModel
from app.voice.features import SIZE, Features
from app.voice.person import Person

TABLES = Path(__file__).parents[2] / "app" / "voice" / "tables"


@pytest.mark.parametrize(
    ("private", "official"),
    [
        ("can't believe my brother ate the whole cake", "Our bakery is open from 8am to 6pm. Order online: http://a.b"),
        ("im so tired of this week honestly", "Join us on Thursday for the annual general meeting. #AGM2026"),
    ],
)
def test_a_diary_is_a_persons_and_a_notice_an_organisations(private: str, official: str) -> None:
    person = Person.load(TABLES)
    assert person.log_odds(Features(private)) > 0.5 > -0.5 > person.log_odds(Features(official))


def test_what_was_saved_is_what_is_loaded(tmp_path: Path) -> None:
    weights = np.linspace(-1, 1, SIZE).astype(np.float32)
    Person(weights, 0.25).save(tmp_path)
    draft = Features("hello there")
    assert Person.load(tmp_path).log_odds(draft) == pytest.approx(Person(weights, 0.25).log_odds(draft), abs=0.01)


@pytest.mark.parametrize("weights", [np.zeros(3, np.float16), np.full(SIZE, np.nan, np.float16)])
def test_a_table_of_another_version_is_refused(weights: np.ndarray, tmp_path: Path) -> None:
    """A number that is none would lie below every threshold: a silent pass."""
    np.savez_compressed(tmp_path / "person.npz", weights=weights, intercept=np.float64(0))
    with pytest.raises(BadModel, match="another version"):
        Person.load(tmp_path)


def test_a_table_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "person.npz").write_bytes(b"not a table")
    with pytest.raises(BadModel, match=r"person\.npz"):
        Person.load(tmp_path)
