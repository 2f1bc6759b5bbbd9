"""What the rules of this category read in a draft: that it is an apology, and what it is made of.

After Lewicki, Polin and Lount 2016: an apology is taken apart into what it acknowledges, explains, repairs and
promises; what is missing is told as well as what spoils it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.checks.base import NotApplicable
from app.checks.wordlists import load_sections
from app.domain import OTHERS_TONE, Prepared, Span, Text

_LISTS = Path(__file__).with_name("lists")
_LIST = {name: section for file in sorted(_LISTS.glob("*.txt")) for name, section in load_sections(file).items()}
_INTENTS = frozenset({"apology", "apologise", "apologize", "apologies", "sorry"})
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
SOURCE = "Lewicki, Polin and Lount 2016, An exploration of the structure of effective apologies (NCMR 9)"


class Reading(NamedTuple):
    """A draft that is an apology."""

    marked: bool
    """its `intent` says so; else its words do"""
    acts: tuple[Span, ...]
    """where it says sorry"""
    text: Text

    def find(self, section: str) -> tuple[Span, ...]:
        """Where the phrases of that section stand."""
        return _LIST[section].find(self.text)

    def has(self, section: str) -> bool:
        return bool(self.find(section))

    @property
    def grade(self) -> str:
        """Of what is missing: nobody has said that an unmarked draft is the whole apology."""
        return "default" if self.marked else "unmarked"


def of(prepared: Prepared) -> Reading:
    """Raises NotApplicable where it is no apology."""
    reading = _read(_Same(prepared))
    if reading is None:
        raise NotApplicable("it is not marked as an apology, and does not read as one")
    return reading


class _Same:
    """The very same draft: the rules ask one after the other."""

    __slots__ = ("prepared",)

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    def __hash__(self) -> int:
        return id(self.prepared.texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.prepared.texts is other.prepared.texts


@lru_cache(maxsize=4)  # more would keep drafts in memory for nothing
def _read(same: _Same) -> Reading | None:
    prepared = same.prepared
    text, marked = prepared.text, is_marked(prepared)
    if not marked and prepared.draft.kind in OTHERS_TONE:
        return None  # a service desk says sorry all day
    acts = _outside(_LIST["act"].find(text), _LIST["no_act"].find(text))
    if not marked and not (acts and _speaks_of_a_deed(text, acts)):
        return None
    return Reading(marked, acts, text)


def is_marked(prepared: Prepared) -> bool:
    return prepared.draft.intent is not None and prepared.draft.intent.strip().casefold() in _INTENTS


def _speaks_of_a_deed(text: Text, acts: Iterable[Span]) -> bool:
    """Whether a sentence that says sorry speaks of something that the account has said or posted."""
    deeds = _LIST["deed"].find(text)
    return any(_sentence(text, act) == _sentence(text, deed) for act in acts for deed in deeds)


def _sentence(text: Text, span: Span) -> int:
    """The number of the sentence that a place lies in."""
    return sum(1 for match in _SENTENCE.finditer(text.raw) if match.end() <= span.start)


def _outside(spans: Iterable[Span], others: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those that touch none of the others."""
    return tuple(
        span for span in spans if not any(span.start < other.end and other.start < span.end for other in others)
    )


def better(prepared: Prepared, sentence: str) -> str:
    """A sentence to write instead, as this account speaks: “we” of an organisation, “I” of a person."""
    if prepared.is_organisation:
        return sentence.format(We="We", we="we")
    return sentence.replace("{We} are", "I am").replace("{we} are", "I am").format(We="I", we="I")
