"""What many rules need: finding patterns in the folded text and pointing at the raw words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from app.checks.phrases import first_letters, split
from app.domain import Span, Text

_DRAWERS: dict[re.Pattern[str], Mapping[str, re.Pattern[str]]] = {}
"""for each pattern of `words`: its phrases by the letters a match begins with, so that a text is searched for few"""


def words(*phrases: str) -> re.Pattern[str]:
    """A pattern for folded text: any of the phrases, as whole words. Phrases are regular expressions."""
    pattern = _whole(phrases)
    if (drawers := _drawers(phrases)) is not None:
        _DRAWERS[pattern] = drawers
    return pattern


def _whole(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def _drawers(phrases: Iterable[str]) -> Mapping[str, re.Pattern[str]] | None:
    """One pattern per first letters; None where a phrase may begin with any word."""
    filed: dict[str, list[str]] = {}
    for phrase in phrases:
        for alternative in split(phrase):
            letters = first_letters(alternative)
            if letters is None:
                return None
            for opening in letters:
                filed.setdefault(opening, []).append(alternative)
    return {opening: _whole(alternatives) for opening, alternatives in filed.items()}


def find(pattern: re.Pattern[str], texts: Text | Iterable[Text]) -> tuple[Span, ...]:
    """The raw spans of all matches in the folded form of one or several texts."""
    if isinstance(texts, Text):
        return _find(pattern, texts)
    return tuple(span for text in texts for span in _find(pattern, text))


def _find(pattern: re.Pattern[str], text: Text) -> tuple[Span, ...]:
    drawers = _DRAWERS.get(pattern)
    if drawers is None or text.openings is None:
        return tuple(text.span(*match.span()) for match in pattern.finditer(text.folded.text))
    named = drawers.keys() & text.openings
    if not named:
        return ()
    found = {match.span() for opening in named for match in drawers[opening].finditer(text.folded.text)}
    return tuple(text.span(*span) for span in sorted(found))


def find_raw(pattern: re.Pattern[str], texts: Iterable[Text]) -> Iterator[tuple[Span, re.Match[str]]]:
    """Matches in the raw text, for what folding would destroy (case, digits, punctuation)."""
    for text in texts:
        for match in pattern.finditer(text.raw):
            yield Span(*match.span(), text.field), match
