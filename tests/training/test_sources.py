"""Outside corpora: read as data/sources.toml says, refused where they aren't what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Invalid
from app.training.rows import load_sources, read_source

_TABLE = """
[rude]
use = "ship"
licence = "CC0"
file = "rude.csv"
text = "text"
column = "label"
rows."bad" = { insult = 1 }
rows."good" = { insult = 0, threat = 0 }
"""


def _table(tmp_path: Path, text: str = _TABLE) -> Path:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_corpus_gives_the_labels_its_column_stands_for(tmp_path: Path) -> None:
    """A value that isn't named is left out, and a label that isn't named stays unknown."""
    (tmp_path / "rude.csv").write_text("text,label\nyou fool,bad\nhello,good\nhm,unsure\n ,bad\n", encoding="utf-8")
    [source] = load_sources(_table(tmp_path))

    rows = read_source(source, tmp_path, seed=1)

    assert [(row.text, dict(row.labels), row.source) for row in rows] == [
        ("you fool", {"insult": 1}, "rude"),
        ("hello", {"insult": 0, "threat": 0}, "rude"),
    ]


def test_a_capped_corpus_is_sampled_by_the_seed(tmp_path: Path) -> None:
    """The same seed takes the same rows."""
    (tmp_path / "rude.csv").write_text("text,label\n" + "".join(f"t{n},bad\n" for n in range(100)), encoding="utf-8")
    [source] = load_sources(_table(tmp_path, _TABLE + "cap = 10\n"))

    rows = read_source(source, tmp_path, seed=1)

    assert len(rows) == 10
    assert rows == read_source(source, tmp_path, seed=1)
    assert rows != read_source(source, tmp_path, seed=2)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("[rude", "sources.toml"),
        ("rude = 1", "sources.toml"),
        ("[rude]\nuse = 'ship'", "sources.toml"),
        (_TABLE + "colour = 'red'", "colour"),
        (_TABLE.replace('"ship"', '"anything"'), "anything"),
        (_TABLE.replace("insult = 1", "rude = 1"), "unknown label 'rude'"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, table: str, reason: str) -> None:
    """A licence is nothing to guess at."""
    with pytest.raises(Invalid) as refused:
        load_sources(_table(tmp_path, table))

    assert reason in refused.value.detail


@pytest.mark.parametrize("content", [None, "words,label\nhi,bad\n", "text\nhi\n"])
def test_a_corpus_that_is_missing_or_of_another_form_is_refused(tmp_path: Path, content: str | None) -> None:
    """The refusal names the corpus and its file."""
    if content is not None:
        (tmp_path / "rude.csv").write_text(content, encoding="utf-8")
    [source] = load_sources(_table(tmp_path))

    with pytest.raises(Invalid, match=r"^rude: rude\.csv: "):
        read_source(source, tmp_path, seed=1)


def test_the_shipped_table_is_whole() -> None:
    """Each corpus has a licence and a known use."""
    sources = load_sources(Path(__file__).parents[2] / "data" / "sources.toml")

    assert [source.name for source in sources if not source.licence] == []
    assert any(source.use == "ship" for source in sources)
