"""A rating's standing is read where it is known and never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.factchecks.ratings import standing_of


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("False", "wrong"),
        ("FALSE.", "wrong"),
        ("Pants on Fire!", "wrong"),
        ("#Fake", "wrong"),
        ("Falso", "wrong"),
        ("Frei erfunden", "wrong"),
        ("Ложь", "wrong"),
        ("गलत", "wrong"),
        ("خطأ", "wrong"),
        ("假", "wrong"),
        ("False. The video is of 2014.", "wrong"),
        ("The claim is not true", "wrong"),
        ("Mostly False", "doubtful"),
        ("Half True", "doubtful"),
        ("Three Pinocchios", "doubtful"),
        ("Engañoso", "doubtful"),
        ("Größtenteils falsch", "doubtful"),
        ("مضلل", "doubtful"),
        ("Missing context", "doubtful"),
        ("True", "right"),
        ("Verdict: correct", "right"),
        ("Mostly true", "right"),
        ("Verdadero", "right"),
        ("सच", "right"),
        ("", "unclear"),
        ("???", "unclear"),
        ("Not entirely false", "unclear"),
        ("It is neither true nor false", "unclear"),
        ("Stimmt nicht ganz", "unclear"),
        ("The minister spoke of another law", "unclear"),
    ],
)
def test_words_are_read_where_they_are_known(words: str, standing: str) -> None:
    assert standing_of(words) == standing


@pytest.mark.parametrize(
    ("words", "value", "worst", "best", "standing"),
    [
        ("", 1, 1, 5, "wrong"),
        ("", 3, 1, 5, "doubtful"),
        ("", 5, 1, 5, "right"),
        ("", 1, 1, 1, "unclear"),
        ("", 1, 5, 1, "unclear"),
        ("", 9, 1, 5, "unclear"),
        ("", 1, None, 5, "unclear"),
        ("unknown words here", 1, 1, 5, "wrong"),
        ("False", 5, 1, 5, "unclear"),
        ("True", 1, 1, 5, "unclear"),
        ("Missing context", 1, 1, 5, "doubtful"),
        ("True", None, None, None, "right"),
        ("True", 0, 0, 0, "right"),
    ],
)
def test_number_and_words_together(
    words: str, value: float | None, worst: float | None, best: float | None, standing: str
) -> None:
    """Prevents a scale without sense from speaking, and one of two contradicting voices from being believed."""
    assert standing_of(words, value, worst, best) == standing


@given(st.text(), st.none() | st.floats(), st.none() | st.floats(), st.none() | st.floats())
def test_any_rating_has_a_standing(words: str, value: float | None, worst: float | None, best: float | None) -> None:
    assert standing_of(words, value, worst, best) in {"wrong", "doubtful", "right", "unclear"}
