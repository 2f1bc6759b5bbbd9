"""What the rules of this category read in a draft: that it is an apology, and what it is made of.

After Lewicki, Polin and Lount 2016: an apology is taken apart into what it acknowledges, explains, repairs and
promises; what is missing is told as well as what spoils it. Phrase lists know the usual words; where they find nothing,
the sentences that `app.classifier.apology` has read count.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.checks.base import NotApplicable
from app.checks.wordlists import load_sections
from app.domain import OTHERS_TONE, Draft, Prepared, Sentence, Span, Text
from app.text.sentences import sentences

_LISTS = Path(__file__).with_name("lists")
_LIST = {name: section for file in sorted(_LISTS.glob("*.txt")) for name, section in load_sections(file).items()}
_INTENTS = frozenset({"apology", "apologise", "apologize", "apologies", "sorry"})
SOURCE = "Lewicki, Polin and Lount 2016, An exploration of the structure of effective apologies (NCMR 9)"


class Reading(NamedTuple):
    """A draft that is an apology."""

    marked: bool
    """its `intent` says so; else its words do"""
    acts: tuple[Span, ...]
    """where it says sorry"""
    text: Text
    sentences: tuple[Sentence, ...]
    """as the classifier has read them; none where no model does"""

    def find(self, section: str) -> tuple[Span, ...]:
        """Where the phrases of that section stand."""
        return _LIST[section].find(self.text)

    def has(self, section: str) -> bool:
        return bool(self.find(section))

    def read(self, head: str, least: float) -> tuple[Span, ...]:
        """The sentences that the classifier gives that head, with at least that probability."""
        return tuple(each.span for each in self.sentences if each.strengths[head] >= least)

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


def is_one(draft: Draft, text: Text) -> bool:
    """Whether a draft is an apology, by its intent or by its words."""
    return _is_marked(draft) or (draft.kind not in OTHERS_TONE and _reads_as_one(text, _acts(text)))


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
    if not is_one(prepared.draft, prepared.text):  # a service desk says sorry all day
        return None
    return Reading(_is_marked(prepared.draft), _acts(prepared.text), prepared.text, prepared.apology or ())


def _is_marked(draft: Draft) -> bool:
    return draft.intent is not None and draft.intent.strip().casefold() in _INTENTS


def _acts(text: Text) -> tuple[Span, ...]:
    acts = _LIST["act"].find(text)
    return _outside(acts, _LIST["no_act"].find(text)) if acts else ()


def _reads_as_one(text: Text, acts: tuple[Span, ...]) -> bool:
    """Whether a sentence that says sorry speaks of something that the account has said or posted."""
    deeds = _LIST["deed"].find(text) if acts else ()
    return bool(deeds) and any(
        any(_within(act, span) for act in acts) and any(_within(deed, span) for deed in deeds)
        for span in sentences(text.raw)
    )


def _within(span: Span, place: tuple[int, int]) -> bool:
    return place[0] <= span.start < place[1]


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
