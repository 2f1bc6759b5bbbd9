"""The lines of a file, each bounded: one line of half a gigabyte must not be read whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from app.errors import Invalid

LONGEST_LINE = 4 * 2**20


class Lines:
    """Iterates lines with their ends. Raises Invalid for one beyond LONGEST_LINE characters."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self.number = 0
        self.last = ""
        """the line given last: without an end of its own, the file ends there"""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._source.readline(LONGEST_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise Invalid(f"line {self.number}: longer than {LONGEST_LINE:,} characters")
        self.last = line
        return line
