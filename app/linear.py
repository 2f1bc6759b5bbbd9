"""Patterns that people write as data, on an engine whose time is linear in the text (RE2): none can hang a check.

RE2's own limits hold: no look-around, no back-references, and `\\b` and `\\w` know ASCII alone, so patterns are meant
for folded text, where accents are gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

import re2

MOST_MATCHES = 10_000
"""that are looked at in one text"""
_MOST_OF_GROUP = 100
MOST_STEPS = 20_000
"""instructions of a compiled pattern; the usual one has some hundred"""
LONGEST = 20_000
"""characters of a pattern, or of all that are tried together"""
_EDGE = "[^a-z0-9_]"


class BadPattern(ValueError):
    """A pattern that can't be used; its message says why."""


class Linear:
    """A compiled pattern."""

    def __init__(self, pattern: str, *, group: int = 0, ignore_case: bool = False) -> None:
        """`group`: what of a match is meant; 0: all of it.

        Raises BadPattern where the pattern does not compile, would cost too much, or matches an empty text.
        """
        if len(pattern) > LONGEST:
            raise BadPattern(f"is longer than {LONGEST:,} characters")
        self.pattern, self._group = pattern, group
        self._compiled = compiled(pattern, ignore_case=ignore_case)
        if self.steps > MOST_STEPS:
            raise BadPattern(f"is too costly: {self.steps:,} steps, at most {MOST_STEPS:,} are taken")
        if self._compiled.search("") is not None:
            raise BadPattern("matches the empty text, and so every draft")

    @property
    def steps(self) -> int:
        """Instructions of the program: at worst the time is so many times the text."""
        return int(self._compiled.programsize)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of the matches in order, at most `MOST_MATCHES`; of a group fewer.

        Each of a group is searched for anew, since what stands behind one may begin the next.
        """
        found, at, text = list[tuple[int, int]](), 0, encodable(text)
        if not self._group:
            return [match.span() for match in islice(self._compiled.finditer(text), MOST_MATCHES)]
        while len(found) < _MOST_OF_GROUP and (match := self._compiled.search(text, at)):
            found.append(match.span(self._group))
            at = max(found[-1][1], at + 1)
        return found

    def is_in(self, text: str) -> bool:
        return self._compiled.search(encodable(text)) is not None


def whole_words(patterns: Iterable[str]) -> Linear:
    """Any of the patterns in folded text, with no letter or digit right before or behind it. Raises BadPattern.

    Letters are the Latin ones that folding leaves: a class of all of Unicode's would take megabytes of every list.
    """
    words = "|".join(patterns)
    return Linear(rf"(?:^|{_EDGE})({words})(?:$|{_EDGE})", group=1)


def compiled(pattern: str, *, ignore_case: bool = False, capture: bool = True) -> re2._Regexp:
    """Of any size that the engine takes. Raises BadPattern."""
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive, options.never_capture = not ignore_case, not capture
    try:
        return re2.compile(pattern, options)
    except (re2.error, UnicodeEncodeError) as error:
        reason = _reason(error)
        costly = "too large" in reason or "repetition size" in reason
        raise BadPattern(f"{'is too costly' if costly else 'does not compile'}: {reason}") from error


_SURROGATES = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """With a sign for each half of a surrogate pair, which has no place in UTF-8; all places stay."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _reason(error: Exception) -> str:
    """RE2 gives its reasons in bytes."""
    reason = error.args[0] if error.args else type(error).__name__
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
