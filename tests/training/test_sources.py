"""Outside corpora: read as data/sources.toml says, refused where they aren't what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Invalid
from app.training.rows import Row, load_sources, merge, read_source

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


def _only(tmp_path: Path, content: str, more: str) -> list[tuple[str, dict[str, int]]]:
    (tmp_path / "rude.csv").write_text(content, encoding="utf-8")
    [source] = load_sources(_table(tmp_path, _TABLE + more))
    return [(row.text, dict(row.labels)) for row in read_source(source, tmp_path, seed=1)]


def test_several_values_add_up_and_contradictions_stay_unknown(tmp_path: Path) -> None:
    """A comment may show two emotions at once."""
    found = _only(tmp_path, 'text,label\nhm,"bad,good"\nwell,"good,odd"\n', 'each = ","\n')

    assert found == [("hm", {"threat": 0}), ("well", {"insult": 0, "threat": 0})]


def test_a_text_without_its_marked_words_is_its_harmless_twin(tmp_path: Path) -> None:
    """Both are of one family, so that neither gives the other away; a text without marks says nothing."""
    content = 'text,label,marks\nyou fool there,bad,"[4, 5, 6, 7]"\nhello,bad,[]\n'

    found = _only(tmp_path, content, 'spans = "marks"\nwithout = { insult = 0 }\n')

    assert found == [("you fool there", {"insult": 1}), ("you  there", {"insult": 0})]
    [source] = load_sources(_table(tmp_path, _TABLE + 'spans = "marks"\nwithout = { insult = 0 }\n'))
    assert len({row.family for row in read_source(source, tmp_path, seed=1)}) == 1


def test_masked_links_are_put_back_and_the_picture_link_is_cut(tmp_path: Path) -> None:
    """A mask is a word that no draft holds."""
    more = 'put_back = { "<url>" = "https://example.com" }\nending = "<url>"\n'

    found = _only(tmp_path, "text,label\nread <url> and see <url> ,bad\n", more)

    assert found == [("read https://example.com and see", {"insult": 1})]


def test_one_text_is_one_row_and_our_own_label_stands() -> None:
    """The same post lies in several corpora, and they don't agree."""
    rows = [
        Row("Hello  You", {"insult": 0, "threat": 0}, "a", "one", 0.5),
        Row("hello you", {"insult": 1, "levity": 1}, "b", "two", 1.0),
        Row("Ours", {"insult": 1, "threat": 1}, "c", "three"),
        Row("ours", {"insult": 0}, "own:d", "own", 8.0),
        Row("undecided", {"insult": 0}, "e", "one"),
        Row("undecided", {"insult": 1}, "f", "two"),
    ]

    assert merge(rows) == [
        Row("Hello  You", {"threat": 0, "levity": 1}, "a", "one", 1.0),
        Row("ours", {"insult": 0, "threat": 1}, "own:d", "own", 8.0),
    ]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("[rude", "sources.toml"),
        ("rude = 1", "sources.toml"),
        ("[rude]\nuse = 'ship'", "sources.toml"),
        (_TABLE + "colour = 'red'", "colour"),
        (_TABLE + "only = 7", "sources.toml"),
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
