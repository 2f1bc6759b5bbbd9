"""Which format a file is in, by what it begins with: names and endings are what people change."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NoReturn

from app.errors import Invalid
from app.history.columns import columns_of
from app.text.encoding import marked

Format = Literal["x", "mastodon", "csv", "jsonl"]
HEAD = 2**16
"""bytes that are enough to tell"""
_OUTBOX = re.compile(r'"(?:orderedItems|OrderedCollection(?:Page)?)"')
_TWEETS = re.compile(r'\[\s*\{\s*"tweet"')
_FOREIGN = (("%PDF", "a PDF"), ("<!", "a web page or XML"), ("<html", "a web page"), ("<?xml", "XML"))


def detect(head: bytes) -> Format:
    """The format of a file that begins so. Raises Invalid with what it seems to be."""
    text = head.decode(marked(head) or "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if not text:
        raise Invalid("there is nothing in it")
    for start, name in _FOREIGN:
        if text.lower().startswith(start.lower()):
            _refuse(f"{name}, it seems")
    first = re.split(r"\r\n|\n|\r", text, maxsplit=1)[0]
    if text.startswith("window.YTD.") or _TWEETS.match(text):
        return "x"
    if text.startswith("{"):
        return "mastodon" if _is_outbox(text, _parsed(first)) else "jsonl"
    if columns_of(first) is not None:
        return "csv"
    if text.startswith('"') and isinstance(_parsed(first), str):
        return "jsonl"
    if text.startswith("["):
        _refuse("a JSON list, it seems: one post a line is needed")
    _refuse(
        "none of the formats is recognised; a table needs a first row with a column called text, message or the like"
    )


def _is_outbox(text: str, first: Any) -> bool:
    """A line that is whole decides by its fields: a post's words may name a collection."""
    if isinstance(first, dict):
        return "orderedItems" in first or first.get("type") in {"OrderedCollection", "OrderedCollectionPage"}
    return _OUTBOX.search(text) is not None


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _refuse(reason: str) -> NoReturn:
    raise Invalid(
        f"{reason}. Read are tweets.js or the zip of an X archive, Mastodon's outbox.json, CSV with a column for the "
        "text, and JSONL; --format says which it is"
    )
