"""JSON in pieces is the JSON that it is whole."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.text import json_stream
from app.text.json_stream import JsonStream

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(VALUES), st.integers(1, 40), st.booleans())
@settings(deadline=None)
def test_pieces_change_nothing(values: list[object], size: int, ascii: bool) -> None:
    """Prevents a value that is cut where a piece of the file ends from being read as another, or refused."""
    chunk = json_stream._CHUNK
    json_stream._CHUNK = size
    try:
        stream = JsonStream(io.StringIO(json.dumps(values, ensure_ascii=ascii, indent=1)))
        assert list(stream.elements()) == values
        stream.finish()
    finally:
        json_stream._CHUNK = chunk


def test_a_value_without_an_end_is_not_read_whole() -> None:
    """Prevents a file of gigabytes in memory because of one quotation mark."""
    with pytest.raises(Invalid, match="no value within"):
        JsonStream(io.StringIO('"' + "a" * (json_stream.LONGEST_VALUE * 4))).value()


def test_space_without_an_end_is_passed_over() -> None:
    """Prevents a quadratic walk over a file of blanks."""
    assert JsonStream(io.StringIO(" " * 3_000_000)).peek() == ""
