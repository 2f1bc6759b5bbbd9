"""Where sentences stand: their places cover what is said, in order, and nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text.sentences import sentences


def _cut(raw: str) -> list[str]:
    return [raw[start:end] for start, end in sentences(raw)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("We are sorry. It was wrong.", ["We are sorry.", "It was wrong."]),
        ("Sorry! We said 4.5%. It is 5.4%.", ["Sorry!", "We said 4.5%.", "It is 5.4%."]),
        ("See acme.example/help for more.", ["See acme.example/help for more."]),
        ("It said “Have a nice day!” to a mourner.", ["It said “Have a nice day!” to a mourner."]),
        ("He said “No.” We printed yes.", ["He said “No.”", "We printed yes."]),
        ("One line\nand another", ["One line", "and another"]),
        ("", []),
        ("?!", []),
        ("…  \n\n ok.", ["ok."]),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(raw: str, expected: list[str]) -> None:
    """Prevents a sentence that is judged by its second half."""
    assert _cut(raw) == expected


@given(st.text(max_size=300))
def test_places_are_in_order_and_within_the_text(raw: str) -> None:
    """Whatever somebody sends."""
    places = list(sentences(raw))
    assert all(0 <= start < end <= len(raw) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
