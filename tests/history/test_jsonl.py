"""JSONL as the API takes posts."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from app.domain import PastPost
from app.errors import Invalid
from app.history import jsonl
from app.history.post import Skipped


def test_strings_and_objects_are_posts() -> None:
    """Prevents a line separator within a post from cutting it, and a change to what was imported before."""
    text = '"one\u2028two "\n\n{"text": "b", "posted_at": "2026-11-01T11:00:00+01:00", "kind": "reply"}\r\n" "'
    assert list(jsonl.posts(io.StringIO(text, newline="\n"))) == [
        PastPost("one\u2028two "),
        PastPost("b", datetime(2026, 11, 1, 10, tzinfo=UTC), "reply"),
        Skipped("line 4", "no words"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a"', "not JSON"), ("7", "a string or an object"), ('{"text": 7}', "a string or an object"),
        ('{"text": "a", "when": 1}', "unknown field 'when'"), ('{"text": "a", "kind": "tweet"}', "kind must be"),
        ('{"text": "a", "kind": []}', "kind must be"), ('{"text": "a", "posted_at": "2026-11-11"}', "posted_at"),
        ('{"text": "a", "posted_at": "2026-02-30T10:00:00Z"}', "no such date"), ('"a\\u0000"', "NUL"),
        ('"a\\ud800"', "Unicode"), ("[" * 100_000, "not JSON"), ('"' + "a" * 5_000_000, "longer than"),
    ],
    ids=lambda value: value[:40],
)  # fmt: skip
def test_a_line_that_is_none_refuses_the_file(line: str, reason: str) -> None:
    """Prevents a program's mistake from passing unseen."""
    with pytest.raises(Invalid, match=f"^line 2: .*{reason}"):
        list(jsonl.posts(io.StringIO(f'"fine"\n{line}\n', newline="\n")))
