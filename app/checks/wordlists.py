"""Reading a rule's word lists: data files beside the rule, compiled once at import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from app.checks.matching import Words, whole
from app.checks.phrases import Phrases
from app.domain import Span, Text


def load_patterns(path: Path) -> Mapping[str, Words]:
    """One pattern per `[section]` of a list, for folded text, as whole words.

    A line is one phrase, a regular expression; empty lines and those that begin with `#` are left out.
    """
    return {name: Words(phrases) for name, phrases in _sections(path).items()}


class Section:
    """The phrases of one section, tried only where a word of the draft begins like one of them."""

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = tuple(phrases)
        self._listed = listed
        self._phrases = Phrases(("", 1.0, phrase) for phrase in listed)

    def find(self, text: Text) -> tuple[Span, ...]:
        """The raw spans of all phrases in the text, in order; of those that overlap, the first and longest."""
        if not self._phrases.may_be_in(text):
            return ()
        found = sorted((match.span for match in self._phrases.find(text)), key=lambda span: (span.start, -span.end))
        kept: list[Span] = []
        for span in found:
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return tuple(kept)

    def find_in(self, texts: Iterable[Text]) -> tuple[Span, ...]:
        """As `find`, in several fields of a draft."""
        return tuple(span for text in texts for span in self.find(text))

    def is_in(self, folded: str) -> bool:
        """Whether a phrase stands in a folded string that is no field of the draft (the words of a hashtag)."""
        return self._pattern.search(folded) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Compiled when a hashtag is first asked about."""
        return whole(self._listed)


def load_sections(path: Path) -> Mapping[str, Section]:
    """A Section for each `[section]` of a list. Raises ValueError for a phrase that may begin with any letter."""
    return {name: Section(phrases) for name, phrases in _sections(path).items()}


def load_phrases(path: Path) -> Mapping[str, list[str]]:
    """The phrases of each `[section]` of a list as they are written."""
    return _sections(path)


def _sections(path: Path) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        phrase = line.strip()
        if phrase.startswith("[") and phrase.endswith("]") and phrase[1:-1].replace("_", "").isalpha():
            current = sections.setdefault(phrase[1:-1], [])
        elif phrase and not phrase.startswith("#"):
            current.append(phrase)
    return sections
