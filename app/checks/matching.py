"""What many rules need: finding patterns in the folded text and pointing at the raw words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.checks.phrases import first_letters
from app.domain import Span, Text

_OPENINGS: dict[re.Pattern[str], frozenset[str]] = {}
"""for each pattern of `words`: the letters any match begins with, so that most texts need not be searched for it"""


def words(*phrases: str) -> re.Pattern[str]:
    """A pattern for folded text: any of the phrases, as whole words. Phrases are regular expressions."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")
    openings = first_letters("|".join(phrases))
    if openings is not None:
        _OPENINGS[pattern] = openings
    return pattern


def find(pattern: re.Pattern[str], texts: Text | Iterable[Text]) -> tuple[Span, ...]:
    """The raw spans of all matches in the folded form of one or several texts."""
    if isinstance(texts, Text):
        return _find(pattern, texts)
    return tuple(span for text in texts for span in _find(pattern, text))


def _find(pattern: re.Pattern[str], text: Text) -> tuple[Span, ...]:
    openings = _OPENINGS.get(pattern)
    if openings is not None and text.openings is not None and openings.isdisjoint(text.openings):
        return ()
    return tuple(text.span(*match.span()) for match in pattern.finditer(text.folded.text))


def find_raw(pattern: re.Pattern[str], texts: Iterable[Text]) -> Iterator[tuple[Span, re.Match[str]]]:
    """Matches in the raw text, for what folding would destroy (case, digits, punctuation)."""
    for text in texts:
        for match in pattern.finditer(text.raw):
            yield Span(*match.span(), text.field), match
