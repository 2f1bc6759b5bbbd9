"""A house's own words and phrases, however many, found as whole words of any script on the linear-time engine.

RE2's `\\b` knows ASCII letters alone, and a class of all letters costs a list's program some thousand steps. So both ends
of each word are marked in the text before it is searched, and in the phrases too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

import re2
import regex

from app.linear import MOST_MATCHES, BadPattern, compiled, encodable

_EDGE = "\x01"
"""stands where a word begins or ends; folding drops it from drafts"""
_ASCII_WORD = re.compile(r"(\w+)")
_WORD = regex.compile(r"([\w--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]+)", regex.VERSION1)
"""scripts that put no gap between words have no words of their own here: their phrases are found anywhere"""


def edged(text: str) -> str:
    """The text as `Words` reads it."""
    return _EDGE.join((_ASCII_WORD if text.isascii() else _WORD).split(text))


class Words:
    """Any of some words and phrases: whole words, as they stand, any gap between them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Raises BadPattern where they are too many for one list."""
        self.pattern = "|".join(map(_phrase, sorted(phrases, key=len, reverse=True)))
        self._compiled = compiled(self.pattern)

    def is_in(self, edged_text: str) -> bool:
        return self._compiled.search(encodable(edged_text)) is not None

    def spans(self, edged_text: str) -> list[tuple[int, int]]:
        """Start and end in the text without marks; in order, at most `MOST_MATCHES`."""
        text = encodable(edged_text)
        found, marks, at = list[tuple[int, int]](), 0, 0
        for match in islice(self._compiled.finditer(text), MOST_MATCHES):
            start, end = match.span()
            before = marks + text.count(_EDGE, at, start)
            marks, at = before + text.count(_EDGE, start, end), end
            found.append((start - before, end - marks))
        return found


def _phrase(phrase: str) -> str:
    return r"\s+".join(re2.escape(edged(word)) for word in phrase.split())


class AnyOf:
    """Tells whether any of several patterns may be in a text, in the time of one; not which, nor where."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Patterns that compile one by one; small and capital letters count alike.

        Of so many that the engine takes them no longer together, any may be in every text.
        """
        listed = [f"(?:{pattern})" for pattern in patterns]
        self._compiled, self._otherwise = None, False
        try:
            self._compiled = compiled("|".join(listed), ignore_case=True, capture=False) if listed else None
        except BadPattern:
            self._otherwise = True

    def is_in(self, text: str) -> bool:
        if self._compiled is None:
            return self._otherwise
        return self._compiled.search(encodable(text)) is not None
