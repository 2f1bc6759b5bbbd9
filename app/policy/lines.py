"""Where the entries of a TOML document stand: its parser tells their values, and no lines.

For documents that the parser has accepted; another one may be told wrongly.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from functools import lru_cache

Path = tuple[str | int, ...]
"""keys from the top, and places in a list from 0"""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_QUOTED = r'"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})' + r"|'''.*?'''(?:'{0,2})" + f"|{_QUOTED}", re.DOTALL)
_KEY = re.compile(rf"(?:{_QUOTED}|[\w.\- \t])+")
_SCALAR = re.compile(r"[^,\]}\n#]*")
_OPENING, _CLOSING = re.compile(r"\[{1,2}"), re.compile(r"\]{1,2}")


def line_of(document: str, path: Path) -> int | None:
    """The line, from 1, of an entry, or of the innermost one around it that has a place; None where none has."""
    try:
        found = _Scanner(document).lines()
    except RecursionError:  # lists in lists, as deep as the parser could just follow
        return None
    return next((found[path[:length]] for length in range(len(path), 0, -1) if path[:length] in found), None)


class _Scanner:
    """Goes through a document once and notes where each key and each item of a list begins."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._found: dict[Path, int] = {}

    def lines(self) -> dict[Path, int]:
        table: Path = ()
        while not self._is_over():
            if self._text[self._at] == "[":
                start = self._at
                self._skip(_OPENING)
                table = self._key((), start)
                self._skip(_CLOSING)
            else:
                self._pair(table)
        return self._found

    def _is_over(self) -> bool:
        self._skip(_BLANK)
        return self._at >= len(self._text)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at + 1  # never stands still
        return match[0] if match else ""

    def _note(self, path: Path, at: int) -> None:
        self._found.setdefault(path, bisect_left(self._ends, at) + 1)

    def _key(self, table: Path, at: int) -> Path:
        """Read a dotted key; each of its parts is noted where nothing is noted yet."""
        keys = _keys(self._skip(_KEY).strip())
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), at)
        return (*table, *keys)

    def _pair(self, table: Path) -> None:
        path = self._key(table, self._at)
        self._at += 1  # =
        self._skip(_BLANK)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self._text[self._at : self._at + 1]
        if opening in ("[", "{"):
            self._at += 1
            self._members(path, is_list=opening == "[")
        else:
            self._skip(_STRING if opening in ('"', "'") else _SCALAR)

    def _members(self, path: Path, *, is_list: bool) -> None:
        count = 0
        while not self._is_over() and self._text[self._at] not in "]}":
            if self._text[self._at] == ",":
                self._at += 1
            elif is_list:
                self._note((*path, count), self._at)
                self._value((*path, count))
                count += 1
            else:
                self._pair(path)
        self._at += 1


@lru_cache(maxsize=512)
def _keys(dotted: str) -> Path:
    """`own."a/b".words` → own, a/b, words: read by the parser itself."""
    keys: list[str] = []
    try:
        table = tomllib.loads(f"{dotted} = 0")
    except tomllib.TOMLDecodeError:
        return (dotted,)
    while isinstance(table, dict):
        ((key, table),) = table.items()
        keys.append(key)
    return tuple(keys)
