"""Spans in the units that clients count in."""

from __future__ import annotations

from bisect import bisect_left


class Utf16:
    """Turns code point offsets of one text into UTF-16 code units (what JavaScript, Java and Swift count).

    A lone surrogate is one code unit and one code point. Building is linear in the text, a look-up logarithmic.
    """

    def __init__(self, raw: str) -> None:
        self._wide = [] if raw.isascii() else [index for index, char in enumerate(raw) if char > "\uffff"]

    def offset(self, code_point: int) -> int:
        """The code unit at which the code point of this index starts."""
        return code_point + bisect_left(self._wide, code_point)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.offset(start), self.offset(end)
