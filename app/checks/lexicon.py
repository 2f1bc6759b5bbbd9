"""Word lists: graded terms read once from a TSV beside the rule, found in a draft by one Aho-Corasick pass.

A list has the columns `term`, `grade`, `languages` (ISO 639-1 codes parted by commas, `*` for any) and `note`; lines
that begin with # are its header. A term may begin or end with `*`: then the word may go on there. The note `name`
means: not where the word stands capitalised as a name does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from ahocorasick_rs import AhoCorasick

from app.domain import Folded, Span, Text

Form = Literal["written", "disguised", "hashtag"]


@dataclass(frozen=True, slots=True)
class Entry:
    term: str
    grade: str
    languages: frozenset[str]
    note: str = ""

    def knows(self, language: str) -> bool:
        return "*" in self.languages or language in self.languages or (language == "und" and "en" in self.languages)


class Hit(NamedTuple):
    """A listed term in a draft."""

    entry: Entry
    span: Span
    form: Form


class Lexicon:
    """Graded terms with one automaton over all of them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._bounds = [(entry, entry.term[0] == "*", entry.term[-1] == "*") for entry in self.entries]
        self._automaton = AhoCorasick([entry.term.strip("*") for entry in self.entries])

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a list; raises ValueError with the line at fault."""
        return cls(_entries(path))

    def words(self, text: str) -> Iterator[tuple[Entry, int, int]]:
        """Terms that stand in `text` as whole words, with start and end of the whole word."""
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            entry, open_start, open_end = self._bounds[index]
            if (open_start or not _joins(text, start)) and (open_end or not _joins(text, end)):
                yield entry, _grow(text, start, -1), _grow(text, end, 1)

    def find(self, texts: Iterable[Text], *, language: str) -> list[Hit]:
        """Hits in each field: as written, disguised, or inside a hashtag; the longest term at each place."""
        best: dict[Span, Hit] = {}
        for text in texts:
            for hit in self._in_field(text):
                known = best.get(hit.span)
                longer = known is None or len(hit.entry.term) > len(known.entry.term)
                if longer and hit.entry.knows(language) and not _is_name(hit, text):
                    best[hit.span] = hit
        return list(best.values())

    def _in_field(self, text: Text) -> Iterator[Hit]:
        yield from self._in_copy(text.folded, text.field, "written")
        if text.plain.text != text.folded.text:
            yield from self._in_copy(text.plain, text.field, "disguised")
        for tag in text.entities_of("hashtag"):
            span = Span(tag.start, tag.end, text.field)
            yield from (Hit(entry, span, "hashtag") for entry, _, _ in self.words(" ".join(tag.words)))

    def _in_copy(self, copy: Folded, field: str, form: Form) -> Iterator[Hit]:
        for entry, start, end in self.words(copy.text):
            yield Hit(entry, Span(*copy.raw_span(start, end), field), form)


def _entries(path: Path) -> Iterator[Entry]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split("\t")
        if len(columns) not in (3, 4):
            raise ValueError(f"{path.name}:{number}: three or four columns expected")
        term, grade, languages, *note = columns
        yield Entry(term, grade, frozenset(languages.split(",")), note[0] if note else "")


def _joins(text: str, at: int) -> bool:
    """True where a letter, digit or underscore stands on each side of `at`: no word begins or ends there."""
    return 0 < at < len(text) and _is_letter(text[at - 1]) and _is_letter(text[at])


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


def _grow(text: str, at: int, step: int) -> int:
    """The end (step 1) or start (step -1) of the word that reaches up to `at`."""
    while _joins(text, at):
        at += step
    return at


def _is_name(hit: Hit, text: Text) -> bool:
    """True for `Dick`, but not for `dick` and `DICK`, where the list says that the word is a name too."""
    return hit.entry.note == "name" and text.raw[hit.span.start : hit.span.end].istitle()
