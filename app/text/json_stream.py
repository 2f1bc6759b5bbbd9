"""JSON read piece by piece: an archive of half a gigabyte in the memory of one post."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from app.errors import Invalid

LONGEST_VALUE = 4 * 2**20
"""characters of one value; a post with all that its platform knows of it has a few thousand"""
_CHUNK = 2**18
_LONGEST_TOKEN = 16
"""characters of a literal or an escape that a piece may have been cut in"""
_NUMBER_MAY_GO_ON = frozenset({"", ".", "e", "E"})
_SPACE = re.compile(r"[ \t\r\n]*")


class JsonStream:
    """Where in a text a reader stands. Raises Invalid with the place for all that isn't JSON."""

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._decode = json.JSONDecoder().raw_decode
        self._text = ""
        self._at = 0
        self._dropped = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that isn't space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill()

    def take(self, character: str) -> None:
        if self.peek() != character:
            raise self._broken(f"{character!r} is expected")
        self._at += 1

    def match(self, pattern: re.Pattern[str], longest: int = 1_000) -> re.Match[str] | None:
        """Takes what the pattern matches here, at most `longest` characters."""
        self.peek()
        while len(self._text) - self._at < longest and not self._ended:
            self._fill()
        found = pattern.match(self._text, self._at, self._at + longest)
        self._at = found.end() if found else self._at
        return found

    def value(self) -> Any:
        """A whole value."""
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
                if self._ended or self._text[end : end + 1] not in _NUMBER_MAY_GO_ON:
                    self._at = end
                    return value
            except RecursionError as error:
                raise self._broken("nested too deeply") from error
            except ValueError as error:
                self._assert_unfinished(error)
            if len(self._text) - self._at > LONGEST_VALUE:
                raise self._broken(f"no value within {LONGEST_VALUE:,} characters")
            self._fill()

    def elements(self) -> Iterator[Any]:
        """Each value of a list."""
        self.take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            if self.peek() == "]":
                self._at += 1
                return
            self.take(",")

    def names(self) -> Iterator[str]:
        """Each name of an object: who asks takes its value before the next."""
        self.take("{")
        while self.peek() != "}":
            name = self.value()
            if not isinstance(name, str):
                raise self._broken("a name is expected")
            self.take(":")
            yield name
            if self.peek() != "}":
                self.take(",")
        self._at += 1

    def finish(self) -> None:
        """Nothing may follow."""
        if self.peek():
            raise self._broken("more follows where the end is expected")

    def _assert_unfinished(self, error: ValueError) -> None:
        """Returns where the rest of the value may still come. Raises Invalid."""
        at = getattr(error, "pos", self._at)
        end, in_string = len(self._text.rstrip()), str(error).startswith("Unterminated string")
        if self._ended and (in_string or at >= end):
            raise self._broken_off(len(self._text)) from error
        if self._ended or not (in_string or at >= end - _LONGEST_TOKEN):
            self._at = at
            raise self._broken(str(error).partition(": line")[0]) from error

    def _broken(self, reason: str) -> Invalid:
        if self.peek() == "":
            return self._broken_off(self._at)
        return Invalid(f"character {self._dropped + self._at + 1:,}: not JSON: {reason}")

    def _broken_off(self, at: int) -> Invalid:
        return Invalid(f"character {self._dropped + at + 1:,}: the file breaks off")

    def _fill(self) -> None:
        """Reads as much again as is pending, so that a long value is tried a few times only."""
        pending = self._text[self._at :]
        more = self._source.read(max(_CHUNK, len(pending)))
        self._dropped += self._at
        self._text, self._at, self._ended = pending + more, 0, not more
