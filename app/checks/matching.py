"""What many rules need: finding patterns in the folded text and pointing at the raw words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from app.checks.patterns import beginnings, first_letters, split
from app.domain import Span, Text
from app.text.openings import INDEX

_NUMBERS = "0-9"
"""the drawer of all phrases that may begin with a digit: one for each number would be searched a thousand times"""


class Words:
    """Any of the phrases, as whole words of folded text. Phrases are regular expressions.

    Where they tell how they begin, only those that the words of a text name are tried.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = tuple(phrases)
        self._pattern = whole(listed)
        self._drawers = _drawers(listed)
        self._mark = INDEX.file(map(beginnings, listed))

    def search(self, folded: str) -> re.Match[str] | None:
        """The first match in a folded string that is no field of the draft."""
        return self._pattern.search(folded)

    def fullmatch(self, folded: str) -> re.Match[str] | None:
        return self._pattern.fullmatch(folded)

    def is_in(self, text: Text) -> bool:
        return bool(text.marks & self._mark) and self._pattern.search(text.folded.text) is not None

    def find(self, text: Text) -> tuple[Span, ...]:
        """The raw spans of all matches, in order."""
        if not text.marks & self._mark:
            return ()
        if self._drawers is None or text.openings is None:
            return _find(self._pattern, text)
        named = self._drawers.keys() & text.openings
        if _NUMBERS in self._drawers and any(opening[:1].isdigit() for opening in text.openings):
            named = {*named, _NUMBERS}
        found = {match.span() for opening in named for match in self._drawers[opening].finditer(text.folded.text)}
        return tuple(text.span(*span) for span in sorted(found))


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the phrases, as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def _drawers(phrases: Iterable[str]) -> Mapping[str, re.Pattern[str]] | None:
    """One pattern per first letters; None where a phrase may begin with any word."""
    filed: dict[str, list[str]] = {}
    for phrase in phrases:
        for alternative in split(phrase):
            letters = first_letters(alternative)
            if letters is None:
                return None
            for opening in {_NUMBERS if opening[:1].isdigit() else opening for opening in letters}:
                filed.setdefault(opening, []).append(alternative)
    return {opening: whole(alternatives) for opening, alternatives in filed.items()}


def find(pattern: Words | re.Pattern[str], texts: Text | Iterable[Text]) -> tuple[Span, ...]:
    """The raw spans of all matches in the folded form of one or several texts."""
    if isinstance(texts, Text):
        return pattern.find(texts) if isinstance(pattern, Words) else _find(pattern, texts)
    return tuple([span for text in texts for span in find(pattern, text)])


def _find(pattern: re.Pattern[str], text: Text) -> tuple[Span, ...]:
    return tuple(text.span(*match.span()) for match in pattern.finditer(text.folded.text))


def find_raw(pattern: re.Pattern[str], texts: Iterable[Text]) -> Iterator[tuple[Span, re.Match[str]]]:
    """Matches in the raw text, for what folding would destroy (case, digits, punctuation)."""
    for text in texts:
        for match in pattern.finditer(text.raw):
            yield Span(*match.span(), text.field), match
