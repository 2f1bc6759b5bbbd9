"""What is known of a draft before the rules look at it: scores, voices, fact checks, others that wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from app.domain.names import EMPTY, Among, Platform
from app.domain.reading import Span


@dataclass(frozen=True, slots=True)
class Scores:
    """What the classifier says of a text, per label, with the model that says so."""

    strengths: Mapping[str, float]
    """in [0, 1]: the probability where half the texts alarm, as among our own drafts; what rules weigh as evidence"""
    probabilities: Mapping[Among, Mapping[str, float]]
    """of texts as they come, most of which are harmless, by whose they are: what is told to people"""
    model: str
    because: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=lambda: EMPTY)
    """for the labels that are likely, where the words stand that moved the score: start and end in the raw text"""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an apology, with what the classifier reads in it."""

    span: Span
    strengths: Mapping[str, float]
    """by head, in [0, 1]: see `app.classifier.apology`"""


@dataclass(frozen=True, slots=True)
class OtherVoice:
    """Another account of the author that the draft may have been meant for."""

    name: str
    """its handle, display name or id"""
    odds: float
    """log-odds that it wrote the draft and not the target, were both as likely before"""
    share: float
    """its part in the probabilities of all the author's accounts with a known voice, the target's included"""
    per_1000: float
    """how many in a thousand of an account's own posts look so much like another's"""
    posts: int
    """past posts that are known"""
    unlike_per_1000: float = 1000.0
    """how many in a thousand of its own posts are as unlike it as the draft"""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the draft sounds beside past posts."""

    posts: int
    """past posts of the target that are known"""
    per_1000: float
    """how many in a thousand of the target's own posts are as unlike it, beside people in general: by other accounts'
    and its own newest posts"""
    strays: float
    """the share of the target's own newest posts that were as unlike what came before them"""
    spans: tuple[Span, ...] = ()
    """words that speak against the target, and for the best of the others where there is one"""
    habits: tuple[str, ...] = ()
    others: tuple[OtherVoice, ...] = ()
    """the likeliest first"""
    person: float = 0.0
    """log-odds that its way of writing is a private person's, were persons and organisations as many"""


Standing = Literal["wrong", "doubtful", "right", "unclear"]
"""what a publisher's rating says of a claim; `unclear` where its words are not known"""


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published review of a claim that the draft makes too. The judgement is its publisher's, never ours."""

    claim: str
    """the claim as the publisher states it"""
    publisher: str
    rating: str
    """in the publisher's words"""
    url: str
    standing: Standing
    likeness: float
    """in [0, 1]: how sure it is that the draft makes this claim"""
    reviewed_on: date | None = None
    language: str | None = None
    """ISO 639-1 code of the review"""
    spans: tuple[Span, ...] = ()
    """the sentence of the draft that makes the claim"""
    source: Literal["index", "google"] = "index"


@dataclass(frozen=True, slots=True)
class WaitingPost:
    """Another draft in the queue whose words are the same."""

    id: str
    """the caller's own for it"""
    account: str | None
    """its account's id, or the handle of one that came along"""
    scheduled_for: datetime
    platforms: tuple[Platform, ...]
