"""Whether a draft makes a claim: the same words or nearly, and nothing in it that makes it another claim."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain import Span
from app.factchecks.agreement import is_another
from app.factchecks.said import Place, Said, places, sentences, whole
from app.factchecks.words import akin

THRESHOLD = 0.75
"""likeness from which a draft is taken to make the claim"""
_AKIN = 0.6
"""share of letters from which two forms may be one word's"""
_LEAST_SHARED = 0.6
"""share of a claim's words below which no draft makes it, however short"""
_LEAST_EXACT = 0.3
"""share of a claim's words below which nothing else is looked at"""
_LEAST_PREDICATED = 0.4
"""share of its words that are no names: a text on the same people and places is not yet the same claim"""
_WEIGHTS = (3.0, 1.0, -2.5, 0.5, -0.7, -1.5)
"""of the parts of `evidence_of`: a logistic regression's on the tuning half of our pairs, but for the first, which it
would leave at nothing because no draft of theirs is a stub"""


@dataclass(frozen=True, slots=True)
class Match:
    """That a draft makes a claim, and where."""

    likeness: float
    """in [0, 1]: how sure it is that the draft makes this claim"""
    spans: tuple[Span, ...]
    """the sentence or sentences that make it, in the draft's raw text"""


def compare(draft: str, claim: str, language: str | None = None) -> Match | None:
    """Where the draft makes this claim; None where it doesn't. Never raises, whatever the texts.

    `language` (ISO 639-1) is the draft's, where it is known.
    """
    wanted = whole(claim)
    return best(places(sentences(draft, language)), wanted) if wanted else None


def best(found: Iterable[Place], claim: Said) -> Match | None:
    """The likeliest of the places; of equals the first."""
    likeness, place = 0.0, None
    for each in found:
        if (its := likeness_of(each, claim)) > likeness:
            likeness, place = its, each.said
    if place is None or likeness < THRESHOLD:
        return None
    return Match(round(likeness, 3), (Span(place.start, place.end),))


def likeness_of(place: Place, claim: Said) -> float:
    """In [0, 1]; 0 where something makes it another claim."""
    evidence = evidence_of(place, claim)
    if evidence is None or is_another(place, claim):
        return 0.0
    odds = sum(weight * value for weight, value in zip(_WEIGHTS, evidence, strict=True))
    return 1 / (1 + math.exp(-odds))


def evidence_of(place: Place, claim: Said) -> tuple[float, ...] | None:
    """How much of the claim is said, how much of what is said is the claim, and so on; None where it is too little.

    In order: the shared weight as a share of the claim's and of the place's, the logarithm of what the place says
    besides; how many numbers of the claim are there (two at most), whether one is missing, how many others there are.
    """
    said, wanted = place.said, claim.weights | claim.rights
    words = said.weights | {form: weight for form, weight in said.rights.items() if form in wanted}
    whole_claim, whole_place = sum(wanted.values()), sum(words.values())
    if not whole_claim or not whole_place:
        return None
    if sum(weight for form, weight in wanted.items() if form in words) < _LEAST_EXACT * whole_claim:
        return None
    of_claim = _covered(wanted, words) / whole_claim
    if of_claim < _LEAST_SHARED or _predicated(claim, words) < _LEAST_PREDICATED:
        return None
    of_place = _covered(words, wanted) / whole_place
    there = sum(any(each.is_same(other) for other in said.numbers) for each in claim.numbers)
    others = sum(not any(each.is_same(mine) for mine in claim.numbers) for each in said.numbers)
    extra = math.log1p(whole_place * (1 - of_place))
    return of_claim, of_place, extra, min(there, 2), float(there < len(claim.numbers)), min(others, 2)


def _predicated(claim: Said, words: dict[str, float]) -> float:
    """The shared weight of what the claim says of its names, as a share; 1 where it says nothing but names."""
    names = {form for name in claim.names for form in name} | claim.fixed.keys()
    rest = {form: weight for form, weight in (claim.weights | claim.rights).items() if form not in names}
    return _covered(rest, words) / sum(rest.values()) if rest else 1.0


def _covered(forms: dict[str, float], others: dict[str, float]) -> float:
    """Weight of the forms that the others hold too, those of another inflection in part."""
    shared = 0.0
    rest = [form for form in others if form not in forms]
    for form, weight in forms.items():
        if form in others:
            shared += weight
        else:
            nearest = max((akin(form, other) for other in rest), default=0.0)
            shared += weight * nearest if nearest >= _AKIN else 0.0
    return shared
