"""Patterns that people write as data, on an engine whose time is linear in the text (RE2): none can hang a check.

RE2's own limits hold: no look-around, no back-references, and `\\b` and `\\w` know ASCII alone, so patterns are meant
for folded text, where accents are gone.
"""

from __future__ import annotations

from collections.abc import Iterable

import re2

MOST_MATCHES = 100
"""that are looked at in one text: nobody reads more, and each costs a little"""
MOST_STEPS = 50_000
"""instructions of a compiled pattern; the usual one has some hundred"""
LONGEST = 20_000
"""characters of a pattern, or of all that are tried together"""
_WORD = r"\p{L}\p{M}\p{N}_"


class BadPattern(ValueError):
    """A pattern that can't be used; its message says why."""


class Linear:
    """A compiled pattern."""

    def __init__(self, pattern: str, *, group: int = 0) -> None:
        """`group`: what of a match is meant; 0: all of it.

        Raises BadPattern where the pattern does not compile, would cost too much, or matches an empty text.
        """
        if len(pattern) > LONGEST:
            raise BadPattern(f"is longer than {LONGEST:,} characters")
        self._compiled, self._group = _compiled(pattern), group
        if self._compiled.search("") is not None:
            raise BadPattern("matches the empty text, and so every draft")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of the matches in order, at most `MOST_MATCHES`. What stands behind one may begin the next."""
        found, at = list[tuple[int, int]](), 0
        while len(found) < MOST_MATCHES and (match := self._compiled.search(text, at)):
            found.append(match.span(self._group))
            at = max(found[-1][1], at + 1)
        return found

    def is_in(self, text: str) -> bool:
        return self._compiled.search(text) is not None


def any_of(phrases: Iterable[str]) -> Linear:
    """Whole words or phrases, as they stand, any gap between their words. Raises BadPattern."""
    return whole_words(r"\s+".join(map(re2.escape, phrase.split())) for phrase in phrases)


def whole_words(patterns: Iterable[str]) -> Linear:
    """Any of the patterns, with no letter or digit right before or behind it. Raises BadPattern."""
    words = "|".join(patterns)
    return Linear(rf"(?:^|[^{_WORD}])({words})(?:$|[^{_WORD}])", group=1)


def _compiled(pattern: str) -> re2._Regexp:
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        raise BadPattern(f"does not compile: {_reason(error)}") from error
    if compiled.programsize > MOST_STEPS:
        raise BadPattern(f"is too costly: {compiled.programsize:,} steps, at most {MOST_STEPS:,} are taken")
    return compiled


def _reason(error: Exception) -> str:
    """RE2 gives its reasons in bytes."""
    reason = error.args[0] if error.args else type(error).__name__
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
