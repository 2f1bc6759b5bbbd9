"""Bluesky's vectors: rich text facets, graphemes and the record's string lengths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.text.facets import find_facets
from app.text.graphemes import grapheme_count
from app.text.length import length, utf8_length, utf16_length

HERE = Path(__file__).parent


def load(path: str) -> Any:
    return json.loads((HERE / path).read_text("utf-8"))


FACETS = load("bluesky_richtext/facet-detection.json")
FIELDS = load("atproto_interop/record.json")["defs"]["main"]["record"]["properties"]
LENGTH_FAULTS = {
    "string too short",
    "string too long",
    "string too short (graphemes)",
    "string too long (graphemes)",
}


@pytest.mark.parametrize("case", FACETS["mentions_and_links"], ids=lambda case: ascii(case["text"]))
def test_mentions_and_links_become_facets(case: dict[str, Any]) -> None:
    """Each facet stands at its UTF-8 bytes and carries its handle or full URL."""
    expected = [
        (part["kind"], part["facet"].removeprefix("did:fake:"), part["byteStart"], part["byteEnd"])
        for part in case["segments"]
        if "facet" in part
    ]
    assert expected == [tuple(facet) for facet in find_facets(case["text"]) if facet.kind != "tag"]


@pytest.mark.parametrize("case", FACETS["hashtags"] + FACETS["cashtags"], ids=lambda case: ascii(case["text"]))
def test_hashtags_and_cashtags_become_tags(case: dict[str, Any]) -> None:
    """Each tag stands at its UTF-8 bytes; nothing else becomes one."""
    expected = [(tag, at["byteStart"], at["byteEnd"]) for tag, at in zip(case["tags"], case["indices"], strict=True)]
    assert expected == [tuple(facet)[1:] for facet in find_facets(case["text"]) if facet.kind == "tag"]


@pytest.mark.parametrize("case", load("bluesky_richtext/grapheme-length.json"), ids=lambda case: ascii(case["text"]))
def test_a_text_has_its_lengths(case: dict[str, Any]) -> None:
    """Graphemes, bytes, code points and UTF-16 units of one text."""
    text = case["text"]
    assert (case["graphemes"], case["utf8_bytes"], case["code_points"], case["utf16_units"]) == (
        grapheme_count(text),
        utf8_length(text),
        len(text),
        utf16_length(text),
    )


@pytest.mark.parametrize(
    "case",
    load("atproto_interop/record-data-valid.json") + load("atproto_interop/record-data-invalid.json"),
    ids=lambda case: case["name"],
)
def test_a_record_breaks_its_string_lengths_only_where_the_suite_says_so(case: dict[str, Any]) -> None:
    """maxLength and minLength are UTF-8 bytes, maxGraphemes and minGraphemes are graphemes."""
    assert (case["name"] in LENGTH_FAULTS) == any(_breaks(name, value) for name, value in case["data"].items())


def _breaks(name: str, value: object) -> bool:
    rule = FIELDS.get(name, {})
    if not isinstance(value, str) or rule.get("type") != "string":
        return False
    size, graphemes = utf8_length(value), length(value, "bluesky")
    return not (
        rule.get("minLength", 0) <= size <= rule.get("maxLength", size)
        and rule.get("minGraphemes", 0) <= graphemes <= rule.get("maxGraphemes", graphemes)
    )
