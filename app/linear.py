"""Patterns that people write as data, on an engine whose time is linear in the text (RE2): none can hang a check.

RE2's own limits hold: no look-around, no back-references, and `\\b` and `\\w` know ASCII alone, so patterns are meant
for folded text, where accents are gone. `Words` knows words of any script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import re2
import regex

MOST_MATCHES = 100
"""that are looked at in one text: nobody reads more, and each costs a little"""
MOST_STEPS = 5_000
"""instructions of a compiled pattern; the usual one has some hundred. The time is that many times the text at worst"""
LONGEST = 2_000
"""characters of a pattern"""
_SURROGATES = re.compile("[\ud800-\udfff]")


class BadPattern(ValueError):
    """A pattern that can't be used; its message says why."""


class Linear:
    """A compiled pattern."""

    def __init__(self, pattern: str, *, ignore_case: bool = False) -> None:
        """Raises BadPattern where it does not compile, would cost too much, or matches an empty text."""
        if len(pattern) > LONGEST:
            raise BadPattern(f"is longer than {LONGEST:,} characters")
        self.pattern = pattern
        self._compiled = _compiled(pattern, case_sensitive=not ignore_case)
        if self._compiled.programsize > MOST_STEPS:
            raise BadPattern(f"is too costly: {self._compiled.programsize:,} steps, at most {MOST_STEPS:,} are taken")
        if self.is_in(""):
            raise BadPattern("matches the empty text, and so every draft")

    def is_in(self, text: str) -> bool:
        return self._compiled.search(_encodable(text)) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of the matches in order, at most `MOST_MATCHES`."""
        return _spans(self._compiled, _encodable(text))


class AnyOf:
    """Tells whether any of several patterns may be in a text, in the time of one; not which, nor where."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Patterns that compile one by one; small and capital letters count alike.

        Of so many that the engine takes them no longer together, any may be in every text.
        """
        listed = [f"(?:{pattern})" for pattern in patterns]
        self._compiled, self._otherwise = None, False
        try:
            self._compiled = _compiled("|".join(listed), case_sensitive=False, never_capture=True) if listed else None
        except BadPattern:
            self._otherwise = True

    def is_in(self, text: str) -> bool:
        if self._compiled is None:
            return self._otherwise
        return self._compiled.search(_encodable(text)) is not None


_EDGE = "\x01"
"""stands where a word begins or ends; folding drops it from drafts"""
_ASCII_WORD = re.compile(r"(\w+)")
_WORD = regex.compile(r"([\w--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]+)", regex.VERSION1)
"""scripts that put no gap between words have no words of their own here: their phrases are found anywhere"""


def edged(text: str) -> str:
    """The text as `Words` reads it: with a mark at both ends of each word, so that RE2 need not know all letters."""
    return _EDGE.join((_ASCII_WORD if text.isascii() else _WORD).split(text))


class Words:
    """Any of some words and phrases: whole words, as they stand, any gap between them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Raises BadPattern where they are too many for one list."""
        self.pattern = "|".join(map(_phrase, sorted(phrases, key=len, reverse=True)))
        self._compiled = _compiled(self.pattern)

    def is_in(self, edged_text: str) -> bool:
        return self._compiled.search(_encodable(edged_text)) is not None

    def spans(self, edged_text: str) -> list[tuple[int, int]]:
        """Start and end in the text without marks; in order, at most `MOST_MATCHES`."""
        text = _encodable(edged_text)
        found, marks, at = list[tuple[int, int]](), 0, 0
        for start, end in _spans(self._compiled, text):
            before = marks + text.count(_EDGE, at, start)
            marks, at = before + text.count(_EDGE, start, end), end
            found.append((start - before, end - marks))
        return found


def _phrase(phrase: str) -> str:
    return r"\s+".join(re2.escape(edged(word)) for word in phrase.split())


def _spans(compiled: re2._Regexp, text: str) -> list[tuple[int, int]]:
    return [match.span() for match, _ in zip(compiled.finditer(text), range(MOST_MATCHES), strict=False)]


def _encodable(text: str) -> str:
    """Half a surrogate pair has no place in UTF-8; what stands for it keeps all places."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _compiled(pattern: str, *, case_sensitive: bool = True, never_capture: bool = False) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive, options.never_capture = case_sensitive, never_capture
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        raise BadPattern(f"does not compile: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    """RE2 gives its reasons in bytes."""
    reason = error.args[0] if error.args else type(error).__name__
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
