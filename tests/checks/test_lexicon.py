"""Word lists: whole words, in the languages they belong to, however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.checks.lexicon import Entry, Lexicon
from app.text import read

LEXICON = Lexicon(
    [
        Entry("shit", "strong", frozenset({"*"})),
        Entry("*fuck*", "strong", frozenset({"*"})),
        Entry("dick", "coarse", frozenset({"en", "und"}), "name"),
    ]
)


def _found(raw: str, language: str = "en") -> list[tuple[str, str]]:
    return [(raw[hit.span.start : hit.span.end], hit.form) for hit in LEXICON.find([read(raw)], language=language)]


def test_a_term_counts_as_a_whole_word_only() -> None:
    """Prevents the alarm on a place that happens to hold a swear word."""
    assert _found("the shitake and the shit") == [("shit", "written")]


def test_a_star_lets_the_word_go_on() -> None:
    """Prevents a list that must spell out every form."""
    assert _found("what a clusterfucking day") == [("clusterfucking", "written")]


def test_disguised_words_are_found_where_they_stand_in_the_raw_text() -> None:
    """Prevents a warning that points beside the word."""
    assert _found("what a load of sh1t") == [("sh1t", "disguised")]


def test_a_hashtag_is_read_by_its_words() -> None:
    """Prevents a swear word that passes because it is run together."""
    assert _found("late again #holyshit") == [("#holyshit", "hashtag")]


def test_a_name_is_not_the_word() -> None:
    """Prevents the alarm on everyone called Dick."""
    assert _found("Dick is a dick") == [("dick", "written")]


def test_a_word_counts_only_in_its_languages() -> None:
    """Prevents the alarm on a German thick book."""
    assert _found("ein dick gewordener Band", language="de") == []


def test_a_broken_list_names_its_line(tmp_path: Path) -> None:
    """Prevents a word that is dropped because of a lost tab."""
    path = tmp_path / "list.tsv"
    path.write_text("# header\nshit\tstrong\t*\nshit strong\n")
    with pytest.raises(ValueError, match=r"list\.tsv:3"):
        Lexicon.load(path)
