"""What the rules of this category read in a draft: that it is an apology, and what it is made of.

After Lewicki, Polin and Lount 2016: an apology is taken apart into what it acknowledges, explains, repairs and
promises; what is missing is told as well as what spoils it. Phrase lists know the usual words; where they find nothing,
the sentences that `app.classifier.apology` has read count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.checks.base import NotApplicable
from app.checks.taken_back import INTENTS
from app.checks.wordlists import load_sections
from app.domain import OTHERS_TONE, Draft, Prepared, Sentence, Span, Text
from app.text.sentences import sentences

_LISTS = Path(__file__).with_name("lists")
_LIST = {name: section for file in sorted(_LISTS.glob("*.txt")) for name, section in load_sections(file).items()}
SOURCE = "Lewicki, Polin and Lount 2016, An exploration of the structure of effective apologies (NCMR 9)"


_MOST = 100
"""phrases of one kind that are told"""


_USUAL = 8
"""sentences of an apology up to which the bounds hold as they are"""
PRESENT = ("named", "action")
"""heads of what an apology must have"""


class Bounds(NamedTuple):
    """Probabilities of a sentence, chosen for the best F1 on the first two sets of `bench.apologies`."""

    phrase: float
    """from which a phrase in it counts"""
    alone: float
    """from which it counts without a phrase; above 1: never"""


BOUNDS: Mapping[str, Bounds] = {
    "conditional": Bounds(0.2, 0.95),
    "excuse": Bounds(0.3, 0.6),
    "blame": Bounds(0.2, 0.55),
    "hacked": Bounds(0.05, 0.7),
    "arguing": Bounds(0.0, 0.8),
    "boardroom": Bounds(0.1, 0.6),
    "play": Bounds(0.2, 0.8),
    "sell": Bounds(0.2, 0.9),
    "named": Bounds(0.1, 0.2),
    "action": Bounds(0.1, 0.3),
}


class Reading(NamedTuple):
    """A draft that is an apology."""

    marked: bool
    """its `intent` says so; else its words do"""
    acts: tuple[Span, ...]
    """where it says sorry"""
    text: Text
    sentences: tuple[Sentence, ...]
    """as the classifier has read them; none where no model does"""
    starts: tuple[int, ...]
    """where each sentence of the text begins"""
    owned: frozenset[int]
    """numbers of the sentences that take the fault"""

    def find(self, section: str) -> tuple[Span, ...]:
        """Where the phrases of that section stand."""
        return _LIST[section].find(self.text)

    def has(self, section: str) -> bool:
        return bool(self.find(section))

    def read(self, head: str, *sections: str) -> tuple[Span, ...]:
        """What has the head: phrases of the sections (of its name, if none are given), else whole sentences."""
        bounds = BOUNDS[head]
        phrases = sorted({span for section in sections or (head,) for span in self.find(section)})
        if not self.sentences:
            return tuple(phrases)
        kept = [span for span in phrases if self._strength(head, span) >= bounds.phrase][:_MOST]
        alone = bounds.alone if head in PRESENT else self._raised(bounds.alone)
        whole = [each.span for each in self.sentences if each.strengths[head] >= alone]
        return tuple(kept + [each for each in whole if not any(_within(span, each[:2]) for span in kept)])

    def is_owned(self, span: Span) -> bool:
        """Whether its sentence, or the one before or behind it, takes the fault."""
        at = _number(self.starts, span)
        return not self.owned.isdisjoint((at - 1, at, at + 1))

    def shares_a_sentence(self, span: Span, others: Iterable[Span]) -> bool:
        return _number(self.starts, span) in {_number(self.starts, other) for other in others}

    def _raised(self, bound: float) -> float:
        """In a text of many sentences each has to be surer, or one of them would always be sure enough."""
        return 1 - (1 - bound) * min(1.0, _USUAL / len(self.sentences))

    def _strength(self, head: str, span: Span) -> float:
        return max((each.strengths[head] for each in self.sentences if _within(span, each.span[:2])), default=1.0)

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
    text = prepared.text
    starts = _starts(text)
    owned = frozenset(_number(starts, span) for span in _LIST["owned"].find(text))
    return Reading(_is_marked(prepared.draft), _acts(text), text, prepared.apology or (), starts, owned)


def _is_marked(draft: Draft) -> bool:
    return draft.intent is not None and draft.intent.strip().casefold() in INTENTS


def _acts(text: Text) -> tuple[Span, ...]:
    acts = _LIST["act"].find(text)
    return _outside(acts, _LIST["no_act"].find(text)) if acts else ()


def _reads_as_one(text: Text, acts: tuple[Span, ...]) -> bool:
    """Whether it says sorry and speaks of something that the account has said or posted; not to somebody by name."""
    return bool(acts) and not text.raw.lstrip().startswith("@") and bool(_LIST["deed"].find(text))


def _starts(text: Text) -> tuple[int, ...]:
    return tuple(start for start, _ in sentences(text.raw))


def _number(starts: Sequence[int], span: Span) -> int:
    """Which sentence a place begins in."""
    return bisect_right(starts, span.start) - 1


def _within(span: Span, place: tuple[int, int]) -> bool:
    return place[0] <= span.start < place[1]


def _outside(spans: Iterable[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """Those that touch none of the others; the others in order and apart, as `Section.find` gives them."""
    starts = [other.start for other in others]

    def touches(span: Span) -> bool:
        at = bisect_right(starts, span.end - 1) - 1
        return at >= 0 and others[at].end > span.start

    return tuple(span for span in spans if not touches(span))


def better(prepared: Prepared, sentence: str) -> str:
    """A sentence to write instead, as this account speaks: “we” of an organisation, “I” of a person."""
    if prepared.is_organisation:
        return sentence.format(We="We", we="we")
    return sentence.replace("{We} are", "I am").replace("{we} are", "I am").format(We="I", we="I")
