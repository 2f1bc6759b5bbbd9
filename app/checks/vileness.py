"""What words that somebody else chose would say in an account's own sentence: a name, a phrase taken over by a script.

Read with the lists of the offensive rules, as if the account had said it: `vile` for slurs, strong obscenities and
explicit words, `rude` for coarse ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from app.checks.lexicon import Entry, Lexicon
from app.domain import Span, Text
from app.text.hashtags import best_split

Degree = Literal["vile", "rude"]
_LISTS = Path(__file__).parent / "offensive" / "lists"
_DEGREES: dict[tuple[str, str], Degree] = {
    ("slurs", "slur"): "vile",
    ("profanity", "strong"): "vile",
    ("sexual", "explicit"): "vile",
    ("profanity", "coarse"): "rude",
}
_LEET = str.maketrans("01345789", "oieastbg")
_DIGITS_WITHIN = re.compile(r"(?<=[a-z])[013457]{1,2}(?=[a-z])")
_PIECE = re.compile(r"[A-Z]+(?![a-z])\d{0,2}|[A-Z]?[^\W\dA-Z_]+(?:[013457]{1,2}[a-z]+)*|[^\W_]")
"""of a name: what its capitals and signs part"""
_INNOCENT = re.compile(
    r"penistone|pussy ?(?:cat|willow|riot)|cockfoster|clitheroe|scunthorpe|prick(?:ly|le|et)|shittim|wankel|whorl|bitchu|hooker(?:sgreen|green)"
)
_GLUED = 5
"""letters of a listed word that counts though nothing parts it from its neighbours: `dick` may begin a surname"""


@cache
def _lexicons() -> tuple[tuple[str, Lexicon], ...]:
    return tuple((name, Lexicon.load(_LISTS / f"{name}.tsv")) for name in ("slurs", "profanity", "sexual"))


def degree(words: str, language: str = "en") -> Degree | None:
    """The worst that a folded run of words says."""
    found = {told for told, _ in _told(words, language)}
    return "vile" if "vile" in found else "rude" if "rude" in found else None


def spans(text: Text, language: str) -> Iterator[tuple[Degree, Span, str]]:
    """Degree, place and folded words of each listed term in a field, disguised spellings included."""
    for name, lexicon in _lexicons():
        for hit in lexicon.find([text], language=language):
            if told := _DEGREES.get((name, hit.entry.grade)):
                yield told, hit.span, text.raw[hit.span.start : hit.span.end].casefold()


@lru_cache(maxsize=4096)
def degree_of_name(name: str, languages: frozenset[str] = frozenset({"en"})) -> Degree | None:
    """The worst that a handle or a display name can be read as: by its capitals and underscores, by its likeliest words,
    and with digits read as letters. Words glued to others count only where they are long."""
    parted = _initials_joined(" ".join(_PIECE.findall(name)).casefold())
    glued = _INNOCENT.sub("", re.sub(r"[\W_]+", "", name.casefold()))
    found = {degree(parted, language) for language in languages}
    found |= {degree(parted.translate(_LEET))} if _DIGITS_WITHIN.search(parted) else set()
    found |= {_long(reading) for reading in _readings(glued)}
    return "vile" if "vile" in found else "rude" if "rude" in found else None


def _readings(glued: str) -> Iterator[str]:
    letters = glued.rstrip("0123456789")
    yield " ".join(best_split(letters))
    if _DIGITS_WITHIN.search(letters):
        yield " ".join(best_split(letters.translate(_LEET)))


def _initials_joined(words: str) -> str:
    """`f u c k you` for `fuck you`: a name spaced out by underscores."""
    return re.sub(r"(?<!\w)(?:\w ){2,}\w(?!\w)", lambda match: match[0].replace(" ", ""), words)


def _long(reading: str) -> Degree | None:
    found = {told for told, entry in _told(reading, "en") if len(entry.term.strip("*")) >= _GLUED}
    return "vile" if "vile" in found else "rude" if "rude" in found else None


def _told(words: str, language: str) -> Iterator[tuple[Degree, Entry]]:
    for name, lexicon in _lexicons():
        for entry, _, _ in lexicon.words(words):
            told = _DEGREES.get((name, entry.grade))
            if told and entry.knows(language) and entry.note != "name":
                yield told, entry
