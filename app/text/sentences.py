"""Where a text's sentences stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"(?:[^.!?\n]|[.](?=[\w%]))+[.!?]*[\"”’)\]]*")
"""a point within a number or an address ends nothing"""
_SHORTEST = 3


def sentences(raw: str) -> Iterator[tuple[int, int]]:
    """Start and end of each; what has fewer than three characters is none.

    What goes on in small letters behind a mark or a quotation belongs to what stands before it.
    """
    begun: tuple[int, int] | None = None
    for match in _SENTENCE.finditer(raw):
        said = match[0].strip()
        if len(said) < _SHORTEST:
            continue
        start = match.start() + match[0].index(said)
        if begun is not None and said[0].islower() and "\n" not in raw[begun[1] : start]:
            begun = (begun[0], start + len(said))
            continue
        if begun is not None:
            yield begun
        begun = (start, start + len(said))
    if begun is not None:
        yield begun
