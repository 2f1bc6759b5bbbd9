"""Whether a draft makes a claim: the same words or nearly, and nothing in it that makes it another claim."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain import Span
from app.factchecks.numbers import Number
from app.factchecks.said import Said, sentences, whole
from app.factchecks.words import akin, opposites

THRESHOLD = 0.5
"""likeness from which a draft is taken to make the claim"""
_AKIN = 0.6
"""share of letters from which two forms may be one word's"""


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
    return best(windows(sentences(draft, language)), wanted) if wanted else None


def windows(said: Sequence[Said]) -> tuple[Said, ...]:
    """Where a claim may stand: in one sentence, or in two beside each other."""
    return (*said, *(one.joined(other) for one, other in pairwise(said)))


def best(places: Iterable[Said], claim: Said) -> Match | None:
    """The likeliest of the places; of equals the first, so that one sentence is preferred to two."""
    likeness, place = 0.0, None
    for each in places:
        if (found := likeness_of(each, claim)) > likeness:
            likeness, place = found, each
    if place is None or likeness < THRESHOLD:
        return None
    return Match(round(likeness, 3), (Span(place.start, place.end),))


def likeness_of(place: Said, claim: Said) -> float:
    """In [0, 1]; 0 where something makes it another claim."""
    if not claim.weights or not place.weights:
        return 0.0
    shared = _shared(place.weights, claim.weights)
    of_claim = shared / sum(claim.weights.values())
    of_place = shared / sum(place.weights.values())
    likeness = min(1.0, math.pow(of_claim, 0.6) * math.pow(of_place, 0.4))
    if likeness < THRESHOLD / 2 or _is_another(place, claim):
        return 0.0
    return likeness


def _shared(place: dict[str, float], claim: dict[str, float]) -> float:
    """Weight of the claim's forms that the place has too, those of another inflection in part."""
    common = claim.keys() & place.keys()
    shared = sum(claim[form] for form in common)
    rest = [form for form in place if form not in common]
    for form in claim:
        if form not in common:
            nearest = max((akin(form, other) for other in rest), default=0.0)
            shared += claim[form] * nearest if nearest >= _AKIN else 0.0
    return shared


def _is_another(place: Said, claim: Said) -> bool:
    """Whether it says something else of the same things: another number, name, place or day, or the contrary."""
    return (
        _numbers_differ(place.numbers, claim.numbers)
        or _names_differ(place, claim)
        or bool(claim.fixed - place.weights.keys() and place.fixed - claim.weights.keys())
        or (place.denies != claim.denies and not place.rights)
        or _is_contrary(place.weights, claim.weights)
    )


def _numbers_differ(place: Sequence[Number], claim: Sequence[Number]) -> bool:
    """Whether a number of the claim is missing where the draft has another of its kind."""
    missing = {each.kind for each in claim if not any(each.is_same(other) for other in place)}
    other = {each.kind for each in place if not any(each.is_same(mine) for mine in claim)}
    return bool(missing & other)


def _names_differ(place: Said, claim: Said) -> bool:
    """Whether a name of the claim is missing where the draft has another. Short forms of a name are that name."""
    missing = list(_unshared(claim.names, place))
    other = list(_unshared(place.names, claim))
    if missing and other:
        return True
    return any(_are_rivals(one, two) for one in claim.names for two in place.names)


def _unshared(names: Iterable[tuple[str, ...]], text: Said) -> Iterator[tuple[str, ...]]:
    for name in names:
        if not any(form in text.weights or _is_spelt(form, text.weights) for form in name):
            yield name


def _is_spelt(form: str, forms: Iterable[str]) -> bool:
    return any(akin(form, other) >= 0.75 for other in forms)


def _are_rivals(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names share a part and differ in another: Michelle and Barack Obama."""
    shared = set(one) & set(two)
    return bool(shared) and bool(set(one) - shared) and bool(set(two) - shared)


def _is_contrary(place: dict[str, float], claim: dict[str, float]) -> bool:
    """Whether one says up where the other says down."""
    table = opposites()
    for form in claim:
        against = table.get(form)
        if against and form not in place and not against.isdisjoint(place.keys() - claim.keys()):
            return True
    return False
