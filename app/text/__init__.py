"""Reading a field of a draft: folded forms, words, entities and language, all with their places in the raw text."""

from __future__ import annotations

import re

from app.domain import Text
from app.text.entities import entities, tokens
from app.text.language import detect, warm
from app.text.normalise import fold, plain
from app.text.openings import INDEX

__all__ = ["OPENING", "read", "warm"]

OPENING = 3
"""letters of a word by which patterns are chosen"""
_WORD = re.compile(r"\w+")


def read(raw: str, field: str = "text", *, language: str | None = None) -> Text:
    """Read one field, once. Never raises, whatever the code points; time is linear in the length.

    `language` (ISO 639-1) overrides what would be detected. Call `warm()` at start, or the first call waits.
    """
    folded = fold(raw)
    found = entities(raw)
    words = tokens(folded, found)
    begun = INDEX.begun(folded, frozenset([word.start for word in words]))
    return Text(
        raw=raw,
        field=field,
        folded=folded,
        plain=plain(folded),
        tokens=words,
        entities=found,
        language=language or detect(raw, found),
        openings=frozenset([word[:OPENING] for word in _WORD.findall(folded.text)]),
        marks=begun.marks,
        begun=begun.places,
        lists=begun.lists,
    )
