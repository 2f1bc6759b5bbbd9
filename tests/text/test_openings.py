"""One pass tells which lists a text can hold."""

from __future__ import annotations

from app.text.normalise import fold
from app.text.openings import ANY, Begun, Index


def begun(index: Index, raw: str) -> Begun:
    return index.begun(fold(raw), range(len(raw)))


def test_a_text_has_the_marks_of_the_lists_it_begins_a_phrase_of() -> None:
    """Prevents a list that is passed over although its phrase stands there, at the text's edges too."""
    index = Index()
    dogs, cats, both = index.file([{"dog "}]), index.file([{"cat"}]), index.file([{"dog ", "cat"}])
    everything = dogs | cats | both
    assert begun(index, "a dog's life").marks & everything == dogs | both
    assert begun(index, "dog").marks & everything == dogs | both
    assert begun(index, "кот: cats").marks & everything == cats | both
    assert begun(index, "dogs, tomcat").marks & everything == 0


def test_a_list_that_is_filed_after_the_reading_counts_as_present() -> None:
    """Prevents a text read early from hiding the matches of a list loaded late."""
    index = Index()
    index.file([{"dog "}])
    marks = begun(index, "a cat").marks
    assert marks & index.file([{"cat "}])


def test_a_list_that_may_begin_with_anything_is_always_searched() -> None:
    """Prevents one phrase of signs from being lost among the words of its list."""
    index = Index()
    assert index.file([{"dog "}, None]) == ANY
    assert begun(index, "").marks & ANY


def test_places_are_those_where_a_word_begins() -> None:
    """Prevents a phrase from being tried inside a link, or behind the apostrophe of another word."""
    index = Index()
    index.file([{"sold "}])
    found = index.begun(fold("Sold out, re'sold, https://a.b/sold"), {0, 5, 10})
    assert found.places == {index.number("sold "): [0]}
