"""Any Unicode at all gets a verdict, and every span points at its words in both offset units."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from bench import fuzz


def test_random_drafts_get_verdicts_with_valid_spans(tmp_path: Path) -> None:
    """A few hundred of the 20,000 that `python -m bench.fuzz` sends."""
    with fuzz.serving(tmp_path) as address, httpx2.Client(base_url=address, timeout=60) as client:
        seen, wrong = fuzz.run(client, 300, seed=20261124)

    assert wrong == []
    assert sum(seen[verdict] for verdict in ("pass", "warn", "hold", "block")) == 300
    assert seen["spans"] > 100


@pytest.mark.parametrize(
    ("span", "unit", "valid"),
    [
        ({"start": 2, "end": 4, "text": "ab"}, "codepoint", True),
        ({"start": 3, "end": 5, "text": "ab"}, "utf16", True),
        ({"start": 3, "end": 5, "text": "a•"}, "utf16", True),
        ({"start": 2, "end": 4, "text": "ab"}, "utf16", False),
        ({"start": 1, "end": 2, "text": "😀"}, "utf16", False),
        ({"start": 2, "end": 5, "text": "ab"}, "codepoint", False),
        ({"start": 4, "end": 3, "text": ""}, "codepoint", False),
        ({"start": -1, "end": 1, "text": "😀"}, "codepoint", False),
        ({"start": 2, "end": 4, "text": "abc"}, "codepoint", False),
    ],
)
def test_the_fuzzer_knows_a_valid_span(span: dict[str, object], unit: str, valid: bool) -> None:
    """A check that can't fail would prove nothing."""
    reply = {"warnings": [{"rule": "a/b", "spans": [{**span, "field": "text"}]}]}

    assert (fuzz.faults({"text": "😀 ab"}, reply, unit) == []) is valid


def test_the_fuzzer_knows_a_field_of_the_draft() -> None:
    """A span in a field that the draft hasn't got is a fault."""
    span = {"start": 0, "end": 1, "text": "a", "field": "tags[1]"}
    reply = {"warnings": [{"rule": "a/b", "spans": [span]}]}

    assert fuzz.faults({"text": "a", "tags": ["a", "a"]}, reply, "utf16") == []
    assert len(fuzz.faults({"text": "a", "tags": ["a"]}, reply, "utf16")) == 1
