"""Mastodon's status length."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.text.length import length

CASES = json.loads((Path(__file__).parent / "mastodon/status-length.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_status_has_its_length(case: dict[str, Any]) -> None:
    """Text and content warning together, against the server's limit."""
    counted = length(case["spoiler_text"], "mastodon") + length(case["text"], "mastodon")
    assert case["expected_valid"] == (counted <= case["limit"])
    assert case["expected_counted"] in (counted, None)
