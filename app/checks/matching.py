"""What many rules need: finding patterns in the folded text and pointing at the raw words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.domain import Span, Text


def words(*phrases: str) -> re.Pattern[str]:
    """A pattern for folded text: any of the phrases, as whole words. Phrases are regular expressions."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)")


def find(pattern: re.Pattern[str], texts: Text | Iterable[Text]) -> tuple[Span, ...]:
    """The raw spans of all matches in the folded form of one or several texts."""
    each = (texts,) if isinstance(texts, Text) else texts
    return tuple(text.span(*match.span()) for text in each for match in pattern.finditer(text.folded.text))


def find_raw(pattern: re.Pattern[str], texts: Iterable[Text]) -> Iterator[tuple[Span, re.Match[str]]]:
    """Matches in the raw text, for what folding would destroy (case, digits, punctuation)."""
    for text in texts:
        for match in pattern.finditer(text.raw):
            yield Span(*match.span(), text.field), match
