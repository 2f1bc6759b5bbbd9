"""One pass tells which lists a text can hold."""

from __future__ import annotations

from app.text.openings import ANY, Index


def test_a_text_has_the_marks_of_the_lists_it_begins_a_phrase_of() -> None:
    """Prevents a list that is passed over although its phrase stands there, at the text's edges too."""
    index = Index()
    dogs, cats, both = index.file([{"dog "}]), index.file([{"cat"}]), index.file([{"dog ", "cat"}])
    everything = dogs | cats | both
    assert index.marks("a dog's life") & everything == dogs | both
    assert index.marks("dog") & everything == dogs | both
    assert index.marks("кот: cats") & everything == cats | both
    assert index.marks("dogs, tomcat") & everything == 0


def test_a_list_that_is_filed_after_the_reading_counts_as_present() -> None:
    """Prevents a text read early from hiding the matches of a list loaded late."""
    index = Index()
    index.file([{"dog "}])
    marks = index.marks("a cat")
    assert marks & index.file([{"cat "}])


def test_a_list_that_may_begin_with_anything_is_always_searched() -> None:
    """Prevents one phrase of signs from being lost among the words of its list."""
    index = Index()
    assert index.file([{"dog "}, None]) == ANY
    assert index.marks("") & ANY
