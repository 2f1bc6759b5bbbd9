"""A hashtag that can be read another way: written in small letters, its words fall apart into an embarrassing phrase.

Grades: `sexual` and `violent`, by what the second reading is about.

Why: readers don't see where the words end, and the unlucky reading is the one that trends.
Flag: "#penisland", "#expertsexchange", "#whorepresents", "#therapistday" in small letters.
Allow: "#ExpertsExchange" with capitals at the words, "#bassplayer", "#cockpit", "#grapes", "#essex".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.domain import Entity, Finding, Prepared, Span
from app.text.hashtags import best_split, is_word, segmentations

_LIST = Path(__file__).parent / "lists" / "unlucky_words.txt"
_LINES = [line.split() for line in _LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
_UNLUCKY = {word: grade for grade, *words in _LINES for word in words}
_READINGS = 4
_SHORT = frozenset(
    [
        "a",
        "i",
        "an",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
    ]
)
_ANYWHERE = re.compile("|".join(sorted(_UNLUCKY, key=len, reverse=True)))


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        for tag in text.entities_of("hashtag"):
            if found := _second_reading(tag):
                reading, word = found
                yield _finding(Span(tag.start, tag.end, text.field), reading, word)


def _second_reading(tag: Entity) -> tuple[tuple[str, ...], str] | None:
    """A reading with an unlucky word, and that word, where the tag has a lucky reading too."""
    body = tag.text.lstrip("#＃")
    if not body.isascii() or not body.isalpha() or not body.islower() or is_word(body) or not _ANYWHERE.search(body):
        return None
    likeliest = tag.words
    if word := next((word for word in likeliest if word in _UNLUCKY), None):
        others = segmentations(body, _READINGS)
        innocent = any(word not in reading and all(map(_is_readable, reading)) for reading in others)
        return (likeliest, word) if innocent else None
    for word in _UNLUCKY:
        at = body.find(word)
        while at >= 0:
            before, after = best_split(body[:at]), best_split(body[at + len(word) :])
            reading = (*before, word, *after)
            if reading != likeliest and all(map(_is_readable, (*before, *after))) and len(reading) > 1:
                return reading, word
            at = body.find(word, at + 1)
    return None


def _is_readable(word: str) -> bool:
    return word in _SHORT or (len(word) > 2 and is_word(word))


def _finding(span: Span, reading: tuple[str, ...], word: str) -> Finding:
    return Finding(
        message=f"This hashtag can also be read as “{' '.join(reading)}”.",
        why="It is written in small letters, so nothing shows where one word ends and the next begins.",
        suggestion="Begin each word with a capital, or choose other words.",
        spans=(span,),
        confidence=0.7,
        grade=_UNLUCKY[word],
        evidence={"reading": " ".join(reading)},
    )


CHECK = Check(
    id="offensive/hashtag_reading",
    title="Unlucky hashtag",
    judge=judge,
    default_grades=("sexual", "violent"),
)
