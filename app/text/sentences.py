"""Where a text's sentences stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?:[^.!?\n]|[.](?=[\w%]))+[.!?]*[\"”’)\]]*")
"""a point within a number or an address ends nothing"""
_SHORTEST = 3


def sentences(raw: str) -> Iterator[tuple[int, int]]:
    """Start and end of each; what has fewer than three characters is none."""
    for match in _SENTENCE.finditer(raw):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if match.end() - start >= _SHORTEST:
            yield start, match.end()
